"""The outgoing half of one socket: frames go at once while the peer keeps up, else they wait, bounded."""

import asyncio
from collections.abc import Callable
from enum import IntEnum
from typing import Protocol

import structlog
from structlog.typing import FilteringBoundLogger

from realtime.outbox import Outbox

log: FilteringBoundLogger = structlog.get_logger()


class Gone(Exception):
    """The peer has left."""


class Wire(Protocol):
    """A socket that is already accepted; frames are what `text_frame` makes."""

    @property
    def unread(self) -> int:
        """How many bytes were taken and not read, as far as is known."""

    async def receive(self) -> str | bytes:
        """Return the next frame; raises Gone when the peer left."""

    def post(self, frame: bytes) -> bool:
        """Take a frame, to be written within milliseconds; False where that cannot be: nothing was taken."""

    def post_now(self, frame: bytes) -> bool:
        """Take a frame and write it; False where that cannot be: nothing was taken."""

    async def send(self, frame: bytes) -> None:
        """Send one text frame, as slowly as the peer reads; raises Gone when the peer left."""

    async def close(self, code: int, reason: str) -> None:
        """Close politely, after everything that was taken; raises Gone when the peer left."""

    def at_shutdown(self, farewell: Callable[[], None]) -> None:
        """Have `farewell` called when the server stops, if the server says so."""

    def dismiss(self, frame: bytes) -> None:
        """Say one last thing to a peer who is behind, and let go of them soon, read or not."""

    def abort(self) -> None:
        """Drop the peer at once, unsent bytes and all."""


class Fate(IntEnum):
    """How a connection is over; a later fate outdoes an earlier one."""

    OPEN = 0
    ENDED = 1
    BEHIND = 2
    BROKEN = 3
    GONE = 4


class Sending:
    """Sends in the order given. No task is there while nothing waits; `over` is told of a fate, at most once.

    A peer is behind once `most` bytes wait for them, or one frame has waited for so many seconds.
    """

    def __init__(self, wire: Wire, most: int, seconds: float, over: Callable[[Fate], None]) -> None:
        self._wire = wire
        self._post, self._post_now = wire.post, wire.post_now
        self._straight = True
        self._shut = False
        self._outbox = Outbox(most)
        self._seconds = seconds
        self._over = over
        self._task: asyncio.Task[None] | None = None
        self._room: asyncio.Future[None] | None = None

    def answer(self, frame: bytes) -> None:
        """Send a frame that somebody waits for, now or in its turn; never waits."""
        if not (self._straight and self._post_now(frame)):
            self._queue(frame)

    def put(self, frame: bytes) -> None:
        """Send a frame, soon or in its turn; never waits."""
        if not (self._straight and self._post(frame)):
            self._queue(frame)

    def shut(self) -> None:
        """Send what waits, but take nothing more."""
        self._straight, self._shut = False, True

    async def roomy(self) -> None:
        """Wait until at least half of the outbox is free."""
        if not self._outbox.roomy:
            self._room = asyncio.get_running_loop().create_future()
            await self._room

    async def finished(self) -> None:
        """Wait until nothing waits any more."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> None:
        """Forget what waits, take nothing more, and leave no task behind."""
        self.shut()
        self._outbox.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _queue(self, frame: bytes) -> None:
        if self._shut:
            return
        self._straight = False
        if not self._outbox.put(frame, self._wire.unread):
            self.shut()
            self._over(Fate.BEHIND)
        elif self._task is None:
            self._task = asyncio.create_task(self._send())

    async def _send(self) -> None:
        """Send what waits; what goes wrong is logged by its type only."""
        try:
            while self._outbox:
                async with asyncio.timeout(self._seconds):
                    await self._wire.send(self._outbox.first())
                self._outbox.sent()
                if self._room is not None and self._outbox.roomy:
                    self._room.set_result(None)
                    self._room = None
        except Gone:
            self._over(Fate.GONE)
        except TimeoutError:
            self._over(Fate.BEHIND)
        except Exception as error:  # noqa: BLE001 -- one connection's failure stays its own
            log.warning("connection failed", error=type(error).__name__)
            self._over(Fate.BROKEN)
        else:
            self._task = None
            self._straight = not self._shut
