"""Parting: some dates of a gathering move to one of their own, with all that hangs on them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.dates import When, dates_of
from forum.calendar.local_times import local_of, read_local, written
from forum.calendar.recurrence import Rule
from forum.calendar.slots import slots_of
from forum.calendar.tables import Gathering, Host, Occurrence, Slot, SlotTaken


def part_id(gathering: Gathering, occurrence_id: UUID) -> UUID:
    """Return the id of what is parted off at this date and version: sent twice, it is parted once."""
    return uuid5(occurrence_id, f"part:{gathering.version}")


async def part_off(
    session: AsyncSession, gathering: Gathering, dates: Sequence[Occurrence], now: datetime
) -> Gathering:
    """Return a new gathering that is as this one, and has these dates; their ids and their guests stay.

    What people promised to bring on these dates stays promised.
    """
    kept = gathering.model_dump(exclude={"id", "parted_from_id", "version", "created_at", "changed_at"})
    apart = Gathering(
        **kept,
        id=part_id(gathering, dates[0].id),
        parted_from_id=gathering.id,
        created_at=now,
        changed_at=now,
    )
    session.add(apart)
    await session.flush()
    for host in (await session.exec(select(Host).where(Host.gathering_id == gathering.id))).all():
        session.add(Host(gathering_id=apart.id, account_id=host.account_id, facilitates=host.facilitates))
    for one in dates:
        one.gathering_id = apart.id
    await session.flush()
    await _move_promises(session, gathering, apart, [one.id for one in dates])
    return apart


async def _move_promises(
    session: AsyncSession, gathering: Gathering, apart: Gathering, occurrence_ids: Sequence[UUID]
) -> None:
    for slot in await slots_of(session, gathering.id):
        same = Slot(gathering_id=apart.id, name=slot.name, needed=slot.needed, position=slot.position)
        session.add(same)
        await session.flush()
        theirs = (col(SlotTaken.slot_id) == slot.id, col(SlotTaken.occurrence_id).in_(occurrence_ids))
        await session.exec(update(SlotTaken).where(*theirs).values(slot_id=same.id))


def rule_before(gathering: Gathering, first: Occurrence) -> str:
    """Return the rule that a gathering goes on by when this date, and those after it, are parted off."""
    every = recurring(gathering)
    before = sum(1 for local in every if written(local) < first.recurs_local)
    return str(Rule.read(gathering.rule).with_count(before)) if gathering.rule and before else gathering.rule


def rule_from(gathering: Gathering, first: Occurrence) -> str:
    """Return the rule of this date and those after it; empty where it is the last."""
    after = sum(1 for local in recurring(gathering) if written(local) >= first.recurs_local)
    return str(Rule.read(gathering.rule).with_count(after)) if gathering.rule and after > 1 else ""


def recurring(gathering: Gathering) -> tuple[datetime, ...]:
    """Return all dates that its rule gives, by the clocks of its zone, also those left out or parted off."""
    starts = read_local(gathering.starts_local)
    if starts is None:
        return ()
    zone = ZoneInfo(gathering.zone)
    rule = Rule.read(gathering.rule) if gathering.rule else None
    return tuple(one.recurs for one in dates_of(When(starts, zone, gathering.minutes, rule, gathering.fold)))


def left_out(gathering: Gathering, dates: Sequence[Occurrence]) -> tuple[str, ...]:
    """Return the days of its rule, as `YYYY-MM-DD`, on which a gathering has no date of its own."""
    if not gathering.rule or not dates:
        return ()
    there = {one.recurs_local[: len("2026-12-24")] for one in dates}
    days = dict.fromkeys(local.date().isoformat() for local in recurring(gathering))
    return tuple(day for day in days if day not in there)


def local_start(gathering: Gathering, date: Occurrence) -> datetime:
    """Return when a date begins by the clocks of its gathering's zone."""
    return local_of(date.starts_at, ZoneInfo(gathering.zone))
