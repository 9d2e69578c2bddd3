"""Dates as calendars list them: between two moments, from a moment on, and what is next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, or_, type_coerce
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.cards import IN_ORDER, Card, cards, joined, listed
from forum.calendar.looking import Looking
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.calendar.timing import LONGEST_OUTING_MINUTES
from forum.cursor import Cursor
from forum.spaces.tables import Place

LONGEST = timedelta(minutes=LONGEST_OUTING_MINUTES)
"""For how long after its beginning a date can still be next."""


@dataclass(frozen=True, slots=True)
class Between:
    """A span of time: from a moment on, until before another one."""

    start: datetime
    end: datetime


Key = str | UUID
"""The id of a date as the driver gives it: to make UUIDs of a month's takes longer than to find them."""


async def moments_between(
    session: AsyncSession, viewer: Viewer | None, span: Between, looking: Looking
) -> Sequence[tuple[Key, datetime]]:
    """Return the dates that begin in the span, in order, as ids with when they begin: one query.

    All but a few a day are only counted, and words need not be read for that: that some were published must
    do. Of what is shown, asked for by `cards_of`, they are published now.
    """
    key = type_coerce(col(Occurrence.id), String)
    query = joined(select(key, col(Occurrence.starts_at)), viewer).where(
        Occurrence.starts_at >= span.start,
        Occurrence.starts_at < span.end,
        Place.last_seq > 0,
        *_filters(looking),
    )
    found: Sequence[tuple[Key, datetime]] = (await session.exec(query.order_by(*IN_ORDER))).all()
    return found


def id_of(key: Key) -> UUID:
    """Return the id."""
    return key if isinstance(key, UUID) else UUID(key)


async def cards_of(session: AsyncSession, viewer: Viewer | None, ids: Iterable[UUID]) -> list[Card]:
    """Return these dates, as far as the viewer may see them, in order: one query."""
    query = cards(viewer).where(col(Occurrence.id).in_(list(ids))).order_by(*IN_ORDER)
    return await listed(session, query)


async def cards_from(
    session: AsyncSession, viewer: Viewer | None, start: datetime | Cursor, looking: Looking, size: int
) -> list[Card]:
    """Return the next dates that begin from a moment on, or after a date that was shown, in order."""
    query = cards(viewer).where(_after(start), *_filters(looking))
    return await listed(session, query.order_by(*IN_ORDER).limit(size))


async def cards_before(
    session: AsyncSession, viewer: Viewer | None, end: datetime | Cursor, looking: Looking, size: int
) -> list[Card]:
    """Return the last dates that begin before a moment, or before a date that was shown, in order."""
    query = cards(viewer).where(_before(end), *_filters(looking))
    latest_first = (col(Occurrence.starts_at).desc(), col(Occurrence.id).desc())
    return (await listed(session, query.order_by(*latest_first).limit(size)))[::-1]


async def next_up(session: AsyncSession, viewer: Viewer, now: datetime, size: int) -> list[Card]:
    """Return the next dates that go ahead, or have begun, one's own (yes or maybe) first: two queries."""
    not_over = (Occurrence.starts_at > now - LONGEST, Occurrence.ends_at > now)
    goes_ahead = (col(Occurrence.cancelled_at).is_(None), Gathering.stage == Stage.SCHEDULED)
    ahead = cards(viewer).where(*not_over, *goes_ahead)
    ordered = ahead.order_by(*IN_ORDER).limit(size)
    reply = col(SignUp.reply)
    own = await listed(session, ordered.where(reply.in_([Coming.YES, Coming.MAYBE])))
    # Whoever said no has decided, and is not asked again.
    others = await listed(session, ordered.where(or_(reply.is_(None), reply != Coming.NO)))
    first = {card.id for card in own}
    return [*own, *(card for card in others if card.id not in first)][:size]


async def others_of(
    session: AsyncSession, viewer: Viewer | None, than: Occurrence, now: datetime, size: int
) -> list[Card]:
    """Return the coming dates of the same series, also of what was parted from it: two queries."""
    own = await session.get_one(Gathering, than.gathering_id)
    kin = {own.id, own.parted_from_id} - {None}
    family = (
        col(Gathering.id).in_(kin),
        col(Gathering.parted_from_id).in_(kin),
        col(Gathering.place_id) == own.place_id,
    )
    ids = (await session.exec(select(Gathering.id).where(or_(*family)))).all()
    ahead = (col(Occurrence.gathering_id).in_(ids), Occurrence.id != than.id, Occurrence.ends_at > now)
    return await listed(session, cards(viewer).where(*ahead).order_by(*IN_ORDER).limit(size))


async def date_about(
    session: AsyncSession, viewer: Viewer | None, place_id: UUID, now: datetime
) -> UUID | None:
    """Return the next date whose words stand in a place, else the last one, else a draft's first one.

    Whether the viewer may see a draft is not asked here: `find_date` does.
    """
    here = cards(viewer).where(Gathering.place_id == place_id)
    ahead = here.where(Occurrence.ends_at > now).order_by(*IN_ORDER).limit(1)
    last = here.order_by(col(Occurrence.starts_at).desc()).limit(1)
    found = await listed(session, ahead) or await listed(session, last)
    if found:
        return found[0].id
    query = select(Occurrence.id).join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
    return (await session.exec(query.where(Gathering.place_id == place_id).order_by(*IN_ORDER))).first()


def _filters(looking: Looking) -> list[ColumnElement[bool]]:
    wanted = [(Gathering.kind, looking.kind), (Gathering.pathway, looking.pathway)]
    return [col(column) == value for column, value in wanted if value is not None]


def _after(start: datetime | Cursor) -> ColumnElement[bool]:
    if isinstance(start, datetime):
        return col(Occurrence.starts_at) >= start
    same = and_(col(Occurrence.starts_at) == start.at, col(Occurrence.id) > start.id)
    return and_(col(Occurrence.starts_at) >= start.at, or_(col(Occurrence.starts_at) > start.at, same))


def _before(end: datetime | Cursor) -> ColumnElement[bool]:
    if isinstance(end, datetime):
        return col(Occurrence.starts_at) < end
    same = and_(col(Occurrence.starts_at) == end.at, col(Occurrence.id) < end.id)
    return and_(col(Occurrence.starts_at) <= end.at, or_(col(Occurrence.starts_at) < end.at, same))
