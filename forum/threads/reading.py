"""One page of a thread, as one reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.errors import NotFound
from forum.messages.reading import Rows, mark_waiting, own_waiting, published_in, read_to, show_rows
from forum.messages.tables import Message, State
from forum.messages.tree import WIDTH
from forum.messages.views import show_to
from forum.rendering import Renderer
from forum.shown import Shown
from forum.spaces.access import find_place
from forum.spaces.tables import Place, PlaceKind, Space

PAGE = 20
UNREAD_MOST = 200

Unread = Sequence[tuple[UUID, int]]

# Put together once: it takes longer than to ask.
HERE = published_in(bindparam("place")).order_by(col(Message.path)).limit(PAGE + 1)
AFTER = HERE.where(col(Message.path) > bindparam("path"))
FROM = HERE.where(col(Message.path) >= bindparam("path"))
OPENING = select(Message).where(col(Message.place_id) == bindparam("place"), col(Message.is_opening))
UNREAD = (
    select(Message.id, Message.seq)
    .where(col(Message.place_id) == bindparam("place"), Message.state == State.PUBLISHED)
    .where(col(Message.seq) > bindparam("known"), col(Message.author_id) != bindparam("reader"))
    .order_by(col(Message.seq))
    .limit(UNREAD_MOST)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: from the branch of message `at`, or after or before a path; otherwise the first."""

    at: UUID | None = None
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of the tree; `earlier` and `later` are the paths that its neighbours end and start at."""

    space: Space
    place: Place
    title: str
    messages: tuple[Shown, ...]
    waiting: tuple[Shown, ...]
    earlier: str | None
    later: str | None
    first_new: UUID | None
    """The first message that is new to the reader and not on this page."""
    read_to: int
    """How far the reader had read before."""
    now_read_to: int
    """How far the reader has read once this page was seen: up to the first new one elsewhere."""


async def thread_page(
    session: AsyncSession, place_id: UUID, viewer: Viewer | None, wanted: Wanted, renderer: Renderer
) -> ThreadPage:
    """Return the page; NotFound when the thread does not exist for this reader."""
    place, space, opening = await find_thread(session, place_id, viewer)
    rows = await _rows(session, place_id, wanted)
    waiting = await own_waiting(session, viewer, renderer, place_id) if viewer else []
    known = await read_to(session, viewer.id, place_id) if viewer else None
    everybody = await show_rows(session, rows.page)
    shown = mark_waiting([show_to(one, viewer, known) for one in everybody], waiting)
    unread = await _unread(session, place_id, viewer, known or 0) if viewer else []
    here = {one.id for one in shown}
    elsewhere = [one for one in unread if one[0] not in here]
    return ThreadPage(
        space=space,
        place=place,
        title=opening.title if _title_is_open(opening, viewer) else "",
        messages=tuple(shown),
        waiting=tuple(own for message, own in waiting if message.revises_id is None),
        earlier=rows.earlier,
        later=rows.later,
        first_new=elsewhere[0][0] if elsewhere and known is not None else None,
        read_to=known or 0,
        now_read_to=elsewhere[0][1] - 1 if elsewhere else place.last_seq,
    )


def _title_is_open(opening: Message, viewer: Viewer | None) -> bool:
    own = viewer is not None and opening.author_id == viewer.id
    return opening.state == State.PUBLISHED or (own and opening.state == State.HELD)


async def find_thread(
    session: AsyncSession, place_id: UUID, viewer: Viewer | None
) -> tuple[Place, Space, Message]:
    """Return the thread, its space and its opening; NotFound when there is none for this reader."""
    place, space = await find_place(
        session, place_id, viewer.id if viewer else None, Role(viewer.role) if viewer else None
    )
    if space is None or place.kind != PlaceKind.THREAD:
        raise NotFound
    return place, space, await find_opening(session, place_id, viewer)


async def find_opening(session: AsyncSession, place_id: UUID, viewer: Viewer | None) -> Message:
    """Return what a thread opens with; NotFound where it waits, but for its author."""
    opening = (await session.exec(OPENING, params={"place": place_id})).one()
    if opening.seq is None and (viewer is None or opening.author_id != viewer.id):
        raise NotFound
    return opening


@dataclass(frozen=True, slots=True)
class _Rows:
    page: Rows
    earlier: str | None
    later: str | None


async def _rows(session: AsyncSession, place_id: UUID, wanted: Wanted) -> _Rows:
    path = col(Message.path)
    start = await _branch(session, place_id, wanted.at) if wanted.at else ""
    if wanted.before:
        query = published_in(place_id).where(path < wanted.before)
        found = (await session.exec(query.order_by(path.desc()).limit(PAGE + 1))).all()
        page = list(reversed(found[:PAGE]))
        earlier = page[0][0].path if len(found) > PAGE else None
        return _Rows(page, earlier, page[-1][0].path if page else None)
    begun = (AFTER, wanted.after) if wanted.after else (FROM, start)
    found = (await session.exec(begun[0], params={"place": place_id, "path": begun[1]})).all()
    page = list(found[:PAGE])
    skipped = bool(wanted.after) or await _something_before(session, place_id, start)
    earlier = page[0][0].path if page and skipped else None
    return _Rows(page, earlier, page[-1][0].path if len(found) > PAGE else None)


async def _something_before(session: AsyncSession, place_id: UUID, start: str) -> bool:
    if not start:
        return False
    earlier = select(Message.id).where(Message.place_id == place_id, col(Message.path) < start).limit(1)
    return (await session.exec(earlier)).first() is not None


async def _branch(session: AsyncSession, place_id: UUID, message_id: UUID) -> str:
    """Where to start so that the message is on the page: at its branch's top, or at itself in a long one."""
    query = select(Message.path).where(Message.id == message_id, Message.place_id == place_id)
    own = (await session.exec(query)).first() or ""
    between = published_in(place_id).where(col(Message.path) >= own[:WIDTH], col(Message.path) < own)
    above = (await session.exec(between.limit(PAGE))).all()
    return own if len(above) == PAGE else own[:WIDTH]


async def _unread(session: AsyncSession, place_id: UUID, viewer: Viewer, known: int) -> Unread:
    asked = {"place": place_id, "known": known, "reader": viewer.id}
    return [(found, seq or 0) for found, seq in (await session.exec(UNREAD, params=asked)).all()]
