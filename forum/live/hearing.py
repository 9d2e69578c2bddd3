"""The places that one connection hears: how it joins them, what it has missed, and how it leaves."""

from uuid import UUID, uuid4

from forum.accounts.sessions import Viewer
from forum.errors import ForumError, TooManyRequests
from forum.live.feeds import Following
from forum.live.places import find_live
from forum.live.shared import Live
from forum.meetings.telling import told_now
from forum.rooms.attendance import Attendance
from forum.rooms.presence import look_around
from forum.services import Services
from forum.spaces.tables import SPOKEN_IN, Place, PlaceKind
from realtime import frames
from realtime.commands import Join
from realtime.connection import Connection
from realtime.envelope import encode

ROOMS_MOST = 20
"""Rooms and threads that one connection may hear at a time."""


class Hearing:
    """Rooms and threads that one member hears on one connection."""

    def __init__(self, services: Services, live: Live, viewer: Viewer, connection: Connection) -> None:
        self._services = services
        self._live = live
        self._viewer = viewer
        self._connection = connection
        self._attendance = Attendance(services, viewer, str(uuid4()))
        self._places: dict[UUID, Following] = {}
        live.presence.add(self, self._attendance.renew)

    async def join(self, command: Join) -> None:
        """Hear a place from now on, and be in it if it is a room; NotFound where it is not open."""
        place_id, since = command.place, command.since
        if len(self._places) >= ROOMS_MOST and place_id not in self._places:
            raise TooManyRequests(1)
        if place_id not in self._places and not self._live.feeds.is_open(place_id):
            await self._find(place_id)  # somebody's guess opens no feed
        following = await self._followed(place_id)
        try:
            # Read only now: what is published from here on is heard, so nothing falls between the two.
            place, may_enter = await self._look_in(place_id)
            await self._welcome(place, may_enter=may_enter)
            if since is not None:
                self._connection.offer(await self._live.recall.missed(place, since))
        except ForumError:
            await self.leave(place_id)
            raise
        following.go_on()

    async def _followed(self, place_id: UUID) -> Following:
        """Return our part in the place's feed; of a new one nothing is handed on yet."""
        if place_id not in self._places:
            relay = self._connection.relay
            self._places[place_id] = await self._live.feeds.follow(place_id, relay, kept=True)
        return self._places[place_id]

    async def _look_in(self, place_id: UUID) -> tuple[Place, bool]:
        """Return the place as it is, and whether the member is to be seen in it."""
        async with self._services.database.reading() as session:
            place = await find_live(session, place_id, self._viewer)
            if place.kind not in SPOKEN_IN:
                return place, False
            meeting = place.kind == PlaceKind.MEETING
            return place, await self._attendance.may_enter(session, place_id, meeting=meeting)

    async def _welcome(self, place: Place, *, may_enter: bool) -> None:
        if may_enter:
            await self._attendance.arrive(place.id)
        state, here = await look_around(self._services, place)
        self._connection.offer(encode(frames.joined(place.id, place.last_seq, state, here)))
        if place.kind == PlaceKind.MEETING:
            self._connection.offer(encode(await told_now(self._services, place)))

    async def leave(self, place_id: UUID) -> None:
        """Hear a place no more; strange ones are no matter."""
        following = self._places.pop(place_id, None)
        if following is not None:
            await following.end()
            await self._attendance.depart(place_id)

    async def tell_missed(self, place_id: UUID, since: int) -> None:
        """Tell what changed in a place after a seq; NotFound where it is not open."""
        place = await self._find(place_id)
        self._connection.offer(await self._live.recall.missed(place, since))

    async def check(self) -> None:
        """Raise NotFound if a place that is heard is not open to this member any more."""
        for place_id in tuple(self._places):
            await self._find(place_id)

    async def _find(self, place_id: UUID) -> Place:
        async with self._services.database.reading() as session:
            return await find_live(session, place_id, self._viewer)

    async def end(self) -> None:
        """Leave every place."""
        self._live.presence.remove(self)
        for following in self._places.values():
            await following.end()
        await self._attendance.depart_all()
