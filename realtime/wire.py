"""The wire in earnest: a starlette websocket, on a uvicorn protocol that can drop who stopped reading."""

import asyncio
import logging
from asyncio import TimerHandle
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from realtime.connection import Gone

ABORT = "waypost.abort"
"""The key in `scope["extensions"]` whose `abort` drops the transport at once."""
CLOSE_SECONDS = 5.0
FRAGMENTS = 256
POLICY_VIOLATION = 1008


class AbortableProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websockets, whose peers cannot hold us by not reading, and whose log tells no addresses.

    uvicorn only ever closes a transport, which waits for the peer to read what is buffered, even for ever.
    """

    close_seconds = CLOSE_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self.logger = self.conn.logger = logging.getLogger("uvicorn.error.websocket")
        self.logger.setLevel(logging.WARNING)
        self.reaper: TimerHandle | None = None

    async def run_asgi(self) -> None:
        """Serve the application, with the extension in its scope; a transport outlives it only briefly."""
        self.scope.setdefault("extensions", {})[ABORT] = {"abort": self.transport.abort}
        await super().run_asgi()
        if not self.disconnected:
            self.reaper = self.loop.call_later(self.close_seconds, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting for a peer who has left."""
        if self.reaper is not None:
            self.reaper.cancel()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Tell the application that the peer has left, even while bytes for it are still buffered."""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006})

    def keepalive_timeout(self) -> None:
        """Drop a peer who no longer answers pings."""
        super().keepalive_timeout()
        self.transport.abort()

    def handle_ping(self) -> None:
        """Answer a ping, unless answers go unread and would pile up (RFC 6455, §5.5.3, lets us skip some)."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def handle_cont(self, event: Frame) -> None:
        """Refuse a message in endless pieces: empty ones would never reach the limit of its size."""
        if len(self.frames) < FRAGMENTS:
            super().handle_cont(event)
        elif not self.close_sent:
            self.conn.fail(POLICY_VIOLATION, "too many fragments")
            self.handle_parser_exception()


class SocketWire:
    """An accepted starlette websocket as a `Wire`."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._closing: asyncio.Task[None] | None = None

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

    async def send(self, frame: str) -> None:
        """Send one text frame; raises Gone when the peer left (for some, uvicorn raises RuntimeError)."""
        try:
            await self._socket.send_text(frame)
        except (WebSocketDisconnect, OSError, RuntimeError):
            raise Gone from None

    async def close(self, code: int, reason: str) -> None:
        """Close politely; raises Gone when the peer left."""
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, OSError, RuntimeError):
            raise Gone from None

    def abort(self) -> None:
        """Drop the peer at once; on a server without the extension, try a close for a while instead."""
        extension = self._socket.scope.get("extensions", {}).get(ABORT)
        if extension is not None:
            extension["abort"]()
        elif self._closing is None:
            self._closing = asyncio.create_task(self._close_for_a_while())

    async def _close_for_a_while(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.close(1013, "try again later")
        except (Gone, TimeoutError):
            return
