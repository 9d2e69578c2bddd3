"""One page of a thread, as one reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast
from uuid import UUID

from sqlalchemy import Executable, bindparam, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.errors import NotFound
from forum.messages.reading import READ_TO, mark_waiting, own_waiting
from forum.messages.tables import Message, State
from forum.messages.views import show_to
from forum.rendering import Renderer
from forum.shown import Shown
from forum.spaces.access import place_and_space
from forum.spaces.tables import Place, PlaceKind, Space
from forum.threads.everybody import Opened, Shelf, Wanted, opened

UNREAD_MOST = 200

Unread = Sequence[tuple[UUID, int]]

UNREAD = (
    select(Message.id, Message.seq)
    .where(col(Message.place_id) == bindparam("place"), Message.state == State.PUBLISHED)
    .where(col(Message.seq) > bindparam("known"), col(Message.author_id) != bindparam("reader"))
    .order_by(col(Message.seq))
    .limit(UNREAD_MOST)
)


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


class Threads:
    """Reads threads for everybody whom this process serves."""

    def __init__(self, renderer: Renderer, shelf: Shelf) -> None:
        self._renderer = renderer
        self._shelf = shelf

    async def page(
        self, session: AsyncSession, place_id: UUID, viewer: Viewer | None, wanted: Wanted
    ) -> ThreadPage:
        """Return the page; NotFound when the thread does not exist for this reader."""
        here = await _find(session, place_id, viewer)
        everybody = await self._shelf.page(session, here.place, wanted)
        _check_open(everybody.opening, viewer)
        waiting = (
            await own_waiting(session, viewer, self._renderer, place_id) if viewer and here.waits else []
        )
        shown = mark_waiting([show_to(one, viewer, here.known) for one in everybody.messages], waiting)
        on_page = {one.id for one in shown}
        unread = await _unread(session, here, viewer) if viewer else []
        elsewhere = [one for one in unread if one[0] not in on_page]
        return ThreadPage(
            space=here.space,
            place=here.place,
            title=everybody.opening.title if _title_is_open(everybody.opening, viewer) else "",
            messages=tuple(shown),
            waiting=tuple(own for message, own in waiting if message.revises_id is None),
            earlier=everybody.earlier,
            later=everybody.later,
            first_new=elsewhere[0][0] if elsewhere and here.known is not None else None,
            read_to=here.known or 0,
            now_read_to=elsewhere[0][1] - 1 if elsewhere else here.place.last_seq,
        )


def threads_of(request: Request) -> Threads:
    """Return what `app.py` handed in."""
    return cast(Threads, request.state.threads)


@dataclass(frozen=True, slots=True)
class _Here:
    """A thread as its reader finds it: how far they had read, and whether something of theirs waits here."""

    place: Place
    space: Space
    known: int | None = None
    waits: bool = False


async def _find(session: AsyncSession, place_id: UUID, viewer: Viewer | None) -> _Here:
    asked = {"place": place_id, "account": viewer.id if viewer else None}
    # sqlmodel's select() is typed for up to four columns, and not for some that are added.
    query = _here_for(viewer.role if viewer else None)
    found = (await session.exec(query, params=asked)).first()  # type: ignore[call-overload]
    if found is None or found[1] is None or found[0].kind != PlaceKind.THREAD:
        raise NotFound
    return _Here(*found)


@cache
def _here_for(role: Role | None) -> Executable:
    """Return the query of all that readers of this role are told of one thread beside its messages."""
    here = place_and_space(role, visitor=role is None)
    if role is None:
        return here
    waits = exists().where(
        col(Message.place_id) == bindparam("place"),
        col(Message.author_id) == bindparam("account"),
        col(Message.state) == State.HELD,
    )
    return here.add_columns(READ_TO.scalar_subquery(), waits)


def _title_is_open(opening: Opened, viewer: Viewer | None) -> bool:
    own = viewer is not None and opening.author_id == viewer.id
    return opening.state == State.PUBLISHED or (own and opening.state == State.HELD)


def _check_open(opening: Opened, viewer: Viewer | None) -> None:
    if opening.seq is None and (viewer is None or opening.author_id != viewer.id):
        raise NotFound


async def check_open(session: AsyncSession, place_id: UUID, viewer: Viewer) -> None:
    """Raise NotFound for a thread whose opening waits, but for its author."""
    _check_open(await opened(session, place_id), viewer)


async def _unread(session: AsyncSession, here: _Here, viewer: Viewer) -> Unread:
    known = here.known or 0
    if known >= here.place.last_seq:
        return []
    asked = {"place": here.place.id, "known": known, "reader": viewer.id}
    return [(found, seq or 0) for found, seq in (await session.exec(UNREAD, params=asked)).all()]
