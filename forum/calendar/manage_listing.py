"""What a manager sees of all gatherings: those to come, drafts, those that wait, and those that are over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import case, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.messages.tables import Message, State
from forum.spaces.tables import Place, Space

MOST_PAST = 50
OF_WORDS = (State.PUBLISHED, State.HELD, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """A gathering in the list: `state` is that of its newest words, `next_at` the next date that is on."""

    gathering: Gathering
    space: str
    title: str
    state: str
    next_at: datetime | None
    last_at: datetime | None
    dates: int
    coming: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All gatherings, each in one list."""

    upcoming: Sequence[Line]
    drafts: Sequence[Line]
    waiting: Sequence[Line]
    past: Sequence[Line]


async def list_gatherings(session: AsyncSession, now: datetime) -> Lines:
    """Return the lists: what is next comes first, of drafts the newest, of what is over the latest fifty."""
    lines = await _lines(session, now)
    scheduled = [one for one in lines if one.gathering.stage in (Stage.SCHEDULED, Stage.CANCELLED)]
    upcoming = [one for one in scheduled if one.next_at is not None]
    past = [one for one in scheduled if one.next_at is None]
    return Lines(
        upcoming=sorted(upcoming, key=lambda one: (one.next_at or now, one.gathering.id)),
        drafts=[one for one in lines if one.gathering.stage == Stage.DRAFT],
        waiting=[one for one in lines if one.gathering.stage == Stage.WAITING],
        past=sorted(past, key=lambda one: one.last_at or now, reverse=True)[:MOST_PAST],
    )


async def _lines(session: AsyncSession, now: datetime) -> list[Line]:
    to_come = (col(Occurrence.ends_at) > now) & col(Occurrence.cancelled_at).is_(None)
    query = (
        select(  # type: ignore[call-overload]
            Gathering,
            Space.name,
            func.min(case((to_come, col(Occurrence.starts_at)))),
            func.max(col(Occurrence.starts_at)),
            func.count(case((to_come, 1))),
            func.sum(case((to_come, col(Occurrence.coming)), else_=0)),
        )
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(Occurrence, col(Occurrence.gathering_id) == col(Gathering.id), isouter=True)
        .group_by(col(Gathering.id), col(Space.name))
        .order_by(col(Gathering.changed_at).desc())
    )
    rows = (await session.exec(query)).all()
    words = await _words(session, {row[0].place_id for row in rows})
    return [
        Line(one, space, *words.get(one.place_id, ("", "")), next_at, last_at, dates, coming or 0)
        for one, space, next_at, last_at, dates, coming in rows
    ]


async def _words(session: AsyncSession, place_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return title and state of the newest words of each place, published or not."""
    query = (
        select(Message.place_id, Message.title, Message.state)
        .where(col(Message.place_id).in_(place_ids), col(Message.state).in_(OF_WORDS))
        .order_by(col(Message.created_at), col(Message.id))
    )
    return {place_id: (title, state) for place_id, title, state in (await session.exec(query)).all()}
