"""Who is in a room, and whether it may be spoken in."""

from collections.abc import Collection
from uuid import UUID

from forum.broadcasts import has_facilitator, place_topic
from forum.services import Services
from forum.spaces.tables import SPOKEN_IN, Place
from realtime.backplane import Presence
from realtime.frames import Here, RoomState

NAMES_MOST = 50
"""More names than these nobody reads; the count is of all."""


async def who_is_here(services: Services, place_id: UUID) -> Here:
    """Return how many members are here, each counted once, and the names of those who allow it."""
    return _counted(await services.backplane.present(place_topic(place_id)))


def _counted(present: Collection[Presence]) -> Here:
    members = {who.member for who in present}
    names = sorted({who.name for who in present if who.name}, key=str.casefold)
    return Here(len(members), tuple(names[:NAMES_MOST]))


async def state_of(services: Services, place: Place) -> RoomState:
    """Return how the room may be spoken in just now."""
    waiting = place.needs_facilitator and not await has_facilitator(services.backplane, place.id)
    return RoomState(place.closed, place.slow_seconds, waiting)


async def look_around(services: Services, place: Place) -> tuple[RoomState, Here]:
    """Return both, of one moment; of a thread nobody is told who reads it."""
    if place.kind not in SPOKEN_IN:
        return RoomState(place.closed, place.slow_seconds), Here(0)
    present = await services.backplane.present(place_topic(place.id))
    waiting = place.needs_facilitator and not any(who.facilitator for who in present)
    return RoomState(place.closed, place.slow_seconds, waiting), _counted(present)
