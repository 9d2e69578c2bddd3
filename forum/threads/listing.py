"""Threads as they are listed: in a space, and what is new since the last visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.cursor import Cursor
from forum.messages.tables import Message, Reading, State
from forum.messages.views import author_of
from forum.shown import Author
from forum.spaces.access import space_seen_by
from forum.spaces.tables import Place, PlaceKind, Space

FRESH_FOR = timedelta(days=14)
"""A thread that was never opened counts as new for so long."""


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """A thread in a list; `title` is empty when its author withdrew it."""

    id: UUID
    title: str
    author: Author
    at: datetime
    last_at: datetime
    replies: int
    new: int
    closed: bool


@dataclass(frozen=True, slots=True)
class SpaceCard:
    """A space in a list, with how much there is and how much of it is new."""

    space: Space
    threads: int
    new: int


async def threads_in(
    session: AsyncSession, space_id: UUID, viewer: Viewer | None, before: Cursor | None, size: int
) -> list[ThreadCard]:
    """Return a page of a space's threads, the last active first; stable while others post."""
    query = _cards(viewer).where(Place.space_id == space_id)
    if before is not None:
        same = and_(col(Place.last_at) == before.at, col(Place.id) < before.id)
        query = query.where(or_(col(Place.last_at) < before.at, same))
    return await _listed(session, query, size)


async def fresh_threads(session: AsyncSession, viewer: Viewer, now: datetime, size: int) -> list[ThreadCard]:
    """Return the threads, of all spaces open to the viewer, that have something new for them."""
    visited = (
        select(Reading.seq).where(Reading.account_id == viewer.id, Reading.place_id == Place.id).exists()
    )
    query = (
        _cards(viewer)
        .join(Space, col(Space.id) == col(Place.space_id))
        .where(space_seen_by(viewer.id, viewer.role), _unread(viewer) > 0)
        .where(or_(visited, col(Place.created_at) > now - FRESH_FOR))
    )
    return await _listed(session, query, size)


async def space_cards(session: AsyncSession, viewer: Viewer | None) -> list[SpaceCard]:
    """Return the spaces open to the viewer in the order they were opened, counted in one query."""
    threads = _visible_threads().where(Place.space_id == Space.id)
    new: ColumnElement[int] = _count(threads.where(_unread(viewer) > 0)) if viewer else literal(0)
    seen = space_seen_by(viewer.id if viewer else None, viewer.role if viewer else None)
    query = select(Space, _count(threads), new).where(seen).order_by(col(Space.id))
    return [SpaceCard(*row) for row in (await session.exec(query)).all()]


def _visible_threads() -> SelectOfScalar[UUID]:
    """Threads whose opening was published and is still there, or that others have answered."""
    said = aliased(Message)
    still = exists().where(col(said.place_id) == col(Place.id), col(said.state) == State.PUBLISHED)
    return select(Place.id).where(Place.kind == PlaceKind.THREAD, Place.last_seq > 0, still)


def _count(query: SelectOfScalar[UUID]) -> ColumnElement[int]:
    return select(func.count()).select_from(query.correlate(Space).subquery()).scalar_subquery()


def _cards(viewer: Viewer | None) -> Select[Place, Message, Account, int, int]:
    said = aliased(Message)
    replies = _published(said).where(col(said.is_opening).is_(False)).correlate(Place).scalar_subquery()
    unread: ColumnElement[int] = _unread(viewer) if viewer else literal(0)
    # sqlmodel's select() is typed for up to four columns.
    columns: Select[Place, Message, Account, int, int] = select(Place, Message, Account, replies, unread)  # type: ignore[call-overload]
    return (
        columns.join(Message, and_(col(Message.place_id) == col(Place.id), col(Message.is_opening)))
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(col(Place.id).in_(_visible_threads()))
    )


def _published(said: type[Message]) -> SelectOfScalar[int]:
    here = (col(said.place_id) == col(Place.id), col(said.state) == State.PUBLISHED)
    return select(func.count(col(said.id))).where(*here)


def _unread(viewer: Viewer) -> ColumnElement[int]:
    """How many messages of others stand after what the viewer has read in the Place."""
    said = aliased(Message)
    read = select(Reading.seq).where(Reading.account_id == viewer.id, Reading.place_id == Place.id)
    so_far = func.coalesce(read.correlate(Place).scalar_subquery(), 0)
    unread = _published(said).where(col(said.seq) > so_far, col(said.author_id) != viewer.id)
    return unread.correlate(Place).scalar_subquery()


async def _listed(
    session: AsyncSession, query: Select[Place, Message, Account, int, int], size: int
) -> list[ThreadCard]:
    newest_first = query.order_by(col(Place.last_at).desc(), col(Place.id).desc()).limit(size)
    return [_card(*row) for row in (await session.exec(newest_first)).all()]


def _card(place: Place, opening: Message, author: Account, replies: int, new: int) -> ThreadCard:
    return ThreadCard(
        id=place.id,
        title=opening.title if opening.state == State.PUBLISHED else "",
        author=author_of(author),
        at=opening.published_at or opening.created_at,
        last_at=place.last_at,
        replies=replies,
        new=new,
        closed=place.closed,
    )
