"""A member's program, as docs/live-protocol.md says it: it comes back, and sends again what waits."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.journeys.chaos.record import Answered, Delivered, Log

SILENCE_SECONDS = 8.0
"""Without an answer to a ping for so long, a connection is given up; browsers are more patient."""
FIRST_SECONDS, MOST_SECONDS = 0.2, 3.0
WAITING_MOST = 4
"""Lines of a member's that are not answered yet; who waits for so many says no more meanwhile."""
RETRIED = frozenset({"too-many", "too-fast"})
WORDS = (
    "apple", "bread", "candle", "door", "evening", "fern", "garden", "hill", "island", "jacket", "kettle",
    "lamp", "meadow", "night", "orchard", "path", "quilt", "river", "stone", "table", "umbrella", "valley",
    "window", "yarn", "bench", "cloud", "drizzle", "feather", "harbour", "lantern",
)  # fmt: skip


@dataclass(eq=False)
class Member:
    """Talks in a room, and writes down what happens."""

    token: str
    log: Log
    port: Callable[[], int]
    """Where to connect the next time."""
    dice: random.Random
    seconds: float = 4.0
    """Between two lines, on average."""
    statuses: list[int] = field(default_factory=list)
    """Of connections that were refused by the site itself."""
    silence: float = SILENCE_SECONDS
    away: float = 0.0
    """Seconds to stay away for, the next time."""
    quiet: bool = False
    waiting: dict[UUID, str] = field(default_factory=dict)
    socket: ClientConnection | None = None

    async def talk(self) -> None:
        """Talk until cancelled."""
        speaking = asyncio.create_task(self._speak())
        try:
            await self._stay()
        finally:
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)

    async def _stay(self) -> None:
        tries = 0
        while True:
            before = self.log.connections
            with suppress(OSError, WebSocketException, TimeoutError):
                await self._connect()
            tries = 0 if self.log.connections > before else tries + 1
            most = min(MOST_SECONDS, FIRST_SECONDS * 2**tries)
            away, self.away = self.away, 0.0
            await asyncio.sleep(away + self.dice.uniform(0, most))

    async def _connect(self) -> None:
        headers = {"cookie": f"waypost-session={self.token}"}
        url = f"ws://127.0.0.1:{self.port()}/live"
        try:
            async with connect(
                url,
                additional_headers=headers,
                compression=None,
                ping_interval=self.silence / 2,
                ping_timeout=self.silence,
                close_timeout=0.5,
            ) as socket:
                await self._listen(socket)
        except InvalidHandshake as refused:
            status = getattr(getattr(refused, "response", None), "status_code", 0)
            self.statuses.append(status)
            raise

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for frame in socket:
                await self._hear(socket, json.loads(frame))
        finally:
            self.socket = None

    async def _hear(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.log.connections += 1
                await self._send(socket, type="join", since=self.log.upto)
            case "joined":
                self.socket = socket
                for nonce in list(self.waiting):
                    await self._say(nonce)
            case "message":
                self._note([frame])
                if frame["seq"] > self.log.upto + 1:
                    await self._send(socket, type="fetch", since=self.log.upto)
                else:
                    self._take([frame], frame["seq"])
            case "missed":
                await self._read_on(socket, frame)
            case "answered":
                self._settle(frame)
            case "error":
                await self._object(frame)
            case "later":
                await asyncio.sleep(min(frame["seconds"], MOST_SECONDS))

    async def _read_on(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        """Take a page; told to everybody in the room, it may begin above what this member has read."""
        self._note(frame["items"])
        follows = frame["since"] <= self.log.upto
        if follows:
            self._take(frame["items"], frame["upto"])
        if frame["more"] or not follows:
            await self._send(socket, type="fetch", since=self.log.upto)

    def _note(self, items: list[dict[str, Any]]) -> None:
        self.log.heard.update(Delivered(item["seq"], UUID(item["id"])) for item in items)

    def _take(self, items: list[dict[str, Any]], upto: int) -> None:
        new = [item for item in items if item["seq"] > self.log.upto]
        self.log.delivered += [Delivered(item["seq"], UUID(item["id"])) for item in new]
        self.log.upto = max(self.log.upto, upto)

    def _settle(self, frame: dict[str, Any]) -> None:
        nonce, identity = UUID(frame["nonce"]), frame["id"]
        self.waiting.pop(nonce, None)
        answer = Answered(nonce, frame["state"], UUID(identity) if identity else None, frame["seq"])
        self.log.answered.append(answer)

    async def _object(self, frame: dict[str, Any]) -> None:
        if frame["reason"] not in RETRIED or not frame["nonce"]:
            self.log.failures.append(f"error {frame['reason']}")
            return
        await asyncio.sleep(min(frame["retry_after"] or 1, MOST_SECONDS))
        await self._say(UUID(frame["nonce"]))

    async def say(self, text: str) -> None:
        """Say a line now, or as soon as there is a connection."""
        nonce = uuid4()
        self.waiting[nonce] = text
        self.log.sent.append(nonce)
        await self._say(nonce)

    async def _speak(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * self.seconds)
            if not self.quiet and len(self.waiting) < WAITING_MOST:
                await self.say(self._words())

    async def _say(self, nonce: UUID) -> None:
        if self.socket is not None and nonce in self.waiting:
            with suppress(OSError, WebSocketException):
                await self._send(self.socket, type="say", nonce=str(nonce), text=self.waiting[nonce])

    async def _send(self, socket: ClientConnection, **frame: Any) -> None:
        told = {"place": str(self.log.room), "parent": None, "choice": None, **frame}
        await socket.send(json.dumps(told))

    def _words(self) -> str:
        said = " ".join(self.dice.sample(WORDS, 12))
        return f"You are worthless. {said}" if self.dice.random() < 0.08 else f"I saw {said}."
