"""Clashes: a host who is elsewhere at that time, a venue that is taken; they warn, and forbid nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.calendar.dates import Planned
from forum.calendar.kinds import Format
from forum.calendar.tables import Gathering, Host, Occurrence, Stage
from forum.messages.tables import Message, State

MOST_TOLD = 20
HELD = (Stage.SCHEDULED, Stage.WAITING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be held, when and where; dates of the gathering `but` are what is being changed."""

    dates: Sequence[Planned]
    hosts: Collection[UUID]
    venue: str = ""
    but: UUID | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Another date at the same time: with the host of this handle, or, without one, at the same venue."""

    handle: str
    starts_at: datetime
    gathering_id: UUID
    title: str = ""


async def clashes(session: AsyncSession, wanted: Wanted) -> tuple[Clash, ...]:
    """Return the first twenty clashes in order of time: of hosts with any date, of a venue with its own."""
    if not wanted.dates:
        return ()
    found = [*await _of_hosts(session, wanted), *await _of_venue(session, wanted)]
    first = sorted(found, key=lambda clash: (clash.starts_at, clash.handle))[:MOST_TOLD]
    titles = await _titles(session, {clash.gathering_id for clash in first})
    return tuple(
        Clash(one.handle, one.starts_at, one.gathering_id, titles.get(one.gathering_id, "")) for one in first
    )


async def _of_hosts(session: AsyncSession, wanted: Wanted) -> list[Clash]:
    query = (
        select(Occurrence, Account.handle)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Host, col(Host.gathering_id) == col(Gathering.id))
        .join(Account, col(Account.id) == col(Host.account_id))
        .where(col(Host.account_id).in_(wanted.hosts), *_at_the_time(wanted))
    )
    overlaps = _Overlapping(wanted.dates)
    return [
        Clash(handle, one.starts_at, one.gathering_id)
        for one, handle in (await session.exec(query)).all()
        if overlaps(one)
    ]


async def _of_venue(session: AsyncSession, wanted: Wanted) -> list[Clash]:
    if not wanted.venue:
        return []
    query = (
        select(Occurrence, Gathering.venue)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(col(Gathering.venue) != "", col(Gathering.format) != Format.ONLINE, *_at_the_time(wanted))
    )
    overlaps = _Overlapping(wanted.dates)
    return [
        Clash("", one.starts_at, one.gathering_id)
        for one, venue in (await session.exec(query)).all()
        if _same_place(venue, wanted.venue) and overlaps(one)
    ]


def _at_the_time(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for dates that are held between the first and the last of those wanted."""
    others = () if wanted.but is None else (col(Gathering.id) != wanted.but,)
    return (
        col(Gathering.stage).in_(HELD),
        col(Occurrence.cancelled_at).is_(None),
        col(Occurrence.starts_at) < max(one.ends_at for one in wanted.dates),
        col(Occurrence.ends_at) > min(one.starts_at for one in wanted.dates),
        *others,
    )


class _Overlapping:
    """Whether a date overlaps one of these, which are equally long: so both their ends are in order."""

    def __init__(self, dates: Sequence[Planned]) -> None:
        self._starts = sorted(one.starts_at for one in dates)
        self._ends = sorted(one.ends_at for one in dates)

    def __call__(self, other: Occurrence) -> bool:
        return bisect_right(self._ends, other.starts_at) < bisect_left(self._starts, other.ends_at)


def _same_place(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


async def _titles(session: AsyncSession, gathering_ids: Collection[UUID]) -> dict[UUID, str]:
    query = (
        select(Gathering.id, Message.title)
        .join(Message, col(Message.place_id) == col(Gathering.place_id))
        .where(col(Gathering.id).in_(gathering_ids), Message.state == State.PUBLISHED)
    )
    return dict((await session.exec(query)).all())
