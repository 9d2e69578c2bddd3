"""Who came, counted by date: four ways to end up after signing up, and never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.messages.tables import Message, State


class Way(StrEnum):
    """How it ended for somebody who had signed up; each is counted in one of these."""

    CAME = "came"
    """Was there; whoever came counts as having had a seat."""
    ABSENT = "absent"
    """Had a seat, and was not there."""
    WAITED = "waited"
    """Was still on the waiting list."""
    MAYBE = "maybe"
    """Had said maybe, and was not there."""


SIGNED_UP = frozenset(Way)
HAD_SEAT = frozenset({Way.CAME, Way.ABSENT})
CAME = frozenset({Way.CAME})
LEFT_WAITING = frozenset({Way.WAITED})

Ways = frozenset[Way]


@dataclass(frozen=True, slots=True)
class DateCounts:
    """One date that took place, with how many ended up in which way."""

    id: UUID
    starts_at: datetime
    kind: str
    place_id: UUID
    """Where its words stand."""
    counts: Mapping[Way, int]

    def count(self, ways: Ways = SIGNED_UP) -> int:
        """Return how many ended up in one of these ways; exactly, so it leaves the house only pooled."""
        return sum(self.counts.get(way, 0) for way in ways)


def took_place(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which an Occurrence joined to its Gathering was held, and is over."""
    held = and_(col(Occurrence.cancelled_at).is_(None), col(Gathering.stage) == Stage.SCHEDULED)
    return and_(held, col(Occurrence.ends_at) <= now)


async def dates_held(
    session: AsyncSession, now: datetime, start: datetime, end: datetime
) -> Sequence[DateCounts]:
    """Return the dates that began from `start` until before `end` and are over, in order: one query."""
    way = _way()
    query = (
        select(Occurrence.id, Occurrence.starts_at, Gathering.kind, Gathering.place_id, way, func.count())  # type: ignore[call-overload]
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(SignUp, col(SignUp.occurrence_id) == col(Occurrence.id), isouter=True)
        .where(took_place(now), col(Occurrence.starts_at) >= start, col(Occurrence.starts_at) < end)
        .group_by(Occurrence.id, Occurrence.starts_at, Gathering.kind, Gathering.place_id, way)
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    found: dict[UUID, tuple[datetime, str, UUID, dict[Way, int]]] = {}
    for date_id, starts_at, kind, place_id, ended, count in (await session.exec(query)).all():
        counts = found.setdefault(date_id, (starts_at, kind, place_id, {}))[-1]
        if ended:
            counts[Way(ended)] = count
    return [DateCounts(date_id, *told) for date_id, told in found.items()]


def _way() -> ColumnElement[str]:
    """Who said no, and did not come, is not counted; nor is a date's empty row, where nobody signed up."""
    said_yes = col(SignUp.reply) == Coming.YES
    seated = and_(said_yes, col(SignUp.queue_number).is_(None), col(SignUp.seated_at).is_not(None))
    return case(
        (col(SignUp.came_at).is_not(None), Way.CAME.value),
        (seated, Way.ABSENT.value),
        (said_yes, Way.WAITED.value),
        (col(SignUp.reply) == Coming.MAYBE, Way.MAYBE.value),
        else_="",
    ).label("way")


async def titles_of(session: AsyncSession, dates: Sequence[DateCounts]) -> Mapping[UUID, str]:
    """Return the title that counts of each date's gathering, by its place."""
    places = {one.place_id for one in dates}
    query = select(Message.place_id, Message.title).where(
        col(Message.place_id).in_(places), Message.state == State.PUBLISHED
    )
    return dict((await session.exec(query)).all()) if places else {}
