"""Writes frames to one peer's transport: the first at once, those that follow closely in one write."""

import asyncio
from typing import ClassVar
from weakref import WeakKeyDictionary

ROUND_SECONDS = 0.005
"""The longest that a frame waits for others: far below what anybody notices."""
HELD_BYTES = 16 * 1024
"""What waits for a round is written before it grows beyond this, so that the transport can say stop."""


class Rounds:
    """One timer of an event loop, for all couriers that hold something back."""

    _of_loop: ClassVar[WeakKeyDictionary[asyncio.AbstractEventLoop, "Rounds"]] = WeakKeyDictionary()

    def __init__(self) -> None:
        self._waiting: list[Courier] = []

    @classmethod
    def of(cls, loop: asyncio.AbstractEventLoop) -> "Rounds":
        """Return the one of this loop."""
        return cls._of_loop.setdefault(loop, cls())

    def join(self, courier: "Courier", loop: asyncio.AbstractEventLoop) -> None:
        """Have a courier flushed within ROUND_SECONDS."""
        if not self._waiting:
            loop.call_later(ROUND_SECONDS, self._go)
        self._waiting.append(courier)

    def _go(self) -> None:
        waiting, self._waiting = self._waiting, []
        for courier in waiting:
            courier.flush()


class Courier:
    """Keeps the order of what it is given; what the transport does not take, it does not hold either."""

    __slots__ = ("_alone_from", "_held", "_held_bytes", "_loop", "_rounds", "_transport", "paused")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._rounds = Rounds.of(loop)
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._alone_from = 0.0
        self.paused = False
        """Whether the transport asked us to stop: the peer does not read as fast as we write."""

    @property
    def unread(self) -> int:
        """How many bytes this process holds for the peer."""
        return self._transport.get_write_buffer_size() + self._held_bytes

    def post(self, frame: bytes) -> bool:
        """Write a frame now or within the round; False where the peer is behind, and nothing was taken.

        On a transport that is closing the frame is lost, as it would be on its way.
        """
        if self.paused:
            return False
        now = self._loop.time()
        if not self._held:
            if now < self._alone_from:
                self._rounds.join(self, self._loop)
            else:
                self._alone_from = now + ROUND_SECONDS
                if not self._transport.is_closing():
                    self._transport.write(frame)
                return True
        self._held.append(frame)
        self._held_bytes += len(frame)
        if self._held_bytes > HELD_BYTES:
            self.flush()
        return True

    def post_now(self, frame: bytes) -> bool:
        """Write a frame after what is held, at once: somebody waits for this one. Otherwise as `post`."""
        if self.paused:
            return False
        self._held.append(frame)
        self.flush()
        return True

    def flush(self) -> None:
        """Write what is held, in one piece."""
        if not self._held:
            return
        if not self._transport.is_closing():
            self._alone_from = self._loop.time() + ROUND_SECONDS
            self._transport.write(b"".join(self._held))
        self._held = []
        self._held_bytes = 0
