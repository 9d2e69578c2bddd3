"""Many members of one room on bare sockets: most read and check what they hear, some never do."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from websockets.frames import Frame, Opcode

from realtime.text_frame import WHOLE_TEXT

ROOT = Path(__file__).parent.parent.parent
HELLO = (
    b"GET /live HTTP/1.1\r\nHost: crowd\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
SMALL, SEGMENT = 4096, 536
"""Bytes. Over loopback's usual segments of 64 KiB, a kernel takes megabytes that nobody reads."""
SECONDS = 60.0
"""What has not come after so long never comes."""
SHORT, MIDDLE = 125, 126
WHOLE_CLOSE, WHOLE_PING = 0x88, 0x89
"""FIN, and an opcode (RFC 6455, §5.2)."""


class Reader(asyncio.Protocol):
    """A member who reads: counts the messages, and sees whether each seq follows the one before."""

    def __init__(self, hello: bytes = HELLO) -> None:
        self.hello = hello
        self.rest = b""
        self.closed: int | None = None
        self.gone = asyncio.Event()
        self.open = asyncio.get_running_loop().create_future()
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.seqs: list[int] = []
        self.wanted = 0
        self.heard_all = asyncio.Event()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Shake hands."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data: bytes) -> None:
        """Take frames from what came."""
        self.rest += data
        if not self.open.done():
            head, found, self.rest = self.rest.partition(b"\r\n\r\n")
            if not found:
                self.rest = head
                return
            self.open.set_result(head)
        at = 0
        while (span := payload_at(self.rest, at)) is not None:
            if self.rest[at] == WHOLE_TEXT:
                self.take(self.rest[span[0] : span[1]])
            elif self.rest[at] == WHOLE_PING:
                pong = Frame(Opcode.PONG, self.rest[span[0] : span[1]])
                self.transport.write(pong.serialize(mask=True))
            elif self.rest[at] == WHOLE_CLOSE:
                self.closed = int.from_bytes(self.rest[span[0] : span[0] + 2], "big")
            at = span[1]
        self.rest = self.rest[at:]

    def connection_lost(self, error: Exception | None) -> None:
        """The server has let go."""
        self.gone.set()

    def take(self, payload: bytes) -> None:
        """Note one frame."""
        if payload.startswith(b'{"type":"message","seq":'):
            self.seqs.append(int(payload[24 : payload.index(b",", 24)]))
            if len(self.seqs) >= self.wanted:
                self.heard_all.set()
        else:
            self.answers.put_nowait(json.loads(payload))

    def send(self, frame: dict[str, object]) -> None:
        """Send a frame, masked as a client's are."""
        self.transport.write(masked(frame))

    async def hears(self, count: int) -> None:
        """Wait until so many messages came."""
        self.wanted = count
        self.heard_all.clear()
        async with asyncio.timeout(SECONDS):
            if len(self.seqs) < count:
                await self.heard_all.wait()

    async def asks(self) -> dict[str, Any]:
        """Return what the server's process uses."""
        self.send({"type": "ping"})
        return await self.answers.get()

    async def has_told(self, count: int, size: int, at_once: int) -> dict[str, Any]:
        """Have so many messages published; return what the server's process uses after the last."""
        text = f"{count} {size} {at_once}"
        self.send({"type": "say", "place": str(uuid4()), "nonce": str(uuid4()), "text": text})
        return await self.answers.get()


def masked(frame: dict[str, object]) -> bytes:
    """Return a frame as a client sends it."""
    return Frame(Opcode.TEXT, json.dumps(frame).encode()).serialize(mask=True)


def payload_at(data: bytes, at: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at `at` begins and ends; None while it is not all there."""
    if len(data) < at + 2:
        return None
    length, begins = data[at + 1], at + 2
    if length > SHORT:
        wide = 2 if length == MIDDLE else 8
        if len(data) < begins + wide:
            return None
        length, begins = int.from_bytes(data[begins : begins + wide], "big"), begins + wide
    return (begins, begins + length) if len(data) >= begins + length else None


@contextmanager
def crowd_server(*arguments: str, core: int | None = None, module: str = "crowd_server") -> Iterator[int]:
    """Serve a room, or an echo, in a process of its own, on one core if one is named; yields its port."""
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    command = [*pinned, sys.executable, "-m", f"tests.realtime.{module}", *arguments]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603
    try:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())
    finally:
        server.kill()
        server.communicate()


async def readers(port: int, count: int, hello: bytes = HELLO) -> Sequence[Reader]:
    """Let so many members in who read."""
    loop = asyncio.get_running_loop()
    members = [
        (await loop.create_connection(lambda: Reader(hello), "127.0.0.1", port))[1] for _ in range(count)
    ]
    for member in members:
        await member.open
    return members


async def stallers(port: int, count: int, hello: bytes = HELLO) -> Sequence[socket.socket]:
    """Let so many members in who never read, with small buffers."""
    loop = asyncio.get_running_loop()
    members = []
    for _ in range(count):
        member = socket.socket()
        member.setblocking(False)
        member.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        member.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        await loop.sock_connect(member, ("127.0.0.1", port))
        await loop.sock_sendall(member, hello)
        members.append(member)
    return members
