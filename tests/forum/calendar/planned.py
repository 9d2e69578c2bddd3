"""Builds gatherings with their dates as rows, their words through the one door."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.calendar.tables import Gathering, Host, Occurrence, SignUp, Slot, SlotTaken, Stage
from forum.messages.publishing import submit
from forum.messages.submission import Leaf, Submission
from forum.services import Services
from forum.spaces.tables import Place, PlaceKind, Space
from realtime.backplane import open_backplane
from tests.builders import Community, Member, published

TITLE = "Sunday tea"
TEXT = "We sit together, and whoever likes says how the week was."


@dataclass(frozen=True, slots=True)
class Planned:
    """A gathering with its dates, as they were written."""

    gathering: Gathering
    dates: tuple[Occurrence, ...]

    @property
    def id(self) -> UUID:
        """The id of the first date."""
        return self.dates[0].id


def unwritten(**values: Any) -> Gathering:
    """Return a gathering that no database knows."""
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    return Gathering(place_id=uuid4(), made_by_id=uuid4(), created_at=now, changed_at=now, **values)


def unpaced(community: Community) -> Services:
    """Return the services without a memory of how much somebody has done lately."""
    return replace(community.services, backplane=open_backplane("memory://"))


async def keeper(community: Community) -> Member:
    """Return the community manager who plans here."""
    found = getattr(community, "keeper", None)
    if found is None:
        found = await community.member("Keeper", Role.MANAGER)
        community.keeper = found  # type: ignore[attr-defined]
    assert isinstance(found, Member)
    return found


async def plan(
    community: Community,
    *starts: datetime,
    title: str = TITLE,
    space: Space | None = None,
    hosts: tuple[Member, ...] = (),
    **values: Any,
) -> Planned:
    """Write a gathering with these dates, by default one in three hours; `values` are columns of it."""
    manager, now = await keeper(community), community.clock()
    where = space or await community.space()
    place = Place(kind=PlaceKind.GATHERING, space_id=where.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
    published(
        await submit(unpaced(community), Submission(Leaf(place.id, title), manager.id, f"{title}. {TEXT}"))
    )
    columns = {"stage": Stage.SCHEDULED} | values
    gathering = Gathering(place_id=place.id, made_by_id=manager.id, created_at=now, changed_at=now, **columns)
    return await _written(community, gathering, starts or (now + timedelta(hours=3),), hosts)


async def _written(
    community: Community, gathering: Gathering, starts: tuple[datetime, ...], hosts: tuple[Member, ...]
) -> Planned:
    zone = ZoneInfo(gathering.zone)
    dates = tuple(
        Occurrence(
            gathering_id=gathering.id,
            recurs_local=start.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
            starts_at=start,
            ends_at=start + timedelta(minutes=gathering.minutes),
            changed_at=community.clock(),
        )
        for start in starts
    )
    async with community.services.database.transaction() as tx:
        tx.session.add(gathering)
        await tx.session.flush()
        tx.session.add_all([*dates, *(Host(gathering_id=gathering.id, account_id=one.id) for one in hosts)])
    return Planned(gathering, dates)


async def part_off(community: Community, planned: Planned, start: datetime, **values: Any) -> Planned:
    """Write another date of the same words in a gathering that was parted from one."""
    old, now = planned.gathering, community.clock()
    gathering = Gathering(
        place_id=old.place_id,
        parted_from_id=old.id,
        made_by_id=old.made_by_id,
        stage=old.stage,
        created_at=now,
        changed_at=now,
        **values,
    )
    return await _written(community, gathering, (start,), ())


async def needs(community: Community, planned: Planned, name: str, needed: int = 1) -> Slot:
    """Say that a gathering needs people for something."""
    slot = Slot(gathering_id=planned.gathering.id, name=name, needed=needed)
    async with community.services.database.transaction() as tx:
        tx.session.add(slot)
    return slot


async def change(community: Community, row: Gathering | Occurrence, **values: Any) -> None:
    """Set columns of a gathering, or of a date."""
    async with community.services.database.transaction() as tx:
        kept = await tx.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(kept, name, value)


async def date_now(community: Community, date_id: UUID) -> Occurrence:
    """Return the date as it is now."""
    async with community.services.database.reading() as session:
        return await session.get_one(Occurrence, date_id)


async def sign_ups(community: Community, date_id: UUID) -> list[SignUp]:
    """Return every answer about a date, in order of the waiting list and then of coming."""
    query = select(SignUp).where(SignUp.occurrence_id == date_id)
    in_line = query.order_by(col(SignUp.queue_number), col(SignUp.seated_at), col(SignUp.account_id))
    async with community.services.database.reading() as session:
        return list((await session.exec(in_line)).all())


async def takers(community: Community, date_id: UUID) -> list[SlotTaken]:
    """Return who does what on a date."""
    query = select(SlotTaken).where(SlotTaken.occurrence_id == date_id)
    async with community.services.database.reading() as session:
        return list((await session.exec(query)).all())
