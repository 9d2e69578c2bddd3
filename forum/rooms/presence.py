"""Who is in a room, and whether it may be spoken in."""

from uuid import UUID

from forum.broadcasts import has_facilitator, place_topic
from forum.services import Services
from forum.spaces.tables import Place
from realtime.frames import Here, RoomState

NAMES_MOST = 50
"""More names than these nobody reads; the count is of all."""


async def who_is_here(services: Services, place_id: UUID) -> Here:
    """Return how many members are here, each counted once, and the names of those who allow it."""
    present = await services.backplane.present(place_topic(place_id))
    names = sorted({who.name for who in present if who.name}, key=str.casefold)
    return Here(len({who.member for who in present}), tuple(names[:NAMES_MOST]))


async def state_of(services: Services, place: Place) -> RoomState:
    """Return how the room may be spoken in just now."""
    waiting = place.needs_facilitator and not await has_facilitator(services.backplane, place.id)
    return RoomState(place.closed, place.slow_seconds, waiting)
