"""Seats of one date and its waiting list: given in order, and only while the date's row is locked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.database import Transaction
from forum.errors import Closed, NotFound
from forum.facts import SeatChanged
from forum.language import N_

CANCELLED = N_("This date has been cancelled, so nobody can sign up for it.")
OVER = N_("This date is over. There may be another one to sign up for.")
TOO_LATE = N_("Sign-up has closed. You can still say that you are not coming.")
NOT_YET = N_("This is a draft, so nobody can sign up yet.")


@dataclass(frozen=True, slots=True)
class Locked:
    """A date that nobody else changes until the transaction ends, with what is planned for it."""

    occurrence: Occurrence
    gathering: Gathering

    @property
    def closes_at(self) -> datetime:
        """When nobody can sign up any more."""
        return closes_at(self.occurrence, self.gathering)

    @property
    def has_room(self) -> bool:
        """Whether a seat is free."""
        return self.gathering.capacity is None or self.occurrence.coming < self.gathering.capacity


def closes_at(occurrence: Occurrence, gathering: Gathering) -> datetime:
    """Return when nobody can sign up any more; leaving is possible until the end."""
    return occurrence.starts_at - timedelta(minutes=gathering.sign_up_closes_minutes)


async def lock_date(tx: Transaction, occurrence_id: UUID) -> Locked:
    """Return the date as it is now, locked; NotFound where it is gone.

    PostgreSQL locks the row (others may still refer to it); on SQLite the transaction is the only writer.
    """
    query = select(Occurrence).where(Occurrence.id == occurrence_id).with_for_update(key_share=True)
    # What this session has read before the lock was given may be out of date.
    fresh = {"populate_existing": True}
    occurrence = (await tx.session.exec(query, execution_options=fresh)).first()
    if occurrence is None:
        raise NotFound
    gathering = await tx.session.get_one(Gathering, occurrence.gathering_id, populate_existing=True)
    return Locked(occurrence, gathering)


def check_goes_ahead(date: Locked, now: datetime) -> None:
    """Raise Closed, saying why, for a draft, and where the date was cancelled or is over."""
    if not Stage(date.gathering.stage).is_announced:
        raise Closed(NOT_YET)
    if date.gathering.stage == Stage.CANCELLED or date.occurrence.cancelled_at is not None:
        raise Closed(CANCELLED)
    if now >= date.occurrence.ends_at:
        raise Closed(OVER)


def check_takes_sign_ups(date: Locked, now: datetime) -> None:
    """Raise Closed, saying why, where nobody can sign up any more."""
    check_goes_ahead(date, now)
    if now >= date.closes_at:
        raise Closed(TOO_LATE)


async def promote(
    tx: Transaction, occurrence: Occurrence, gathering: Gathering, now: datetime
) -> tuple[UUID, ...]:
    """Give the seats that are free to those who have waited longest, and return who they are.

    The date's row must be locked (`lock_date`). Nobody is given a seat on a date that is off or over.
    """
    date = Locked(occurrence, gathering)
    try:
        check_goes_ahead(date, now)
    except Closed:
        return ()
    promoted = []
    for waiting in await _next_in_line(tx, date):
        seat(tx, date, waiting, now)
        tx.record(SeatChanged(occurrence.id, waiting.account_id, "promoted", now))
        promoted.append(waiting.account_id)
    return tuple(promoted)


async def _next_in_line(tx: Transaction, date: Locked) -> list[SignUp]:
    """Return as many of those who wait as there are free seats, the first in line first."""
    if not date.has_room:
        return []
    query = (
        select(SignUp)
        .where(SignUp.occurrence_id == date.occurrence.id, col(SignUp.queue_number).is_not(None))
        .order_by(col(SignUp.queue_number))
    )
    if date.gathering.capacity is not None:
        query = query.limit(date.gathering.capacity - date.occurrence.coming)
    return list((await tx.session.exec(query)).all())


def seat(tx: Transaction, date: Locked, sign_up: SignUp, now: datetime) -> None:
    """Give a free seat of a locked date."""
    sign_up.reply, sign_up.queue_number, sign_up.seated_at = Coming.YES, None, now
    date.occurrence.coming += 1
    tx.session.add_all([sign_up, date.occurrence])


def queue(tx: Transaction, date: Locked, sign_up: SignUp) -> None:
    """Give the next number of a locked date's waiting list."""
    date.occurrence.queued += 1
    sign_up.reply, sign_up.queue_number = Coming.YES, date.occurrence.queued
    tx.session.add_all([sign_up, date.occurrence])


def free(tx: Transaction, date: Locked, sign_up: SignUp) -> None:
    """Take back the seat, or the place on the waiting list, that somebody has on a locked date."""
    if sign_up.seated_at is not None:
        date.occurrence.coming -= 1
    sign_up.seated_at = sign_up.queue_number = None
    tx.session.add_all([sign_up, date.occurrence])
