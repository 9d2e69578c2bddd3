"""News of dates: reminders are planned anew, and who signed up, or holds it, hears what has changed."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.expecting import EXPECTED
from forum.calendar.tables import Gathering, Occurrence
from forum.database import Transaction
from forum.facts import Fact, GatheringChanged, SeatChanged
from forum.mailing.outbox import enqueue
from forum.mailing.tables import Channel, Outgoing
from forum.messages.leaves import current_in
from forum.notifications.noticing import CANCELLED, MOVED, SEAT, post
from forum.notifications.tables import Notice
from forum.reminders.choosing import wishes
from forum.reminders.planning import About, replan
from forum.reminders.times import told_at

TOLD = {"cancelled": CANCELLED, "moved": MOVED, "promoted": SEAT}
"""What members are told of, beyond their reminders."""
MOST_AT_ONCE = 5
"""Of a series that is cancelled, a member hears of the next dates; the others are seen in the calendar."""


async def remind(tx: Transaction, fact: Fact) -> None:
    """Keep reminders in line with what happened, in the same commit."""
    if not isinstance(fact, GatheringChanged | SeatChanged):
        return
    await tx.session.flush()
    if isinstance(fact, SeatChanged):
        dates: tuple[UUID, ...] = (fact.occurrence_id,)
        who, by = fact.account_id, None
    else:
        dates, who, by = fact.occurrence_ids, None, fact.by
    await replan(tx, About(dates, who), fact.at)
    if fact.what in TOLD:
        coming = await _coming(tx.session, dates, fact.at)
        told = [(one, date) for one, date in coming if one != by and who in (None, one)]
        await _tell(tx, TOLD[fact.what], told, fact.at)


async def _coming(
    session: AsyncSession, dates: Collection[UUID], now: datetime
) -> Sequence[tuple[UUID, Occurrence]]:
    """Return who is expected at these dates, as far as they are still to come; also who waits for a place."""
    query = (
        select(EXPECTED.c.account_id, Occurrence)
        .join(Occurrence, col(Occurrence.id) == EXPECTED.c.occurrence_id)
        .where(EXPECTED.c.occurrence_id.in_(dates), col(Occurrence.starts_at) > now)
        .order_by(col(Occurrence.starts_at), EXPECTED.c.account_id)
    )
    return (await session.exec(query)).all()


async def _tell(tx: Transaction, kind: str, told: Sequence[tuple[UUID, Occurrence]], now: datetime) -> None:
    """Write the notices at once, and the letters for when quiet hours end; a few a member, the next dates."""
    chosen = await wishes(tx.session, [account_id for account_id, _ in told])
    words = await _words(tx.session, {date.gathering_id for _, date in told})
    notices, letters, so_far = [], [], Counter[UUID]()
    for account_id, date in told:
        so_far[account_id] += 1
        message_id = words.get(date.gathering_id)
        if message_id is None or so_far[account_id] > MOST_AT_ONCE:
            continue
        notices.append(
            Notice(account_id=account_id, message_id=message_id, kind=kind, occurrence_id=date.id, at=now)
        )
        if chosen[account_id].by_mail:
            letters.append(_letter(kind, account_id, date, now))
            letters[-1].due_at = told_at(now, date.starts_at, chosen[account_id].quiet)
    await post(tx, notices)
    await enqueue(tx, *letters)


async def _words(session: AsyncSession, gathering_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which message holds the words of each gathering, where they are published."""
    found = {}
    query = select(Gathering.id, Gathering.place_id).where(col(Gathering.id).in_(gathering_ids))
    for gathering_id, place_id in (await session.exec(query)).all():
        if (words := await current_in(session, place_id)) is not None:
            found[gathering_id] = words.id
    return found


def _letter(kind: str, account_id: UUID, date: Occurrence, now: datetime) -> Outgoing:
    return Outgoing(
        key=f"{kind}:{account_id}:{date.id}:{Channel.MAIL}:{int(now.timestamp())}",
        account_id=account_id,
        channel=Channel.MAIL,
        kind=kind,
        about_id=date.id,
        due_at=now,
        expires_at=date.starts_at,
    )
