"""Undoing: a ruling is taken back, at once or later, and what it did is put back with it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import is_moderator
from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.errors import Conflict, Forbidden, ForumError, Invalid, NotFound
from forum.facts import ItemChanged, RulingUndone
from forum.language import N_, Words
from forum.messages.tables import Message
from forum.messages.withdrawing import unsend
from forum.review.before import Before
from forum.review.cases import Remark, remark
from forum.review.decided import is_followed
from forum.review.eligibility import Who, against_reversing
from forum.review.matters import SHARED
from forum.review.measures import lift
from forum.review.outcomes import OF_APPEALS, OPEN_STILL
from forum.review.putting_back import Back, let_wait_again, put_back
from forum.review.tables import Recusal, ReviewItem, Ruling
from forum.services import Services

A_MINUTE = timedelta(seconds=60)
UNDONE, REVERSED, APPEAL = "undone", "reversed", "appeal"
TOO_LATE = N_("The minute is over. You can still reverse the decision, with a reason.")
NOT_YOURS = N_("Somebody else made this decision. You can reverse it, with a reason.")
ALREADY = N_("This decision was taken back already.")
ANOTHER_CAME = N_("Another decision came after this one. Look at that one first.")
STILL_OPEN = N_("Nothing is decided yet: a second opinion is still asked for.")
OF_AN_APPEAL = N_("This is the answer to an appeal. It stays.")


@dataclass(frozen=True, slots=True)
class Reversal:
    """A moderator takes a ruling back and says why; `how` is reversed, or appeal when one was right."""

    ruling_id: UUID
    moderator_id: UUID
    why: str = field(default="", repr=False)
    how: str = REVERSED


@dataclass(frozen=True, slots=True)
class Undone:
    """The ruling that was taken back; `restored` is False where words could not be brought back.

    `item` is what waits again, None where nothing does.
    """

    ruling: Ruling
    restored: bool
    item: ReviewItem | None = None

    @property
    def words(self) -> Words:
        """What the moderator reads."""
        if not self.restored:
            return N_("The decision is taken back. The words are gone, so they could not be brought back.")
        if self.item is not None:
            return N_("The decision is taken back, and it waits again.")
        return N_("The decision is taken back, and everything is as it was before.")


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes a ruling back, how, and when; `remark_id` is the note that says why."""

    moderator_id: UUID
    how: str
    now: datetime
    remark_id: UUID | None = None


async def undo(services: Services, ruling_id: UUID, moderator_id: UUID) -> Undone:
    """Take one's own ruling back within the minute: all is as it was, and it waits again.

    Raises Forbidden for somebody else's, Conflict after a minute, or where it was taken back or another
    decision followed, NotFound for whoever is no moderator (any more).
    """
    async with services.database.transaction() as tx:
        return await take_back(tx, ruling_id, Taking(moderator_id, UNDONE, services.clock()))


async def reverse(services: Services, reversal: Reversal) -> Undone:
    """Take a ruling back, at any time, with a reason that the team can read; no transaction may be open.

    What was kept from others is published, and what others can read waits again, out of sight. An appeal
    brings its own answer, so its `why` may be empty. Raises what `undo` raises, and Invalid without a why.
    """
    if not reversal.why.strip() and reversal.how != APPEAL:
        raise Invalid({"why": N_("Write why: the team reads it.")})
    taking = Taking(reversal.moderator_id, reversal.how, services.clock())
    async with services.database.reading() as session:
        ruling, member = await _ready(session, reversal.ruling_id, taking, lock=False)
    if reversal.why.strip():
        note = Remark(ruling.message_id, member, reversal.moderator_id, reversal.why)
        taking = replace(taking, remark_id=await remark(services, note))
    try:
        async with services.database.transaction() as tx:
            return await take_back(tx, reversal.ruling_id, taking)
    except BaseException:
        await _without_note(services, taking.remark_id)
        raise


