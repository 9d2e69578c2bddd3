"""The websocket at /live: a member's browser joins rooms, hears them, and speaks through the one door."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from uuid import UUID, uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from forum.accounts.sessions import Viewer, recognise
from forum.broadcasts import account_topic, ended_topic, place_topic
from forum.errors import ForumError, TooManyRequests
from forum.language import N_, Words
from forum.messages.answering import near, sentences
from forum.messages.publishing import submit
from forum.messages.questions import Question
from forum.messages.reading import missed_since
from forum.messages.submission import Answer, Asked, Choice, Held, Published, Refused, Reply, Submission
from forum.middleware import is_own_origin
from forum.reach.lines import Line
from forum.rooms.attendance import Attendance
from forum.rooms.presence import state_of, who_is_here
from forum.rooms.reading import find_room
from forum.services import Services, services_of
from forum.shown import Shown
from moderation.draft import LONGEST, Kind
from realtime import frames
from realtime.backplane import Allowance, Subscription
from realtime.commands import FRAME_BYTES, Command, Fetch, Join, Leave, Ping, Reason, Say
from realtime.connection import TOO_FAST, Connection
from realtime.envelope import Envelope, encode
from realtime.wire import SocketWire

log = structlog.get_logger()

ROOMS_MOST = 20
"""Rooms that one connection may be in at a time."""
SOCKETS = Allowance(60, 60)
"""Connections that one member may open in a minute: a bad network reconnects a lot, a broken script more."""
WATCH_SECONDS = 60.0
MISSED_BYTES = 96 * 1024
"""One page of what was missed stays well below the outbox's bound."""
LIMITS = {"frame_bytes": FRAME_BYTES, "text_characters": LONGEST[Kind.LINE], "rooms": ROOMS_MOST}


async def live(socket: WebSocket) -> None:
    """WS /live: signed-in members only; frames are described in docs/live-protocol.md."""
    services = services_of(socket)
    origin = socket.headers.get("origin")
    # Browsers always send Origin here, and nothing but us checks it; other programs carry no ambient cookies.
    if origin is not None and not is_own_origin(services.settings, origin, socket.headers.get("host", "")):
        await socket.send_denial_response(PlainTextResponse("cross-site", 403))
        return
    viewer = await recognise(socket)
    await socket.accept()
    if viewer is None:
        await socket.close(frames.SIGNED_OUT, "signed out")
        return
    wait = await services.backplane.spend(f"socket:{viewer.id}", SOCKETS)
    if wait:
        await socket.send_text(encode(frames.later(ceil(wait))))
        await socket.close(frames.TRY_AGAIN_LATER, "too many connections")
        return
    connection = Connection(
        SocketWire(socket), say=lambda reason, _: services.renderer.say(OBJECTIONS[reason])
    )
    await Listener(services, viewer, connection).run(lambda: recognise(socket))


OBJECTIONS: Mapping[str, Words] = {
    Reason.MALFORMED: N_("That could not be read. Reload the page, then try again."),
    Reason.UNKNOWN_TYPE: N_("That could not be read. Reload the page, then try again."),
    Reason.FIELD: N_("Something in that could not be read. Check it, then send it again."),
    Reason.TOO_LONG: N_("It is longer than fits here. Make it shorter, or send it in parts."),
    TOO_FAST: N_("That was a lot in a short time. Wait a little, then try again."),
}
"""What a member reads when a frame could not be understood."""
SEEN, MASKED = N_("We saw: {words}"), N_("Without it, others would read: {words}")
INSTEAD = N_("Instead of “{said}”: {instead}")


