"""Moving dates: rows that stay get their new times, new ones are added, and nobody's sign-up is deleted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.dates import Planned, matched
from forum.calendar.keeping import new_dates
from forum.calendar.local_times import read_local, written
from forum.calendar.planning import Plan
from forum.calendar.tables import Gathering, Occurrence, SignUp
from forum.database import Transaction
from forum.errors import Invalid
from forum.facts import GatheringChanged
from forum.language import N_
from forum.spaces.tables import Guest, Place


@dataclass(frozen=True, slots=True)
class Moving:
    """A gathering with all its dates, those of them that a plan is about, and the moment it is made."""

    gathering: Gathering
    dates: Sequence[Occurrence]
    affected: Sequence[Occurrence]
    plan: Plan
    now: datetime

    def to_come(self) -> list[Planned]:
        """Return the plan's dates that have not begun, and on whose day no date is past or cancelled."""
        affected = {one.id for one in self.affected}
        taken = {one.recurs_local[: len("2026-12-24")] for one in self.dates if one.id not in affected}
        return [
            one
            for one in self.plan.timing.dates
            if one.starts_at > self.now and one.recurs.date().isoformat() not in taken
        ]


Told = Mapping[str, Sequence[UUID]]
"""What became of dates: `what` of the fact, and which."""


def check_seats(plan: Plan, affected: Sequence[Occurrence]) -> None:
    """Raise Invalid, with the number, where more have a seat than the plan has seats."""
    most = max((one.coming for one in affected), default=0)
    if plan.terms.capacity is not None and most > plan.terms.capacity:
        raise Invalid(
            {
                "capacity": N_(
                    "%(coming)s people have a seat already. Keep at least %(coming)s seats.", coming=most
                )
            }
        )


async def move_dates(session: AsyncSession, moving: Moving, *, heard: bool) -> Told:
    """Let the gathering have the plan's dates; `heard` says that calendars are told even of what stays put.

    Dates that stay keep their ids, matched as `matched` says. One that falls away is deleted if nothing hangs
    on it, and otherwise cancelled.
    """
    old = [(one.id, read_local(one.recurs_local) or one.starts_at) for one in moving.affected]
    found = matched(old, moving.to_come())
    rows = {one.id: one for one in moving.affected}
    moved = [key for key, planned in found.kept if _move(rows[key], planned, moving, heard=heard)]
    stayed = [key for key, _ in found.kept if key not in moved]
    added = new_dates(moving.gathering.id, found.added, moving.now)
    session.add_all(added)
    await session.flush()
    gone = await drop_dates(session, [rows[key] for key in found.fallen], moving.now)
    return {"scheduled": [one.id for one in added], "moved": moved, "changed": stayed, "cancelled": gone}


def _move(date: Occurrence, planned: Planned, moving: Moving, *, heard: bool) -> bool:
    """Return whether the date is at another time now."""
    moved = (date.starts_at, date.ends_at) != (planned.starts_at, planned.ends_at)
    if moved or heard:
        date.sequence, date.changed_at = date.sequence + 1, moving.now
    date.starts_at, date.ends_at = planned.starts_at, planned.ends_at
    if moving.plan.timing.rule is not None or moving.gathering.parted_from_id is None:
        date.recurs_local = written(planned.recurs)  # else it is still the date that another rule gave it
    return moved


async def drop_dates(session: AsyncSession, dates: Sequence[Occurrence], now: datetime) -> list[UUID]:
    """Take dates away, and return those that had to be cancelled instead, because something hangs on them."""
    signed_up = await _signed_up(session, [one.id for one in dates])
    gone = []
    for date in dates:
        if date.id in signed_up or not await _delete(session, date):
            cancel_date(date, now)
            gone.append(date.id)
    await session.flush()
    return gone


def cancel_date(date: Occurrence, now: datetime) -> None:
    """Cancel one date; calendars are to hear of it."""
    date.cancelled_at, date.changed_at, date.sequence = now, now, date.sequence + 1


async def _signed_up(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    query = select(SignUp.occurrence_id).where(col(SignUp.occurrence_id).in_(ids)).distinct()
    return set((await session.exec(query)).all())


async def _delete(session: AsyncSession, date: Occurrence) -> bool:
    """Delete a date and the room made for it; False where another row still refers to one of them."""
    try:
        async with session.begin_nested():
            meeting_id = date.meeting_id
            await session.exec(delete(Occurrence).where(col(Occurrence.id) == date.id))
            await session.exec(delete(Guest).where(col(Guest.place_id) == meeting_id))
            await session.exec(delete(Place).where(col(Place.id) == meeting_id))
    except IntegrityError:
        return False
    session.expunge(date)
    return True


def tell(tx: Transaction, gathering: Gathering, told: Told, by: UUID) -> None:
    """Record what became of the dates, each in one fact; nothing where nobody but managers sees them."""
    for what, ids in told.items():
        if ids:
            tx.record(GatheringChanged(gathering.id, tuple(ids), what, by, gathering.changed_at))
