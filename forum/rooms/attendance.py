"""Coming into a room and leaving it: who is here is told to everybody there, at most once a second."""

import asyncio
from dataclasses import replace
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.broadcasts import place_topic
from forum.rooms.presence import state_of, who_is_here
from forum.services import Services
from forum.spaces.removals import is_away
from forum.spaces.tables import Guest, Place
from realtime import frames
from realtime.backplane import Presence
from realtime.envelope import Envelope

STAYS_SECONDS = 60.0
"""Without word from its connection, a presence ends by itself after so long."""
PAGE_STAYS_SECONDS = 180.0
"""Somebody without scripts is here for so long after they asked for new lines or said one."""
RENEW_SECONDS = 20.0
TOLD_EVERY_SECONDS = 1.0
"""In a full room people come and go all the time; nobody needs to hear it more often."""

log = structlog.get_logger()


class Attendance:
    """The rooms that one connection is in."""

    def __init__(
        self, services: Services, viewer: Viewer, connection: str, stays: float = STAYS_SECONDS
    ) -> None:
        self._services = services
        self._stays = stays
        self._presence = Presence(
            connection,
            viewer.id,
            viewer.handle if viewer.show_presence else None,
            facilitator=viewer.role.can_facilitate,
        )
        self._places: set[UUID] = set()
        self._holds: dict[UUID, bool] = {}

    async def may_enter(self, session: AsyncSession, place_id: UUID, *, meeting: bool = False) -> bool:
        """Return whether the member is in the room, or may come: whoever was sent away only reads.

        A meeting is held by its hosts, whatever anybody's role is elsewhere.
        """
        if place_id in self._places:
            return True
        if meeting:
            guest = await session.get(Guest, (place_id, self._presence.member))
            self._holds[place_id] = guest is not None and guest.host
        return not await is_away(session, place_id, self._presence.member, self._services.clock())

    async def arrive(self, place_id: UUID) -> None:
        """Be in the room from now on, and let everybody there know: for whoever `may_enter`."""
        await self._renew(place_id)
        if place_id not in self._places:
            self._places.add(place_id)
            await self._tell(place_id)

    async def depart(self, place_id: UUID) -> None:
        """Leave the room, and let everybody there know."""
        if place_id in self._places:
            self._places.discard(place_id)
            await self._services.backplane.depart(place_topic(place_id), self._presence.connection)
            await self._tell(place_id)

    async def depart_all(self) -> None:
        """Leave every room."""
        for place_id in tuple(self._places):
            await self.depart(place_id)

    async def renew(self) -> None:
        """Stay in every room for a while longer; a backplane that is away for a while ends nothing."""
        for place_id in tuple(self._places):
            await self._renew(place_id)

    async def _renew(self, place_id: UUID) -> None:
        presence = replace(self._presence, facilitator=self._facilitates(place_id))
        await self._services.backplane.arrive(place_topic(place_id), presence, self._stays)

    def _facilitates(self, place_id: UUID) -> bool:
        return self._holds.get(place_id, self._presence.facilitator)

    async def _tell(self, place_id: UUID) -> None:
        TELLERS.soon(self._services, place_id)
        if self._facilitates(place_id):
            try:
                await tell_state(self._services, place_id)
            except SQLAlchemyError as error:
                log.warning("state.not-told", error=type(error).__name__)


async def arrive_by_page(
    services: Services, viewer: Viewer, place_id: UUID, *, meeting: bool = False
) -> None:
    """Count somebody who reads without scripts as here, for a while; a facilitator opens a room so too."""
    here = Attendance(services, viewer, f"page:{viewer.session_id}", PAGE_STAYS_SECONDS)
    await enter(here, services, place_id, meeting=meeting)


async def enter(here: Attendance, services: Services, place_id: UUID, *, meeting: bool = False) -> None:
    """Arrive in a room, or in a meeting, for whoever `may_enter`."""
    async with services.database.reading() as session:
        may_enter = await here.may_enter(session, place_id, meeting=meeting)
    if may_enter:
        await here.arrive(place_id)


async def tell_state(services: Services, place_id: UUID) -> None:
    """Tell everybody in the room how it may be spoken in: it may wait for a facilitator."""
    async with services.database.reading() as session:
        place = await session.get_one(Place, place_id)
    if place.needs_facilitator:
        frame = frames.room(place_id, await state_of(services, place))
        await services.backplane.publish(Envelope.of(place_topic(place_id), frame))


class Tellers:
    """Tells who is here, once for everybody who came and went in the last second."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[int, UUID], asyncio.Task[None]] = {}

    def soon(self, services: Services, place_id: UUID) -> None:
        """Tell everybody in the room within a second, unless that is already on its way."""
        key = (id(services), place_id)
        if key not in self._waiting:
            task = asyncio.create_task(self._tell(services, place_id))
            self._waiting[key] = task
            task.add_done_callback(lambda _: self._waiting.pop(key, None))

    async def _tell(self, services: Services, place_id: UUID) -> None:
        await asyncio.sleep(TOLD_EVERY_SECONDS)
        self._waiting.pop((id(services), place_id), None)
        try:
            frame = frames.presence(place_id, await who_is_here(services, place_id))
            await services.backplane.publish(Envelope.of(place_topic(place_id), frame))
        except OSError as error:
            log.warning("presence.not-told", error=type(error).__name__)


TELLERS = Tellers()
