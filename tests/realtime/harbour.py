"""A real uvicorn server on a free port, and a peer on a bare socket who may stop reading."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn import Config, Server
from websockets.frames import Frame, Opcode

from realtime.commands import FRAME_BYTES
from realtime.protocol import DirectProtocol
from realtime.sending import Gone
from realtime.text_frame import text_frame
from realtime.wire import SocketWire

BUFFER = 4096
HELLO = (
    b"GET /live?ticket=s3cret HTTP/1.1\r\nHost: harbour\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
Serve = Callable[[WebSocket], Awaitable[None]]


class HastyProtocol(DirectProtocol):
    """The protocol, with less patience than people need."""

    close_seconds = 0.05
    shutdown_seconds = 0.1


@dataclass
class Harbour:
    """A server that is up; `served` counts the applications that came to their end."""

    server: Server
    port: int
    served: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where websockets are taken."""
        return f"ws://127.0.0.1:{self.port}/live?ticket=s3cret"

    @property
    def protocols(self) -> list[DirectProtocol]:
        """The websockets that hold a transport."""
        return [held for held in self.server.server_state.connections if isinstance(held, DirectProtocol)]

    async def empties(self) -> None:
        """Wait until every application has ended and every transport is free, at most 2 seconds."""
        async with asyncio.timeout(2.0):
            while self.server.server_state.connections or self.server.server_state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody
                await asyncio.sleep(0.005)


async def echo(accepted: WebSocket) -> None:
    """Say back what is said, until the peer leaves."""
    wire = SocketWire(accepted)
    try:
        while True:
            frame = await wire.receive()
            await wire.send(text_frame(frame if isinstance(frame, str) else f"{len(frame)} bytes"))
    except Gone:
        return


@asynccontextmanager
async def harbour(
    serve: Serve, ping_seconds: float = 20.0, close_seconds: float = 0.05
) -> AsyncIterator[Harbour]:
    """Serve websockets, accepted, with small buffers and no lifespan."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        connection = WebSocket(scope, receive, send)
        await connection.accept()
        await serve(connection)
        here.served += 1

    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    config = Config(
        app,
        ws=type("Hasty", (HastyProtocol,), {"close_seconds": close_seconds}),
        loop="asyncio",
        lifespan="off",
        log_config=None,
        ws_max_size=FRAME_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=ping_seconds,
        ws_ping_timeout=ping_seconds,
        timeout_graceful_shutdown=1,
    )
    config.load()
    here = Harbour(Server(config), listener.getsockname()[1])
    here.server.lifespan = config.lifespan_class(config)
    await here.server.startup([listener])
    try:
        yield here
    finally:
        await here.server.shutdown([listener])


class Staller:
    """A peer on a bare socket with a small buffer, who has shaken hands and reads nothing more."""

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)

    async def connect(self, port: int) -> None:
        """Shake hands, and read the answer to it."""
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self.socket, ("127.0.0.1", port))
        await loop.sock_sendall(self.socket, HELLO)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += await loop.sock_recv(self.socket, 1)

    async def send(self, opcode: Opcode, data: bytes, fin: bool = True) -> None:
        """Send a frame, masked as a client's are."""
        frame = Frame(opcode, data, fin).serialize(mask=True)
        await asyncio.get_running_loop().sock_sendall(self.socket, frame)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