async def _without_note(services: Services, remark_id: UUID | None) -> None:
    if remark_id is not None:
        async with services.database.transaction() as tx:
            await unsend(tx, remark_id)


async def take_back(tx: Transaction, ruling_id: UUID, taking: Taking) -> Undone:
    """Take the ruling back in the caller's transaction; what it appends to the audit log comes last."""
    ruling, member = await _ready(tx.session, ruling_id, taking)
    back = Back(True, waits=False)
    item: ReviewItem | None = None
    if ruling.outcome in OPEN_STILL:
        item = await _ask_no_longer(tx, ruling)
    else:
        back = await put_back(tx, ruling, taking.how, taking.now)
        item = await let_wait_again(tx, ruling, taking.moderator_id, taking.now) if back.waits else None
    ruling.undone_at, ruling.undone_by = taking.now, taking.moderator_id
    ruling.undone_how, ruling.remark_id = taking.how, taking.remark_id
    await tx.session.flush()
    await lift(tx, ruling, taking.now)
    if ruling.message_id is not None:
        told = (ruling.outcome, taking.how, taking.now, ruling.measure)
        tx.record(RulingUndone(ruling.message_id, member, *told))
    subject = f"message:{ruling.message_id}" if ruling.message_id else f"account:{member}"
    details = {"ruling": str(ruling.id), "how": taking.how}
    await record(tx, Act(taking.now, taking.moderator_id, "ruling-undone", subject, details))
    return Undone(ruling, back.restored, item)


async def _ask_no_longer(tx: Transaction, ruling: Ruling) -> ReviewItem:
    """Take back that a second opinion was asked for; Conflict where somebody gave it."""
    item = await tx.session.get(ReviewItem, ruling.item_id, with_for_update=True)
    if item is None or item.closed_at is not None:
        raise Conflict(ANOTHER_CAME)
    item.stage, item.escalated_by = Before.read(ruling.before).stage, None
    item.version += 1
    tx.record(ItemChanged(item.id, item.kind, item.lane, "new", ruling.moderator_id))
    return item


async def _ready(
    session: AsyncSession, ruling_id: UUID, taking: Taking, *, lock: bool = True
) -> tuple[Ruling, UUID]:
    """Return the ruling and whom it is about; raise where it cannot be taken back so."""
    moderator = await session.get(Account, taking.moderator_id, with_for_update=SHARED if lock else None)
    able = is_moderator(moderator)
    ruling = await session.get(Ruling, ruling_id, with_for_update=lock or None)
    if ruling is None or not able:
        raise NotFound
    member = ruling.account_id or await _author_of(session, ruling)
    recused = await session.get(Recusal, (taking.moderator_id, member)) is not None
    who = Who(taking.moderator_id, able, recused, ruling.moderator_id == taking.moderator_id)
    error = against_reversing(who, member, by_appeal=taking.how == APPEAL) or _too_late(ruling, taking)
    if error is None and await is_followed(session, ruling, by_appeal=taking.how == APPEAL):
        error = Conflict(ANOTHER_CAME)
    if error is not None:
        raise error
    return ruling, member


def _too_late(ruling: Ruling, taking: Taking) -> ForumError | None:
    if ruling.undone_at is not None:
        return Conflict(ALREADY)
    if ruling.outcome in OF_APPEALS:
        return Forbidden(OF_AN_APPEAL)
    if taking.how != UNDONE:
        return Conflict(STILL_OPEN) if ruling.outcome in OPEN_STILL else None
    if ruling.moderator_id != taking.moderator_id:
        return Forbidden(NOT_YOURS)
    return Conflict(TOO_LATE) if taking.now > ruling.made_at + A_MINUTE else None


async def _author_of(session: AsyncSession, ruling: Ruling) -> UUID:
    """Rulings from before there were items name their message only."""
    return (await session.get_one(Message, ruling.message_id)).author_id
