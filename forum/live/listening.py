"""One member's connection: it joins rooms, hears them, and speaks through the one door."""

import json
import random
from dataclasses import replace

from forum.accounts.sessions import Viewer
from forum.broadcasts import account_topic, ended_topic
from forum.errors import ForumError, NotFound, TooManyRequests, Unavailable
from forum.live.hearing import ROOMS_MOST, Hearing
from forum.live.shared import Live
from forum.live.telling import told_of
from forum.messages.publishing import submit
from forum.messages.submission import Choice, Held, Reply, Submission
from forum.notifications.noticing import unread
from forum.outages import reaching
from forum.review.waiting import waits_of
from forum.review.watching import DeskWatch, Recognised
from forum.services import Services
from moderation.draft import LONGEST, Kind
from realtime import frames
from realtime.backplane import CATCH_UP
from realtime.commands import FRAME_BYTES, Command, Fetch, Join, Leave, Ping, Say, WatchDesk
from realtime.connection import Connection
from realtime.envelope import Envelope, encode

AWAY_SECONDS = 5
LIMITS = {"frame_bytes": FRAME_BYTES, "text_characters": LONGEST[Kind.LINE], "rooms": ROOMS_MOST}


def away_for() -> int:
    """Return in how many seconds to come back while the database is away: not all at once."""
    return random.randint(1, AWAY_SECONDS)  # noqa: S311 - it only spreads


class Listener:
    """One member's connection: what it hears, and what it is answered."""

    def __init__(
        self, services: Services, viewer: Viewer, connection: Connection, recognised: Recognised
    ) -> None:
        self._services = services
        self._viewer = viewer
        self._live: Live
        self._hearing: Hearing
        self._connection = connection
        self._recognised = recognised
        self._desk = DeskWatch(services, connection, recognised)

    async def run(self, live: Live) -> None:
        """Serve the connection until it is done, then leave every place."""
        backplane, relay = self._services.backplane, self._connection.relay
        own = await backplane.subscribe(account_topic(self._viewer.id), relay)
        ended = await backplane.subscribe(ended_topic(self._viewer.id), self._end_if_signed_out)
        healed = await backplane.subscribe(CATCH_UP, lambda _: live.catching_up.add(self, self._catch_up))
        self._live, self._hearing = live, Hearing(self._services, live, self._viewer, self._connection)
        live.watch.add(self, self._watch)
        # The session may have ended just before we listened for that.
        live.comers.add(self._viewer.session_id, self._sign_out)
        try:
            self._offer(frames.welcome(frames.VERSION, LIMITS))
            await self._connection.run(self._handle)
        finally:
            live.watch.remove(self)
            live.catching_up.remove(self)
            for subscription in (own, ended, healed):
                await subscription.end()
            await self._desk.end()
            await self._hearing.end()

    def _sign_out(self) -> None:
        self._connection.end(frames.SIGNED_OUT, "signed out")

    def _end_if_signed_out(self, envelope: Envelope) -> None:
        told, own = json.loads(envelope.frame), str(self._viewer.session_id)
        if "removed" in told:
            self._connection.end(frames.RESTARTING, "come back without that room")
            return
        if told["ended"] == own or (told["ended"] is None and told["kept"] != own):
            self._sign_out()

    async def _watch(self) -> None:
        """Ask again who this is, and whether they may still hear what they hear."""
        viewer = await self._recognised()
        if viewer is None:
            self._sign_out()
        elif viewer.role is not self._viewer.role:
            self._connection.end(frames.RESTARTING, "come back with another role")
        try:
            await self._hearing.check()
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
            with reaching():
                await self._obey(command)
        except Unavailable:
            # Whatever was in hand is sent again then, by its nonce: it may even be committed.
            self._offer(frames.later(away_for()))
            self._connection.end(frames.TRY_AGAIN_LATER, "come back in a moment")
        except ForumError as error:
            wait = error.retry_after if isinstance(error, TooManyRequests) else None
            words = self._services.renderer.say(error.words)
            self._offer(frames.error(error.reason, words, nonce, wait))

    async def _obey(self, command: Command) -> None:
        match command:
            case Join():
                await self._hearing.join(command)
            case Leave(place=place_id):
                await self._hearing.leave(place_id)
            case Fetch(place=place_id, since=since):
                await self._hearing.tell_missed(place_id, since)
            case Say():
                await self._say(command)
            case WatchDesk():
                await self._desk.start()
            case Ping():
                self._offer(frames.pong())

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
