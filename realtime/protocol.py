"""uvicorn's websocket protocol, offered to the application as one that takes frames at once."""

import asyncio
import logging
from asyncio import TimerHandle
from asyncio.transports import BaseTransport
from collections.abc import Callable
from typing import Any, cast

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

from realtime.courier import Courier
from realtime.inbox import Gate, Inbox

FRAMES = "waypost.frames"
"""The key in `scope["extensions"]` whose `to` is the `DirectProtocol` itself."""
CLOSE_SECONDS = 5.0
"""How long a transport outlives its conversation: the time to read what was sent last."""
SHUTDOWN_SECONDS = 6.0
"""How long a peer has when the server stops; uvicorn's own patience ends later (`serving.GRACE_SECONDS`)."""
HIGH_WATER = 16 * 1024
"""Bytes after which a transport says stop. What waits beyond it waits as frames that all peers share."""
FRAGMENTS = 256
POLICY_VIOLATION = 1008
LOGGER = logging.getLogger("uvicorn.error.websocket")
LOGGER.setLevel(logging.WARNING)  # below it, addresses are logged


class DirectProtocol(WebSocketsSansIOProtocol):
    """Writes encoded frames without a coroutine each, lets go of peers who do not read, and logs no address.

    uvicorn only ever closes a transport, which waits for the peer to read what is buffered, even for ever.
    """

    close_seconds = CLOSE_SECONDS
    shutdown_seconds = SHUTDOWN_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self.logger = self.conn.logger = LOGGER
        # Each of these is a tenth of what uvicorn has made, which is let go of at once.
        self.queue = cast("asyncio.Queue[ASGIReceiveEvent]", Inbox[ASGIReceiveEvent]())
        self.writable = cast("asyncio.Event", Gate())
        self.writable.set()
        self.reaper: TimerHandle | None = None
        self.farewell: Callable[[], None] | None = None
        """Is called, if the application has set it, when the server stops: it then closes in its own way."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin, with buffers that stay small."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HIGH_WATER)
        self.courier = Courier(self.transport, self.loop)
        self.post = self.courier.post
        self.post_now = self.courier.post_now

    @property
    def unread(self) -> int:
        """How many bytes this process holds that the peer has not read."""
        return self.courier.unread

    @property
    def gone(self) -> bool:
        """Whether nothing that is posted can reach the peer any more."""
        return self.disconnected or self.close_sent or self.transport.is_closing()

    async def drained(self) -> None:
        """Wait until frames are taken again, or the peer is gone."""
        await self.writable.wait()

    def abort(self) -> None:
        """Drop the peer at once, unsent bytes and all."""
        self.transport.abort()

    def dismiss(self, frame: bytes, code: int, reason: str) -> None:
        """Write a last frame and a close behind whatever is unread; soon the transport ends, read or not."""
        if self.gone or self.conn.state is not State.OPEN:
            return
        self.courier.flush()
        self.conn.send_close(code, reason)
        self.transport.write(frame + b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self._part()

    async def run_asgi(self) -> None:
        """Serve the application, with the extension in its scope; a transport outlives it only briefly."""
        self.scope.setdefault("extensions", {})[FRAMES] = {"to": self}
        await super().run_asgi()
        if not self.disconnected:
            self._part()

    async def send(self, message: ASGISendEvent) -> None:
        """Send what the application says in the ordinary way, after everything that was posted.

        Raises ClientDisconnected where the peer has left; of who leaves just as they come in, uvicorn would
        say nothing, and break at what is sent next.
        """
        if message["type"] == "websocket.accept" and self.transport.is_closing():
            raise ClientDisconnected
        self.courier.flush()
        await super().send(message)
        if message["type"] == "websocket.accept":
            self._forget_handshake()

    def shutdown(self) -> None:
        """The server stops: let the application take its leave, for a while; without one, close."""
        if self.farewell is None or self.gone:
            super().shutdown()
            return
        self.farewell()
        self._reap_after(self.shutdown_seconds)

    def pause_writing(self) -> None:
        """The peer is behind: take no more frames."""
        self.courier.paused = True
        super().pause_writing()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        self.courier.paused = False
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting for a peer who has left."""
        self._cancel_reaper()
        self.courier.paused = False
        self.farewell = None
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
            self.courier.flush()
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

    def _forget_handshake(self) -> None:
        """Let go of both heads, which nobody reads any more, but the wire library's parser keeps."""
        self.request.headers.clear()
        self.response.headers.clear()
        del self.request, self.response

    def _part(self) -> None:
        self.transport.close()
        self._reap_after(self.close_seconds)

    def _reap_after(self, seconds: float) -> None:
        """Drop the peer in so many seconds, or when that was said before, whichever is earlier."""
        until = self.loop.time() + seconds
        if self.reaper is None or until < self.reaper.when():
            self._cancel_reaper()
            self.reaper = self.loop.call_at(until, self.transport.abort)

    def _cancel_reaper(self) -> None:
        if self.reaper is not None:
            self.reaper.cancel()
            self.reaper = None
