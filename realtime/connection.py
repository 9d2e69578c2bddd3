"""One socket: a reader that hands on commands one by one, and a writer that never waits for the slow."""

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from structlog.typing import FilteringBoundLogger

from realtime import frames
from realtime.commands import Command, FrameError, Reason, Say, parse
from realtime.envelope import Envelope, encode
from realtime.inbox import Gate
from realtime.pace import Pace
from realtime.sending import Fate, Gone, Sending, Wire
from realtime.text_frame import text_frame

OUTBOX_BYTES = 256 * 1024
SEND_SECONDS = 10.0
REASON_BYTES = 123
"""The longest reason a close frame holds (RFC 6455, §5.5: 125 bytes with the code)."""
TOO_FAST = "too-fast"
"""The reason of an error frame that is about the pace of frames."""
TOO_FAST_WORDS = "That was a little too fast for us. Please wait a moment and try again."
SPREAD_SECONDS = 10
"""Those whom a stopping server sends away come back within so long, each at a moment of their own."""
BEHIND_SECONDS = 5
"""Who was too slow for us comes back within so long, and catches up then."""

log: FilteringBoundLogger = structlog.get_logger()
Handle = Callable[[Command], Awaitable[None]]
Wording = Callable[[str, str], str]
"""Returns what a peer reads for a reason, in their language, given the plain English words."""


def plainly(_reason: str, words: str) -> str:
    """Return the English words."""
    return words


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


class Connection:
    """Carries frames both ways until the peer leaves, we end it, or the peer has fallen too far behind."""

    def __init__(
        self,
        wire: Wire,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.monotonic,
        say: Wording = plainly,
    ) -> None:
        self._wire, self._say = wire, say
        self._bounds = bounds or Bounds()
        self._sending = Sending(wire, self._bounds.outbox_bytes, self._bounds.send_seconds, self._become)
        self._pace = Pace(self._bounds.burst, self._bounds.burst_seconds, clock)
        self._fate = Fate.OPEN
        self._farewell = (frames.INTERNAL_ERROR, "")
        self._malformed = 0
        self._handling = False
        self._over = Gate()

    def relay(self, envelope: Envelope) -> None:
        """Send what everybody here hears: the very same bytes."""
        self._sending.put(envelope.wire)

    def offer(self, frame: str) -> None:
        """Send a text frame in its turn, and never wait; once the connection is over, offers are void."""
        self._sending.answer(text_frame(frame))

    def end(self, code: int, reason: str) -> None:
        """Close politely, after the command in hand and what was offered; the first end counts."""
        if self._fate is Fate.OPEN:
            self._farewell = (code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))
            self._become(Fate.ENDED)

    async def run(self, handle: Handle) -> None:
        """Serve the socket until it is done, and leave no task behind.

        Each command is handled before the next is read. What `handle` raises ends the connection with 1011.
        """
        self._wire.at_shutdown(self._send_elsewhere)
        reader = asyncio.create_task(self._guarded(Fate.ENDED, lambda: self._read(handle)))
        try:
            await self._over.wait()
            if self._fate is Fate.ENDED:
                await self._finish(reader)
                await self._guarded(Fate.BROKEN, self._part)
            self._let_go()
            await self._finish(reader)
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)
            await self._sending.stop()

    def _become(self, fate: Fate) -> None:
        self._fate = max(self._fate, fate)
        if self._fate >= Fate.BEHIND:
            self._sending.shut()
        self._over.set()

    def _send_elsewhere(self) -> None:
        """The server stops: have the peer come back, by when there may be another one."""
        self.offer(encode(frames.later(random.randint(0, SPREAD_SECONDS))))  # noqa: S311 -- it only spreads
        self.end(frames.RESTARTING, "the server restarts")

    def _let_go(self) -> None:
        """Tell who is behind to come back, or drop the peer; nothing more is sent to either."""
        if self._fate is Fate.BEHIND:
            log.info("connection cut")
            seconds = random.randint(1, BEHIND_SECONDS)  # noqa: S311 -- it only spreads
            self._wire.dismiss(text_frame(encode(frames.later(seconds))))
        elif self._fate is Fate.BROKEN:
            self._wire.abort()

    async def _guarded(self, fate: Fate, work: Callable[[], Awaitable[None]]) -> None:
        """Do a part of the work; what goes wrong in it is logged by type only, and brings about a fate."""
        try:
            await work()
        except Gone:
            self._become(Fate.GONE)
        except Exception as error:  # noqa: BLE001 -- one connection's failure stays its own
            log.error("connection failed", error=type(error).__name__)
            self._become(fate)

    async def _read(self, handle: Handle) -> None:
        while self._fate is Fate.OPEN:
            await self._sending.roomy()
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

    async def _finish(self, reader: asyncio.Task[None]) -> None:
        """Let the command in hand come to its end, so that what it committed is also told to others."""
        if not self._handling:
            reader.cancel()
        await asyncio.wait({reader}, timeout=self._bounds.handle_seconds)
        reader.cancel()

    async def _part(self) -> None:
        """Send what is still to be sent, then close; a peer who does not read that in time is behind."""
        self._sending.shut()
        try:
            async with asyncio.timeout(self._bounds.close_seconds):
                await self._sending.finished()
                if self._fate is Fate.ENDED:
                    await self._wire.close(*self._farewell)
        except TimeoutError:
            self._become(Fate.BEHIND)