class Listener:
    """One member's connection: what it hears, and what it is answered."""

    def __init__(self, services: Services, viewer: Viewer, connection: Connection) -> None:
        self._services = services
        self._viewer = viewer
        self._connection = connection
        self._attendance = Attendance(services, viewer, str(uuid4()))
        self._rooms: dict[UUID, Subscription] = {}

    async def run(self, recognised: Callable[[], Awaitable[Viewer | None]]) -> None:
        """Serve the connection until it is done, then leave every room."""
        backplane = self._services.backplane
        own = await backplane.subscribe(account_topic(self._viewer.id), self._pass_on)
        ended = await backplane.subscribe(ended_topic(self._viewer.id), self._end_if_signed_out)
        tasks = [asyncio.create_task(self._attendance.keep()), asyncio.create_task(self._watch(recognised))]
        try:
            self._offer(frames.welcome(frames.VERSION, LIMITS))
            # The session may have ended just before we listened for that.
            if await recognised() is None:
                self._connection.end(frames.SIGNED_OUT, "signed out")
            await self._connection.run(self._handle)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for subscription in (own, ended, *self._rooms.values()):
                await subscription.end()
            await self._attendance.depart_all()

    def _pass_on(self, envelope: Envelope) -> None:
        self._connection.offer(envelope.frame)

    def _end_if_signed_out(self, envelope: Envelope) -> None:
        told, own = json.loads(envelope.frame), str(self._viewer.session_id)
        if told["ended"] == own or (told["ended"] is None and told["kept"] != own):
            self._connection.end(frames.SIGNED_OUT, "signed out")

    async def _watch(self, recognised: Callable[[], Awaitable[Viewer | None]]) -> None:
        """Ask again and again who this is: a session runs out silently, and a role may change elsewhere."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                viewer = await recognised()
            except (OSError, SQLAlchemyError) as error:
                log.warning("live.not-watched", error=type(error).__name__)
                continue
            if viewer is None:
                self._connection.end(frames.SIGNED_OUT, "signed out")
            elif viewer.role is not self._viewer.role:
                self._connection.end(frames.RESTARTING, "come back with another role")

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
            case Ping():
                self._offer(frames.pong())

    async def _join(self, command: Join) -> None:
        place_id = command.place
        if len(self._rooms) >= ROOMS_MOST and place_id not in self._rooms:
            raise TooManyRequests(1)
        async with self._services.database.reading() as session:
            await find_room(session, place_id, self._viewer)
        if place_id not in self._rooms:
            topic = place_topic(place_id)
            self._rooms[place_id] = await self._services.backplane.subscribe(topic, self._pass_on)
        await self._attendance.arrive(place_id)
        # Read only now: what is published from here on is heard, so nothing falls between the two.
        async with self._services.database.reading() as session:
            place = await find_room(session, place_id, self._viewer)
        state, here = await state_of(self._services, place), await who_is_here(self._services, place_id)
        self._offer(frames.joined(place_id, place.last_seq, state, here))
        if command.since is not None:
            await self._tell_missed(place_id, command.since)

    async def _leave(self, place_id: UUID) -> None:
        subscription = self._rooms.pop(place_id, None)
        if subscription is not None:
            await subscription.end()
            await self._attendance.depart(place_id)

    async def _tell_missed(self, place_id: UUID, since: int) -> None:
        async with self._services.database.reading() as session:
            await find_room(session, place_id, self._viewer)
            missed = await missed_since(session, place_id, since)
        items: list[frames.Item] = []
        room_left = MISSED_BYTES
        for seq, shown in missed.items:
            item = self._item(seq, shown)
            room_left -= len(item.html.encode())
            if room_left < 0 and items:
                break
            items.append(item)
        whole = len(items) == len(missed.items)
        upto = missed.upto if whole else items[-1].seq
        self._offer(frames.missed(place_id, items, upto, missed.more or not whole))

    def _item(self, seq: int, shown: Shown) -> frames.Item:
        html = self._services.renderer.render("rooms/line.html", {"message": shown, "viewer": None})
        return frames.Item(seq, shown.id, str(shown.author.id), html)

    async def _say(self, command: Say) -> None:
        target = Reply(command.place, command.parent)
        choice = Choice(command.choice)
        answer = await submit(
            self._services, Submission(target, self._viewer.id, command.text, command.nonce, choice)
        )
        self._offer(frames.answered(command.nonce, self._told(answer)))

    def _told(self, answer: Answer) -> frames.Answer:
        words = tuple(self._services.renderer.say(sentence) for sentence in sentences(answer))
        if isinstance(answer, Published | Held) and answer.cared:
            words += tuple(self._reach(line) for line in near(self._viewer.time_zone))
        match answer:
            case Asked():
                question = Question.of(answer)
                return frames.Answer(
                    "asked", words=(*words, *self._asked(question)), choices=tuple(question.choices)
                )
            case Published(message_id=message_id, seq=seq):
                return frames.Answer("published", message_id, seq, words=words if answer.cared else ())
            case Held(message_id=message_id):
                return frames.Answer("held", message_id, words=words)
            case Refused(message_id=message_id):
                return frames.Answer("refused", message_id, words=words)

    def _reach(self, line: Line) -> str:
        return f"{line.name}: {self._services.renderer.say(line.how)}"

    def _asked(self, question: Question) -> list[str]:
        say = self._services.renderer.say
        told = [say(INSTEAD).format(said=one.said, instead=one.instead) for one in question.suggestions]
        if question.seen:
            told.append(say(SEEN).format(words=", ".join(question.seen)))
        if question.masked:
            told.append(say(MASKED).format(words=question.masked))
        return told


ROUTES = [WebSocketRoute("/live", live)]
