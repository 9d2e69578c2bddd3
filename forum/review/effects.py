"""What each action does to a message or a handle."""

from dataclasses import dataclass, replace
from datetime import datetime

from forum.accounts.renaming import give_plain_handle
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict, Invalid
from forum.language import N_
from forum.messages.masking import Masked
from forum.messages.restoring import keep_aside, leave_out, let_out, mask, waits
from forum.messages.tables import Message, State
from forum.messages.withdrawing import take_down
from forum.review.before import Before
from forum.review.decisions import Decision
from forum.review.matters import Matter
from forum.review.outcomes import Action

OF_WAITING = frozenset({Action.RELEASE, Action.RELEASE_MASKED, Action.REFUSE, Action.ASK_CHANGE})
OF_PUBLISHED = frozenset({Action.KEEP, Action.SEEN, Action.TAKE_DOWN, Action.ASK_CHANGE})
OF_GONE = frozenset({Action.KEEP, Action.SEEN})
OF_HANDLES = frozenset({Action.KEEP, Action.RENAME})
NOT_FOR_THIS = N_("This cannot be decided about what you see here. Choose something else.")
ONCE_ONLY = N_("This is a second opinion already. Decide, or hand it over.")
WORDS_GONE = N_("The words are gone: their author took them back, or their time was over.")


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of it, and what was so before."""

    outcome: str
    before: Before


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision at its moment, with the masked words where it needs them."""

    decision: Decision
    now: datetime
    masked: Masked | None = None


def check_possible(matter: Matter, action: str) -> None:
    """Raise Conflict where the words are gone meanwhile, Invalid("action") where it makes no sense here."""
    if action == Action.ESCALATE:
        if matter.item.escalated_by is not None:
            raise Invalid({"action": ONCE_ONLY})
    elif action not in possible(matter):
        gone = matter.message is not None and not (waits(matter.message) or _is_seen(matter.message))
        if gone and action in OF_WAITING | OF_PUBLISHED:
            raise Conflict(WORDS_GONE)
        raise Invalid({"action": NOT_FOR_THIS})


def possible(matter: Matter) -> frozenset[Action]:
    """Return what can be decided about it as it is now, besides asking for a second opinion."""
    message = matter.message
    if matter.item.kind == "appeal":
        return frozenset()
    if message is None:
        return OF_HANDLES
    if waits(message):
        return OF_WAITING
    return OF_PUBLISHED if _is_seen(message) else OF_GONE


def _is_seen(message: Message) -> bool:
    return message.state == State.PUBLISHED


async def carry_out(tx: Transaction, matter: Matter, deed: Deed) -> Effect:
    """Do what was decided, apart from measures and letters."""
    message, action = matter.message, deed.decision.action
    if action == Action.ESCALATE:
        return _escalate(matter, deed.decision)
    if action == Action.RENAME:
        account = await tx.session.get_one(Account, matter.item.account_id, with_for_update=True)
        return Effect("renamed", Before(handle=await give_plain_handle(tx, account)))
    if message is None or action in (Action.KEEP, Action.SEEN):
        before = Before(state=message.state, left_at=message.version) if message else Before()
        return Effect("seen" if action == Action.SEEN else "kept", before)
    if action in (Action.RELEASE, Action.RELEASE_MASKED):
        return await _release(tx, message, deed)
    return await _against(tx, message, deed)


def _escalate(matter: Matter, decision: Decision) -> Effect:
    item, before = matter.item, Before(stage=matter.item.stage)
    item.stage, item.escalated_by = "second-opinion", decision.moderator_id
    item.claimed_by = item.claimed_until = None
    item.version += 1
    return Effect("escalated", before)


async def _release(tx: Transaction, message: Message, deed: Deed) -> Effect:
    before, shown = Before(state=message.state), message
    if deed.masked is not None:
        if deed.masked.version != message.version:
            raise Conflict
        before = replace(before, masked_from=await mask(tx, message, deed.masked.verdict, deed.now))
    if message.revises_id is not None:
        shown = await tx.session.get_one(Message, message.revises_id, with_for_update=True)
        before = replace(before, replaced=await keep_aside(tx, shown, deed.now))
    message.note = deed.decision.note or (message.note if message.state == State.REMOVED else "")
    await let_out(tx, message, deed.now)
    return Effect(_released_as(message, deed), replace(before, left_at=shown.version))


def _released_as(message: Message, deed: Deed) -> str:
    if deed.masked is not None:
        return "released-masked"
    return "edit-released" if message.revises_id else "released"


async def _against(tx: Transaction, message: Message, deed: Deed) -> Effect:
    was, seen_before = message.state, message.seq is not None
    if was == State.PUBLISHED:
        await take_down(tx, message, deed.now)
    else:
        leave_out(message, deed.now)
    before = Before(state=was, left_at=message.version)
    if deed.decision.action == Action.ASK_CHANGE:
        return Effect("asked-to-change", before)
    if seen_before:
        return Effect("taken-down", before)
    return Effect("edit-refused" if message.revises_id else "refused", before)
