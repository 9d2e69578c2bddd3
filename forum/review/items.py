"""Items: whatever waits for a person is one, opened or joined in the transaction that made it wait."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from uuid_utils.compat import uuid7

from forum.database import Transaction
from forum.errors import Conflict
from forum.facts import (
    AppealMade,
    CareRaised,
    Fact,
    HandleReported,
    ItemChanged,
    MessageChanged,
    MessageHeld,
    MessageReported,
    WordsWithdrawn,
)
from forum.messages.findings import findings_of
from forum.messages.tables import Message
from forum.review.closing import close, close_reports
from forum.review.severity import APPEALS, WORST, Gravity, gravity_of_findings, gravity_of_report
from forum.review.tables import ReviewItem
from forum.spaces.tables import Place, PlaceKind
from moderation.verdict import Lane

URGENT, AFTER = 0, 1
"""The lanes of the queue: where somebody may be in danger, and all else."""
MACHINE, PERSON = "machine", "person"
TRIES = 3
"""How often we look again where somebody else opens, or closes, the same item at the same moment."""


class Kind(StrEnum):
    """What a moderator is asked about: the first that made it wait, and danger above all."""

    HELD = "held"
    EDIT = "edit"
    REPORTED = "reported"
    CARE = "care"
    APPEAL = "appeal"
    HANDLE = "handle"


STAYS = frozenset({Kind.CARE, Kind.REPORTED, Kind.APPEAL})
"""What still waits when the words are withdrawn: somebody to look after, a report, which keeps what was said,
so that nobody escapes it by withdrawing, and a decision to look at again."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes something wait; `message_id` is None for a handle, `item_id` is set where it is known."""

    kind: Kind
    account_id: UUID
    gravity: Gravity
    at: datetime
    message_id: UUID | None = None
    found_by: str = MACHINE
    item_id: UUID | None = None

    @property
    def lane(self) -> int:
        """The lane that it belongs to."""
        return URGENT if self.kind is Kind.CARE else AFTER


async def queue_up(tx: Transaction, fact: Fact) -> None:
    """Open, join, raise or close the item that follows from a fact, in the transaction that recorded it."""
    match fact:
        case MessageHeld() | CareRaised() | MessageReported() | HandleReported() | AppealMade():
            cause = await _cause(tx.session, fact)
            if cause is not None:
                await wait_for_person(tx, cause)
        case MessageChanged(shown=shown):
            for item in await _open_about(tx.session, shown.id):
                item.version += 1  # whoever decides now has seen other words
        case WordsWithdrawn():
            await _words_are_gone(tx, fact)


async def wait_for_person(tx: Transaction, cause: Cause) -> ReviewItem:
    """Return the open item of this cause: the one it joins, or a new one, however many come at once."""
    for _ in range(TRIES):
        item = await _already_open(tx.session, cause)
        if item is None:
            item = await _insert(tx, cause)
        elif item.id != cause.item_id:
            _join(item, cause)
        if item is not None:
            tx.record(ItemChanged(item.id, item.kind, item.lane, "new"))
            return item
    raise Conflict


async def _cause(
    session: AsyncSession, fact: MessageHeld | CareRaised | MessageReported | HandleReported | AppealMade
) -> Cause | None:
    match fact:
        case MessageHeld(message_id=message_id):
            return await _held(session, message_id)
        case CareRaised():
            return await _care(session, fact)
        case MessageReported():
            gravity = gravity_of_report(fact.reason)
            return Cause(Kind.REPORTED, fact.account_id, gravity, fact.at, fact.message_id, PERSON)
        case HandleReported():
            gravity = gravity_of_report(fact.reason)
            return Cause(Kind.HANDLE, fact.account_id, gravity, fact.at, found_by=PERSON)
        case AppealMade():
            gravity, about = Gravity(APPEALS, ""), (fact.message_id, PERSON, fact.item_id)
            return Cause(Kind.APPEAL, fact.account_id, gravity, fact.at, *about)


async def _held(session: AsyncSession, message_id: UUID) -> Cause | None:
    message = await session.get_one(Message, message_id)
    place = await session.get_one(Place, message.place_id)
    if place.kind in (PlaceKind.CASE, PlaceKind.NOTES):
        return None  # an appeal is an item by itself, and what the team writes is not kept when it is held
    kind = Kind.EDIT if message.revises_id else Kind.HELD
    gravity = gravity_of_findings((await findings_of(session, [message_id])).get(message_id, ()))
    return Cause(kind, message.author_id, gravity, message.created_at, message_id)


async def _care(session: AsyncSession, fact: CareRaised) -> Cause:
    found = (await findings_of(session, [fact.message_id])).get(fact.message_id, ())
    rules = [one.rule for one in found if one.lane is Lane.CARE] or ["care"]
    return Cause(Kind.CARE, fact.author_id, Gravity(WORST, rules[0]), fact.at, fact.message_id)


async def _already_open(session: AsyncSession, cause: Cause) -> ReviewItem | None:
    if cause.item_id is not None:
        return await session.get(ReviewItem, cause.item_id)
    if cause.message_id is not None:
        return next(iter(await _open_about(session, cause.message_id)), None)
    same = (ReviewItem.account_id == cause.account_id, ReviewItem.kind == cause.kind)
    query = select(ReviewItem).where(*same, col(ReviewItem.closed_at).is_(None)).with_for_update()
    return (await session.exec(query)).first()


async def _open_about(session: AsyncSession, message_id: UUID) -> list[ReviewItem]:
    """Return the open item of a message, if it has one; an appeal is decided apart."""
    still = (ReviewItem.message_id == message_id, col(ReviewItem.closed_at).is_(None))
    query = select(ReviewItem).where(*still, ReviewItem.kind != Kind.APPEAL).with_for_update()
    return list((await session.exec(query)).all())


async def _insert(tx: Transaction, cause: Cause) -> ReviewItem | None:
    """Return the new item, or None where somebody else has just opened it."""
    message = await tx.session.get(Message, cause.message_id) if cause.message_id else None
    place = await tx.session.get(Place, message.place_id) if message else None
    item = ReviewItem(
        id=cause.item_id or uuid7(),
        kind=cause.kind,
        message_id=cause.message_id,
        account_id=cause.account_id,
        place_id=place.id if place else None,
        space_id=place.space_id if place else None,
        lane=cause.lane,
        severity=cause.gravity.severity,
        found_by=cause.found_by,
        rule=cause.gravity.rule,
        opened_at=cause.at,
    )
    try:
        async with tx.session.begin_nested():
            tx.session.add(item)
    except IntegrityError:
        return None
    return item


def _join(item: ReviewItem, cause: Cause) -> None:
    gravest = Gravity(item.severity, item.rule).joined(cause.gravity)
    item.severity, item.rule, item.version = gravest.severity, gravest.rule, item.version + 1
    if cause.lane < item.lane:
        item.lane, item.kind = cause.lane, cause.kind


async def _words_are_gone(tx: Transaction, fact: WordsWithdrawn) -> None:
    for item in await _open_about(tx.session, fact.message_id):
        if item.kind in STAYS:
            item.version += 1
        else:
            await close_reports(tx, item, fact.at)
            await close(tx, item, fact.at)
