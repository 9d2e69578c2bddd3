"""The wire in earnest: a starlette websocket, by the direct way where the server offers it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from realtime.frames import TRY_AGAIN_LATER
from realtime.protocol import CLOSE_SECONDS, FRAMES
from realtime.sending import Gone
from realtime.text_frame import text_in

REASON = "come back, and go on from there"


class Direct(Protocol):
    """What a server offers that takes frames at once: in earnest, `realtime.protocol.DirectProtocol`."""

    farewell: Callable[[], None] | None
    post: Callable[[bytes], bool]
    post_now: Callable[[bytes], bool]

    @property
    def unread(self) -> int: ...
    @property
    def gone(self) -> bool: ...
    async def drained(self) -> None: ...
    def abort(self) -> None: ...
    def dismiss(self, frame: bytes, code: int, reason: str) -> None: ...


def refuse(_frame: bytes) -> bool:
    """Take no frame at once."""
    return False


class SocketWire:
    """An accepted starlette websocket as a `Wire`; on other servers each frame is an ordinary `send`."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        extension = socket.scope.get("extensions", {}).get(FRAMES)
        self._direct: Direct | None = extension["to"] if extension else None
        self._closing: asyncio.Task[None] | None = None
        self.post: Callable[[bytes], bool] = self._direct.post if self._direct is not None else refuse
        """Takes a frame, to be written within milliseconds; False where that cannot be."""
        self.post_now = self._direct.post_now if self._direct is not None else refuse
        """Takes a frame and writes it; False where that cannot be."""

    async def receive(self) -> str | bytes:
        """Return the next frame; raises Gone when the peer left."""
        try:
            message = await self._socket.receive()
        except RuntimeError:
            raise Gone from None
        if message["type"] == "websocket.disconnect":
            raise Gone
        frame: str | bytes | None = message.get("text")
        return frame if frame is not None else bytes(message["bytes"])

    @property
    def unread(self) -> int:
        """How many bytes were taken and not read, as far as is known."""
        return self._direct.unread if self._direct is not None else 0

    async def send(self, frame: bytes) -> None:
        """Send one text frame; raises Gone when the peer left (for some, uvicorn raises RuntimeError)."""
        if self._direct is not None:
            while not self.post_now(frame):
                await self._direct.drained()
            if self._direct.gone:
                raise Gone
            return
        try:
            await self._socket.send_text(text_in(frame))
        except (WebSocketDisconnect, OSError, RuntimeError):
            raise Gone from None

    async def close(self, code: int, reason: str) -> None:
        """Close politely; raises Gone when the peer left."""
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, OSError, RuntimeError):
            raise Gone from None

    def at_shutdown(self, farewell: Callable[[], None]) -> None:
        """Have `farewell` called when the server stops, if the server says so."""
        if self._direct is not None:
            self._direct.farewell = farewell

    def dismiss(self, frame: bytes) -> None:
        """Say one last thing to a peer who is behind, and let go of them soon, read or not."""
        if self._direct is not None:
            self._direct.dismiss(frame, TRY_AGAIN_LATER, REASON)
        else:
            self.abort()

    def abort(self) -> None:
        """Drop the peer at once; on a server without the extension, try a close for a while instead."""
        if self._direct is not None:
            self._direct.abort()
        elif self._closing is None:
            self._closing = asyncio.create_task(self._close_for_a_while())

    async def _close_for_a_while(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.close(TRY_AGAIN_LATER, REASON)
        except (Gone, TimeoutError):
            return
