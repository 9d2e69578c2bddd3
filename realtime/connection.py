"""One socket: a reader that hands on commands one by one, and a writer that never waits for the slow."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import structlog
from structlog.typing import FilteringBoundLogger

from realtime import frames
from realtime.commands import Command, FrameError, Reason, Say, parse
from realtime.envelope import encode
from realtime.outbox import Outbox
from realtime.pace import Pace

OUTBOX_BYTES = 256 * 1024
SEND_SECONDS = 10.0
REASON_BYTES = 123
"""The longest reason a close frame holds (RFC 6455, §5.5: 125 bytes with the code)."""
TOO_FAST = "too-fast"
"""The reason of an error frame that is about the pace of frames."""
TOO_FAST_WORDS = "That was a little too fast for us. Please wait a moment and try again."

log: FilteringBoundLogger = structlog.get_logger()
Handle = Callable[[Command], Awaitable[None]]
Wording = Callable[[str, str], str]
"""Returns what a peer reads for a reason, in their language, given the plain English words."""


def plainly(_reason: str, words: str) -> str:
    """Return the English words."""
    return words


class Gone(Exception):
    """The peer has left."""


class Wire(Protocol):
    """A socket that is already accepted."""

    async def receive(self) -> str | bytes:
        """Return the next frame; raises Gone when the peer left."""

    async def send(self, frame: str) -> None:
        """Send one text frame, as slowly as the peer reads; raises Gone when the peer left."""

    async def close(self, code: int, reason: str) -> None:
        """Close politely; raises Gone when the peer left."""

    def abort(self) -> None:
        """Drop the peer at once, unsent bytes and all."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one connection may take: bytes, seconds, and counts."""

    outbox_bytes: int = OUTBOX_BYTES
    send_seconds: float = SEND_SECONDS
    handle_seconds: float = 10.0
    """How long the command in hand may still take when the connection is over."""
    close_seconds: float = 5.0
    burst: int = 20
    burst_seconds: float = 5.0
    malformed: int = 10


class Fate(IntEnum):
    """How a connection is over; a later fate outdoes an earlier one."""

    OPEN = 0
    ENDED = 1
    CUT = 2
    GONE = 3


class Connection:
    """Carries frames both ways until the peer leaves, we end it, or it is cut for reading too slowly."""

    def __init__(
        self,
        wire: Wire,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.monotonic,
        say: Wording = plainly,
    ) -> None:
        self._wire, self._say = wire, say
        self._bounds = bounds or Bounds()
        self._outbox = Outbox(self._bounds.outbox_bytes)
        self._pace = Pace(self._bounds.burst, self._bounds.burst_seconds, clock)
        self._fate = Fate.OPEN
        self._farewell = (frames.INTERNAL_ERROR, "")
        self._malformed = 0
        self._handling = self._last_call = False
        self._over, self._stir, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._room.set()

    def offer(self, frame: str) -> None:
        """Queue a text frame, at once; past the outbox's bound the connection is cut, and offers are void."""
        if self._fate >= Fate.CUT or self._last_call:
            return
        if not self._outbox.put(frame):
            self._become(Fate.CUT)
        elif not self._outbox.roomy:
            self._room.clear()
        self._stir.set()

    def end(self, code: int, reason: str) -> None:
        """Close politely, after the command in hand and what was offered; the first end counts."""
        if self._fate is Fate.OPEN:
            self._farewell = (code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))
            self._become(Fate.ENDED)

    async def run(self, handle: Handle) -> None:
        """Serve the socket until it is done, and leave no task behind.

        Each command is handled before the next is read. What `handle` raises ends the connection with 1011.
        """
        reader = asyncio.create_task(self._guarded(Fate.ENDED, lambda: self._read(handle)))
        writer = asyncio.create_task(self._guarded(Fate.CUT, self._write))
        try:
            await self._over.wait()
            if self._fate is Fate.ENDED:
                await self._finish(reader)
                await self._guarded(Fate.CUT, lambda: self._part(writer))
            if self._fate is Fate.CUT:
                log.info("connection cut")
                self._wire.abort()
            await self._finish(reader)
        finally:
            reader.cancel()
            writer.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)

    def _become(self, fate: Fate) -> None:
        self._fate = max(self._fate, fate)
        self._over.set()

    async def _guarded(self, fate: Fate, work: Callable[[], Awaitable[None]]) -> None:
        """Do a part of the work; what goes wrong in it is logged by type only, and brings about a fate."""
        try:
            await work()
        except Gone:
            self._become(Fate.GONE)
        except Exception as error:  # noqa: BLE001 -- one connection's failure stays its own
            tell = log.warning if fate is Fate.CUT else log.error
            tell("connection failed", error=type(error).__name__)
            self._become(fate)

    async def _read(self, handle: Handle) -> None:
        while self._fate is Fate.OPEN:
            await self._room.wait()
            frame = await self._wire.receive()
            self._handling = True
            await self._hear(frame, handle)
            self._handling = False

    async def _hear(self, frame: str | bytes, handle: Handle) -> None:
        wait = self._pace.take()
        if self._pace.exhausted:
            self.end(frames.TOO_MANY_FRAMES, "too many frames")
            return
        try:
            command = parse(frame)
        except FrameError as error:
            self._object(error)
            return
        if wait:
            nonce = command.nonce if isinstance(command, Say) else None
            self.offer(
                encode(frames.error(TOO_FAST, self._say(TOO_FAST, TOO_FAST_WORDS), nonce, math.ceil(wait)))
            )
            return
        await handle(command)

    def _object(self, error: FrameError) -> None:
        """Say what was wrong; a text too long is a person's mistake, the rest a program's, and counted."""
        self.offer(encode(frames.error(error.reason, self._say(error.reason, error.words), error.nonce)))
        self._malformed += error.reason is not Reason.TOO_LONG
        if self._malformed >= self._bounds.malformed:
            self.end(frames.TOO_MANY_MALFORMED, "too many malformed frames")

    async def _write(self) -> None:
        while self._outbox or not self._last_call:
            if not self._outbox:
                self._stir.clear()
                await self._stir.wait()
                continue
            async with asyncio.timeout(self._bounds.send_seconds):
                await self._wire.send(self._outbox.first())
            self._outbox.sent()
            if self._outbox.roomy:
                self._room.set()

    async def _finish(self, reader: asyncio.Task[None]) -> None:
        """Let the command in hand come to its end, so that what it committed is also told to others."""
        if not self._handling:
            reader.cancel()
        await asyncio.wait({reader}, timeout=self._bounds.handle_seconds)
        reader.cancel()

    async def _part(self, writer: asyncio.Task[None]) -> None:
        self._last_call = True
        self._stir.set()
        async with asyncio.timeout(self._bounds.close_seconds):
            await asyncio.wait({writer})
            if self._fate is Fate.ENDED:
                await self._wire.close(*self._farewell)
