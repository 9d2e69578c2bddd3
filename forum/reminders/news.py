"""News of dates: reminders are planned anew, and who signed up hears what has changed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.feeds.dates import COMING
from forum.calendar.tables import Occurrence, SignUp
from forum.database import Transaction
from forum.facts import Fact, GatheringChanged, SeatChanged
from forum.mailing.outbox import enqueue
from forum.mailing.tables import Channel, Outgoing
from forum.notifications.noticing import CANCELLED, MOVED, SEAT
from forum.reminders.choosing import wishes
from forum.reminders.planning import About, replan
from forum.reminders.times import told_at

TOLD = {"cancelled": CANCELLED, "moved": MOVED, "promoted": SEAT}
"""What members are told of, beyond their reminders."""


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
    """Return who signed up for these dates, as far as they are still to come; also who waits for a place."""
    query = (
        select(SignUp.account_id, Occurrence)
        .join(Occurrence, col(Occurrence.id) == col(SignUp.occurrence_id))
        .where(col(Occurrence.id).in_(dates), col(SignUp.reply).in_(COMING))
        .where(col(Occurrence.starts_at) > now)
        .order_by(col(Occurrence.starts_at), col(SignUp.account_id))
    )
    return (await session.exec(query)).all()


async def _tell(tx: Transaction, kind: str, told: Sequence[tuple[UUID, Occurrence]], now: datetime) -> None:
    chosen = await wishes(tx.session, [account_id for account_id, _ in told])
    rows = []
    for account_id, date in told:
        wish = chosen[account_id]
        later = told_at(now, date.starts_at, wish.quiet)
        rows.append(_row(Channel.PAGE, kind, (account_id, date, now, now)))
        rows += [_row(Channel.MAIL, kind, (account_id, date, now, later))] if wish.by_mail else []
    await enqueue(tx, *rows)


def _row(channel: Channel, kind: str, about: tuple[UUID, Occurrence, datetime, datetime]) -> Outgoing:
    account_id, date, now, due_at = about
    return Outgoing(
        key=f"{kind}:{account_id}:{date.id}:{channel}:{int(now.timestamp())}",
        account_id=account_id,
        channel=channel,
        kind=kind,
        about_id=date.id,
        due_at=due_at,
        expires_at=date.starts_at,
    )
