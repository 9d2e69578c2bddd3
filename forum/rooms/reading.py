"""A room's page and what a live reader missed, as one reader sees them."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.errors import NotFound
from forum.messages.reading import lines_before, mark_waiting, own_waiting, published_in, show_rows
from forum.messages.tables import Message
from forum.messages.views import show_to
from forum.rendering import Renderer
from forum.shown import Shown
from forum.spaces.access import find_place
from forum.spaces.tables import Place, PlaceKind

PAGE = 50


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The last lines of a room, or those before a seq; `earlier` is the seq the page before ends below."""

    place: Place
    lines: tuple[Shown, ...]
    waiting: tuple[Shown, ...]
    earlier: int | None


async def find_room(session: AsyncSession, place_id: UUID, viewer: Viewer | None) -> Place:
    """Return the room, or raise NotFound when it does not exist for this reader."""
    place, _ = await find_place(
        session, place_id, viewer.id if viewer else None, viewer.role if viewer else None
    )
    if place.kind != PlaceKind.ROOM:
        raise NotFound
    return place


async def room_page(
    session: AsyncSession, place: Place, viewer: Viewer | None, before: int | None, renderer: Renderer
) -> RoomPage:
    """Return a page of the room's lines, with the viewer's own waiting ones."""
    rows = await lines_before(session, place.id, before, PAGE)
    waiting = await own_waiting(session, viewer, renderer, place.id) if viewer else []
    lines = mark_waiting([show_to(one, viewer) for one in await show_rows(session, rows)], waiting)
    first = rows[0][0].seq if len(rows) == PAGE else None
    return RoomPage(
        place=place,
        lines=tuple(lines),
        waiting=tuple(own for message, own in waiting if message.revises_id is None),
        earlier=first if first and await _lines_below(session, place.id, first) else None,
    )


async def _lines_below(session: AsyncSession, place_id: UUID, seq: int) -> bool:
    query = published_in(place_id).where(col(Message.seq) < seq).limit(1)
    return (await session.exec(query)).first() is not None
