"""Ruling: a moderator releases or refuses what waits, keeps or takes down what was reported."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.facts import MessageRuled
from forum.guidelines import BY_SLUG
from forum.language import N_
from forum.messages.publishing import publish
from forum.messages.tables import Message, State
from forum.messages.withdrawing import refuse_held, take_down
from forum.notes.notes import note_of
from forum.review.alerting import close_alerts, is_urgent
from forum.review.tables import Report, Ruling
from forum.services import Services


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator chose, on the `version` they saw; `reason` is a guideline's slug."""

    message_id: UUID
    moderator_id: UUID
    release: bool
    version: int
    reason: str = ""
    note: str = ""
    """On release, the claim class whose source note goes under the message; empty for none."""


async def rule(services: Services, decision: Decision) -> Ruling:
    """Carry the decision out, with all that follows from it, in one transaction.

    Raises Invalid for a refusal without a guideline, Conflict when somebody was faster, the message changed
    or does not wait, Forbidden for one's own message, NotFound for whoever is no moderator (any more).
    """
    if not decision.release and decision.reason not in BY_SLUG:
        raise Invalid({"reason": N_("Choose the guideline that it is about: the author reads it.")})
    if decision.note and note_of(decision.note) is None:
        raise Invalid({"note": N_("Choose a note from the list, or none.")})
    async with services.database.transaction() as tx:
        message = await _decidable(tx, decision)
        outcome = await _carry_out(tx, message, decision, services.clock())
        ruling = Ruling(
            message_id=message.id,
            moderator_id=decision.moderator_id,
            outcome=outcome,
            reason="" if decision.release else decision.reason,
            made_at=services.clock(),
        )
        tx.session.add(ruling)
        await _close_reports(tx, message.id, ruling.made_at)
        await close_alerts(tx, message.id, ruling.made_at)
        tx.record(MessageRuled(message.id, message.author_id, outcome, ruling.reason, ruling.made_at))
        return ruling


async def _decidable(tx: Transaction, decision: Decision) -> Message:
    moderator = await tx.session.get(Account, decision.moderator_id)
    if moderator is None or not Role(moderator.role).can_moderate:
        raise NotFound  # the role may have gone since the page was opened
    message = await tx.session.get(Message, decision.message_id, with_for_update=True)
    if message is None:
        raise NotFound
    if message.author_id == moderator.id:
        raise Forbidden(N_("This is your own message. Somebody else has to decide."))
    if message.version != decision.version:
        raise Conflict
    if message.state != State.HELD and not await _is_open(tx, message.id):
        raise Conflict
    return message


async def _carry_out(tx: Transaction, message: Message, decision: Decision, now: datetime) -> str:
    if message.state != State.HELD:
        if decision.release:
            return "kept" if await _is_reported(tx, message.id) else "seen"
        if message.state == State.PUBLISHED:
            await take_down(tx, message, now)
        return "taken-down"
    kind = "edit-" if message.revises_id else ""
    if decision.release:
        message.note = decision.note  # an edit takes it to what it revises
        await publish(tx, message, now, released=True)
        return f"{kind}released"
    refuse_held(message, now)
    return f"{kind}refused"


async def _is_open(tx: Transaction, message_id: UUID) -> bool:
    return await _is_reported(tx, message_id) or await is_urgent(tx.session, message_id)


async def _is_reported(tx: Transaction, message_id: UUID) -> bool:
    query = select(Report.id).where(Report.message_id == message_id, col(Report.closed_at).is_(None)).limit(1)
    return (await tx.session.exec(query)).first() is not None


async def _close_reports(tx: Transaction, message_id: UUID, now: datetime) -> None:
    still_open = (col(Report.message_id) == message_id, col(Report.closed_at).is_(None))
    await tx.session.exec(update(Report).where(*still_open).values(closed_at=now))
