"""Rooms as they are listed."""

from dataclasses import dataclass
from uuid import UUID

from forum.accounts.sessions import Viewer
from forum.language import N_
from forum.rooms.presence import state_of, who_is_here
from forum.services import Services
from forum.spaces.access import rooms_seen_by
from forum.spaces.tables import Place, Space
from realtime.frames import RoomState


@dataclass(frozen=True, slots=True)
class RoomCard:
    """A room in a list; `state` is empty when anybody may speak."""

    id: UUID
    name: str
    about: str
    space: str
    state: str
    here: int


async def room_cards(
    services: Services, viewer: Viewer | None, space_id: UUID | None = None
) -> list[RoomCard]:
    """Return the rooms open to the viewer, or those of one space, by name."""
    async with services.database.reading() as session:
        rows = await rooms_seen_by(session, viewer.id if viewer else None, viewer.role if viewer else None)
    return [await _card(services, *row) for row in rows if space_id in (None, row[0].space_id)]


async def _card(services: Services, place: Place, space: Space) -> RoomCard:
    here = await who_is_here(services, place.id)
    state = _in_words(services, await state_of(services, place))
    return RoomCard(place.id, place.name, place.about, space.name, state, here.count)


def _in_words(services: Services, state: RoomState) -> str:
    if state.paused:
        return services.renderer.say(N_("Paused"))
    return services.renderer.say(N_("Waiting for a facilitator")) if state.waiting_for_facilitator else ""
