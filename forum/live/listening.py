"""One member's connection: it joins rooms, hears them, and speaks through the one door."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

from forum.accounts.sessions import Viewer
from forum.broadcasts import account_topic, ended_topic
from forum.errors import ForumError, NotFound, TooManyRequests
from forum.live.feeds import Following
from forum.live.places import find_live
from forum.live.shared import Live
from forum.live.telling import missed_by, told_of
from forum.meetings.telling import told_now
from forum.messages.publishing import submit
from forum.messages.reading import missed_since
from forum.messages.submission import Choice, Held, Reply, Submission
from forum.notifications.noticing import unread
from forum.review.waiting import waits_of
from forum.review.watching import DeskWatch, Recognised
from forum.rooms.attendance import Attendance
from forum.rooms.presence import state_of, who_is_here
from forum.services import Services
from forum.spaces.tables import SPOKEN_IN, Place, PlaceKind
from moderation.draft import LONGEST, Kind
from realtime import frames
from realtime.backplane import CATCH_UP
from realtime.commands import FRAME_BYTES, Command, Fetch, Join, Leave, Ping, Say, WatchDesk
from realtime.connection import Connection
from realtime.envelope import Envelope, encode

ROOMS_MOST = 20
"""Rooms and threads that one connection may hear at a time."""
LIMITS = {"frame_bytes": FRAME_BYTES, "text_characters": LONGEST[Kind.LINE], "rooms": ROOMS_MOST}


class Listener:
    """One member's connection: what it hears, and what it is answered."""

    def __init__(
        self, services: Services, viewer: Viewer, connection: Connection, recognised: Recognised
    ) -> None:
        self._services = services
        self._viewer = viewer
        self._live: Live
        self._connection = connection
        self._recognised = recognised
        self._desk = DeskWatch(services, connection, recognised)
        self._attendance = Attendance(services, viewer, str(uuid4()))
        self._places: dict[UUID, Following] = {}

    async def run(self, live: Live) -> None:
        """Serve the connection until it is done, then leave every place."""
        backplane, relay = self._services.backplane, self._connection.relay
        own = await backplane.subscribe(account_topic(self._viewer.id), relay)
        ended = await backplane.subscribe(ended_topic(self._viewer.id), self._end_if_signed_out)
        healed = await backplane.subscribe(CATCH_UP, lambda _: live.catching_up.add(self, self._catch_up))
        self._live = live
        live.watch.add(self, self._watch)
        live.presence.add(self, self._attendance.renew)
        try:
            self._offer(frames.welcome(frames.VERSION, LIMITS))
            # The session may have ended just before we listened for that.
            if await self._recognised() is None:
                self._connection.end(frames.SIGNED_OUT, "signed out")
            await self._connection.run(self._handle)
        finally:
            live.watch.remove(self)
            live.presence.remove(self)
            live.catching_up.remove(self)
            for subscription in (own, ended, healed, *self._places.values()):
                await subscription.end()
            await self._desk.end()
            await self._attendance.depart_all()

    def _end_if_signed_out(self, envelope: Envelope) -> None:
        told, own = json.loads(envelope.frame), str(self._viewer.session_id)
        if "removed" in told:
            self._connection.end(frames.RESTARTING, "come back without that room")
            return
        if told["ended"] == own or (told["ended"] is None and told["kept"] != own):
            self._connection.end(frames.SIGNED_OUT, "signed out")

    async def _watch(self) -> None:
        """Ask again who this is, and whether they may still hear what they hear."""
        viewer = await self._recognised()
        if viewer is None:
            self._connection.end(frames.SIGNED_OUT, "signed out")
        elif viewer.role is not self._viewer.role:
            self._connection.end(frames.RESTARTING, "come back with another role")
        for place_id in tuple(self._places):
            try:
                async with self._services.database.reading() as session:
                    await find_live(session, place_id, self._viewer)
            except NotFound:
                self._connection.end(frames.RESTARTING, "come back without that room")

    async def _catch_up(self) -> None:
        """Tell anew what may not have been heard; what places told is the feeds' to tell."""
        await self._watch()
        async with self._services.database.reading() as session:
            self._offer(frames.notices(await unread(session, self._viewer.id)))
        await self._desk.recount()
        self._live.catching_up.remove(self)

    def _offer(self, payload: frames.Payload) -> None:
        self._connection.offer(encode(payload))

    async def _handle(self, command: Command) -> None:
        nonce = command.nonce if isinstance(command, Say) else None
        try:
            await self._obey(command)
        except ForumError as error:
            wait = error.retry_after if isinstance(error, TooManyRequests) else None
            words = self._services.renderer.say(error.words)
            self._offer(frames.error(error.reason, words, nonce, wait))

    async def _obey(self, command: Command) -> None:
        match command:
            case Join():
                await self._join(command)
            case Leave(place=place_id):
                await self._leave(place_id)
            case Fetch(place=place_id, since=since):
                await self._tell_missed(place_id, since)
            case Say():
                await self._say(command)
            case WatchDesk():
                await self._desk.start()
            case Ping():
                self._offer(frames.pong())

    async def _join(self, command: Join) -> None:
        place_id = command.place
        if len(self._places) >= ROOMS_MOST and place_id not in self._places:
            raise TooManyRequests(1)
        async with self._services.database.reading() as session:
            place = await find_live(session, place_id, self._viewer)
        if place_id not in self._places:
            self._places[place_id] = await self._live.feeds.follow(place_id, self._connection.relay)
        if place.kind in SPOKEN_IN:
            await self._attendance.arrive(place_id, meeting=place.kind == PlaceKind.MEETING)
        # Read only now: what is published from here on is heard, so nothing falls between the two.
        async with self._services.database.reading() as session:
            place = await find_live(session, place_id, self._viewer)
        state, here = await state_of(self._services, place), await self._here(place)
        self._offer(frames.joined(place_id, place.last_seq, state, here))
        if place.kind == PlaceKind.MEETING:
            self._offer(await told_now(self._services, place))
        if command.since is not None:
            await self._tell_missed(place_id, command.since)

    async def _here(self, place: Place) -> frames.Here:
        """Who is in a room; of threads nobody is told who reads them."""
        if place.kind not in SPOKEN_IN:
            return frames.Here(0)
        return await who_is_here(self._services, place.id)

    async def _leave(self, place_id: UUID) -> None:
        following = self._places.pop(place_id, None)
        if following is not None:
            await following.end()
            await self._attendance.depart(place_id)

    async def _tell_missed(self, place_id: UUID, since: int) -> None:
        async with self._services.database.reading() as session:
            place = await find_live(session, place_id, self._viewer)
            missed = await missed_since(session, place_id, since)
        self._offer(missed_by(self._services.renderer, place, since, missed))

    async def _say(self, command: Say) -> None:
        target = Reply(command.place, command.parent)
        choice = Choice(command.choice)
        answer = await submit(
            self._services, Submission(target, self._viewer.id, command.text, command.nonce, choice)
        )
        told = told_of(self._services.renderer, answer, self._viewer.time_zone)
        if isinstance(answer, Held):
            told = replace(told, words=(*told.words, *await self._usual_wait()))
        self._offer(frames.answered(command.nonce, told))

    async def _usual_wait(self) -> list[str]:
        async with self._services.database.reading() as session:
            told = await waits_of(session, self._viewer.id)
        return [self._services.renderer.say(words) for kind, words in told.items() if kind == "held"]
