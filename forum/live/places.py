"""The places that can be heard live: rooms, meetings and threads, each for whoever may open its page."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.errors import NotFound
from forum.meetings.finding import is_on
from forum.spaces.access import find_place
from forum.spaces.tables import Place, PlaceKind
from forum.threads.reading import check_open


async def find_live(session: AsyncSession, place_id: UUID, viewer: Viewer) -> Place:
    """Return the room, meeting or thread, or raise NotFound when its page does not exist for this reader."""
    place, _ = await find_place(session, place_id, viewer.id, viewer.role)
    if place.kind == PlaceKind.THREAD:
        await check_open(session, place_id, viewer)
    elif place.kind == PlaceKind.MEETING:
        if not await is_on(session, place.id):
            raise NotFound
    elif place.kind != PlaceKind.ROOM:
        raise NotFound
    return place
