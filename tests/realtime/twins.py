"""Small real stand-ins: a wire without a socket, a clock that is turned by hand, frames worth sending."""

import asyncio
import json
from collections.abc import Callable
from uuid import UUID

from realtime.commands import Command
from realtime.connection import Connection, Handle
from realtime.sending import Gone
from realtime.text_frame import text_in

PLACE = UUID("0198a5e0-7c00-7000-8000-000000000001")
NONCE = UUID("0198a5e0-7c00-7000-8000-000000000002")
SOON = 2.0
PING = '{"type":"ping"}'


def say(text: str) -> str:
    """A client frame that submits a text."""
    return json.dumps({"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": text})


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class PaperWire:
    """Both ends of a socket, in memory: `say` and `leave` are the peer's, `heard` is what reached it.

    A direct one takes frames at once while the peer is reading, as our own server's sockets do.
    """

    def __init__(self, direct: bool = False) -> None:
        self._direct = direct
        self._inbox: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self._progress = asyncio.Condition()
        self.reading = asyncio.Event()
        self.reading.set()
        self.heard: list[str] = []
        self.closed: tuple[int, str] | None = None
        self.farewell: Callable[[], None] = lambda: None
        self.dismissed: str | None = None
        self.aborted = False
        self.unread = 0

    def say(self, frame: str | bytes) -> None:
        """The peer sends a frame."""
        self._inbox.put_nowait(frame)

    def leave(self) -> None:
        """The peer is gone, after what it has said."""
        self._inbox.put_nowait(None)

    async def hears(self, count: int) -> list[str]:
        """Wait until so many frames reached the peer."""
        async with self._progress:
            await self._progress.wait_for(lambda: len(self.heard) >= count)
        return self.heard

    async def receive(self) -> str | bytes:
        """As `Wire.receive`."""
        frame = await self._inbox.get()
        if frame is None:
            raise Gone
        return frame

    def post(self, frame: bytes) -> bool:
        """As `Wire.post`."""
        if not self._direct or not self.reading.is_set():
            return False
        self.heard.append(text_in(frame))
        return True

    def post_now(self, frame: bytes) -> bool:
        """As `Wire.post_now`."""
        return self.post(frame)

    async def send(self, frame: bytes) -> None:
        """As `Wire.send`; waits for a peer who does not read."""
        await self.reading.wait()
        async with self._progress:
            self.heard.append(text_in(frame))
            self._progress.notify_all()

    async def close(self, code: int, reason: str) -> None:
        """As `Wire.close`; waits for a peer who does not read."""
        await self.reading.wait()
        self.closed = (code, reason)

    def at_shutdown(self, farewell: Callable[[], None]) -> None:
        """As `Wire.at_shutdown`."""
        self.farewell = farewell

    def dismiss(self, frame: bytes) -> None:
        """As `Wire.dismiss`; the peer is gone with it."""
        self.dismissed = text_in(frame)
        self._inbox.put_nowait(None)

    def abort(self) -> None:
        """As `Wire.abort`."""
        self.aborted = True
        self._inbox.put_nowait(None)


async def ignore(command: Command) -> None:
    """Handle a command by doing nothing."""


async def served(connection: Connection, handle: Handle = ignore) -> None:
    """Run a connection to its end, and see that it leaves no task behind."""
    before = asyncio.all_tasks()
    async with asyncio.timeout(SOON):
        await connection.run(handle)
    assert asyncio.all_tasks() <= before
