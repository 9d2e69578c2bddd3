"""Plans reminders: what should be in the outbox for a date, and what has to change there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete, not_, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.expecting import EXPECTED
from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.database import Transaction
from forum.mailing.outbox import AT_ONCE, enqueue
from forum.mailing.tables import Channel, Outgoing
from forum.reminders.choosing import Wishes, wishes
from forum.reminders.times import reminded_at

REMINDER = "gathering-soon"
AHEAD = timedelta(days=9)
"""How far ahead plans are compared with what is so: further than the earliest reminder comes.

For its hosts no date is planned further ahead, as they are expected at hundreds of dates from the start.
"""


@dataclass(frozen=True, slots=True)
class About:
    """Whose reminders: of these dates, of one member on all dates, or of one on these."""

    dates: Collection[UUID] | None = None
    account_id: UUID | None = None


@dataclass(slots=True)
class Changes:
    """What has to change in the outbox."""

    new: list[Outgoing] = field(default_factory=list)
    moved: list[tuple[UUID, datetime]] = field(default_factory=list)
    dropped: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.dropped)


async def replan(tx: Transaction, about: About, now: datetime) -> int:
    """Bring the outbox in line with who comes to what, when, and wants to hear of it; how much changed."""
    changes = await differences(tx.session, about, now)
    await enqueue(tx, *changes.new)
    for row_id, due_at in changes.moved:
        await tx.session.exec(update(Outgoing).where(col(Outgoing.id) == row_id).values(due_at=due_at))
    for start in range(0, len(changes.dropped), AT_ONCE):
        # Whoever has claimed one of them finds it gone, and sends nothing.
        some = col(Outgoing.id).in_(changes.dropped[start : start + AT_ONCE])
        await tx.session.exec(delete(Outgoing).where(some, col(Outgoing.attempted_at).is_(None)))
    return len(changes.new) + len(changes.moved) + len(changes.dropped)


async def differences(session: AsyncSession, about: About, now: datetime) -> Changes:
    """Return what has to change; what would have come already is not made up for."""
    wanted = await _wanted(session, about, now)
    changes = Changes()
    for row in await _planned(session, about):
        should = wanted.pop(row.key, None)
        if row.sent_at is not None or row.given_up_at is not None or row.attempted_at is not None:
            continue
        if should is None:
            # What is due already, and only waits for a worker, is wanted no more when its date says so.
            if row.due_at > now or not await _still(session, row):
                changes.dropped.append(row.id)
        elif should.due_at != row.due_at and row.tries == 0:
            changes.moved.append((row.id, should.due_at))
    changes.new = list(wanted.values())
    return changes


async def _planned(session: AsyncSession, about: About) -> Sequence[Outgoing]:
    query = select(Outgoing).where(Outgoing.kind == REMINDER)
    if about.dates is not None:
        query = query.where(col(Outgoing.about_id).in_(about.dates))
    if about.account_id is not None:
        query = query.where(Outgoing.account_id == about.account_id)
    return (await session.exec(query)).all()


async def _wanted(session: AsyncSession, about: About, now: datetime) -> dict[str, Outgoing]:
    rows = await _seats(session, about, now)
    chosen = await wishes(session, [account_id for account_id, _ in rows])
    return {
        row.key: row
        for account_id, date in rows
        for row in _reminders(account_id, date, chosen[account_id])
        if row.due_at > now
    }


def _reminders(account_id: UUID, date: Occurrence, wish: Wishes) -> list[Outgoing]:
    return [
        Outgoing(
            key=f"{REMINDER}:{account_id}:{date.id}:{before}:{channel}:{int(date.starts_at.timestamp())}",
            account_id=account_id,
            channel=channel,
            kind=REMINDER,
            about_id=date.id,
            due_at=at,
            expires_at=date.starts_at,
        )
        for before, at in reminded_at(date.starts_at, wish.minutes, wish.quiet).items()
        for channel in (Channel.PAGE, Channel.MAIL)
        if channel is Channel.PAGE or wish.by_mail
    ]


async def _seats(session: AsyncSession, about: About, now: datetime) -> Sequence[tuple[UUID, Occurrence]]:
    """Return who comes to what: whoever has a seat, whoever may come, and its hosts."""
    soon = col(Occurrence.starts_at) < now + AHEAD
    query = (
        select(EXPECTED.c.account_id, Occurrence)
        .join(Occurrence, col(Occurrence.id) == EXPECTED.c.occurrence_id)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(EXPECTED.c.queue_number.is_(None), or_(not_(EXPECTED.c.holds), soon))
        .where(col(Occurrence.starts_at) > now, col(Occurrence.cancelled_at).is_(None))
        .where(Gathering.stage == Stage.SCHEDULED)
    )
    if about.dates is not None:
        query = query.where(EXPECTED.c.occurrence_id.in_(about.dates))
    if about.account_id is not None:
        query = query.where(EXPECTED.c.account_id == about.account_id)
    return (await session.exec(query)).all()


async def _still(session: AsyncSession, row: Outgoing) -> bool:
    """Return whether a reminder that is due is about what still is, at the hour it was planned for."""
    if row.about_id is None:
        return False
    seats = await _seats(session, About([row.about_id], row.account_id), row.due_at)
    return any(date.starts_at == row.expires_at for _, date in seats)
