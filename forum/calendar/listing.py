"""Dates as calendars list them: between two moments, from a moment on, and what is next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, null, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.sessions import Viewer
from forum.calendar.kinds import Format, Kind, Pathway
from forum.calendar.looking import Looking
from forum.calendar.reading import announced_to, words_of_it
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.cursor import Cursor
from forum.messages.tables import Message
from forum.spaces.tables import Place, Space


@dataclass(frozen=True, slots=True)
class Card:
    """A date in a list; `reply` is the viewer's own, with a seat or without."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    kind: Kind
    pathway: Pathway
    format: Format
    cancelled: bool
    reply: Coming | None
    seated: bool


@dataclass(frozen=True, slots=True)
class Between:
    """A span of time: from a moment on, until before another one."""

    start: datetime
    end: datetime


async def moments_between(
    session: AsyncSession, viewer: Viewer | None, span: Between, looking: Looking
) -> Sequence[tuple[UUID, datetime]]:
    """Return the dates that begin in the span, in order, as ids with when they begin: one query.

    Two dozen a day would be more than a month shows: what is shown of them is asked for by `cards_of`.
    """
    query = _joined(select(Occurrence.id, Occurrence.starts_at), viewer).where(
        Occurrence.starts_at >= span.start, Occurrence.starts_at < span.end, *_filters(looking)
    )
    return (await session.exec(query.order_by(*IN_ORDER))).all()


async def cards_of(session: AsyncSession, viewer: Viewer | None, ids: Iterable[UUID]) -> list[Card]:
    """Return these dates, as far as the viewer may see them, in order: one query."""
    query = _cards(viewer).where(col(Occurrence.id).in_(list(ids))).order_by(*IN_ORDER)
    return await _listed(session, query)


async def cards_from(
    session: AsyncSession, viewer: Viewer | None, start: datetime | Cursor, looking: Looking, size: int
) -> list[Card]:
    """Return the next dates that begin from a moment on, or after a date that was shown, in order."""
    query = _cards(viewer).where(_after(start), *_filters(looking))
    return await _listed(session, query.order_by(*IN_ORDER).limit(size))


async def cards_before(
    session: AsyncSession, viewer: Viewer | None, end: datetime | Cursor, looking: Looking, size: int
) -> list[Card]:
    """Return the last dates that begin before a moment, or before a date that was shown, in order."""
    query = _cards(viewer).where(_before(end), *_filters(looking))
    latest_first = (col(Occurrence.starts_at).desc(), col(Occurrence.id).desc())
    return (await _listed(session, query.order_by(*latest_first).limit(size)))[::-1]


async def next_up(session: AsyncSession, viewer: Viewer, now: datetime, size: int) -> list[Card]:
    """Return the next dates that go ahead, those that the viewer has said yes or maybe to first: two queries."""
    ahead = _cards(viewer).where(
        Occurrence.starts_at > now, col(Occurrence.cancelled_at).is_(None), Gathering.stage == Stage.SCHEDULED
    )
    ordered = ahead.order_by(*IN_ORDER).limit(size)
    own = await _listed(session, ordered.where(col(SignUp.reply).in_([Coming.YES, Coming.MAYBE])))
    # Whoever said no has decided, and asks for nothing more.
    others = await _listed(
        session, ordered.where(or_(col(SignUp.reply).is_(None), col(SignUp.reply) != Coming.NO))
    )
    listed = {card.id for card in own}
    return [*own, *(card for card in others if card.id not in listed)][:size]


async def others_of(
    session: AsyncSession, viewer: Viewer | None, than: Occurrence, now: datetime, size: int
) -> list[Card]:
    """Return the coming dates of the same series, also of those that were parted from it: one query."""
    own = select(Gathering.place_id, Gathering.parted_from_id).where(Gathering.id == than.gathering_id).cte()
    family = or_(
        Gathering.id == than.gathering_id,
        Gathering.parted_from_id == than.gathering_id,
        col(Gathering.id).in_(select(own.c.parted_from_id).where(own.c.parted_from_id.is_not(None))),
        col(Gathering.place_id).in_(select(own.c.place_id)),
    )
    ahead = (family, Occurrence.id != than.id, Occurrence.ends_at > now)
    return await _listed(session, _cards(viewer).where(*ahead).order_by(*IN_ORDER).limit(size))


IN_ORDER = (col(Occurrence.starts_at), col(Occurrence.id))


def _joined(query: Any, viewer: Viewer | None) -> Any:  # noqa: ANN401 - sqlmodel types up to four columns
    """Add what decides who sees a date to a query of Occurrence."""
    return (
        query.join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(Message, words_of_it())
        .where(announced_to(viewer))
    )


def _cards(viewer: Viewer | None) -> Select[Any, Any]:
    own = (null(), null()) if viewer is None else (SignUp.reply, SignUp.seated_at)
    query: Any = select(  # type: ignore[call-overload]
        Occurrence.id,
        Message.title,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Gathering.kind,
        Gathering.pathway,
        Gathering.format,
        Occurrence.cancelled_at,
        Gathering.stage,
        *own,
    ).select_from(Occurrence)
    if viewer is not None:
        mine = and_(col(SignUp.occurrence_id) == col(Occurrence.id), col(SignUp.account_id) == viewer.id)
        query = query.join(SignUp, mine, isouter=True)
    joined: Select[Any, Any] = _joined(query, viewer)
    return joined


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


async def _listed(session: AsyncSession, query: Any) -> list[Card]:  # noqa: ANN401 - see _joined
    rows: Sequence[tuple[Any, ...]] = (await session.exec(query)).all()
    return [_card(*row[:7], off=row[7] is not None or row[8] == Stage.CANCELLED, own=row[9:]) for row in rows]


def _card(*row: Any, off: bool, own: tuple[Any, Any]) -> Card:  # noqa: ANN401 - the columns of _cards
    date_id, title, starts_at, ends_at, kind, pathway, form = row
    reply, seated_at = own
    return Card(
        id=date_id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=Kind(kind),
        pathway=Pathway(pathway),
        format=Format(form),
        cancelled=off,
        reply=None if reply is None else Coming(reply),
        seated=seated_at is not None,
    )
