"""Many members of one room on bare sockets: some talk at appointed times, all count what they hear."""

import select
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from websockets.frames import Frame, Opcode

HELLO = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
HEADER = 4
"""Bytes before a payload of 126 to 65,535 bytes, from a server (RFC 6455, §5.2)."""
WORDS = (
    "Day nine for me. Slept badly again, the kids were up at five, but I went to the meeting, stayed "
    "for coffee afterwards and came home feeling a bit lighter than before it."
)
"""Thirty words."""
PATIENCE_SECONDS = 20.0
BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class Load:
    """So many messages a second for so many seconds, so many of them at the same moment."""

    rate: float
    seconds: float
    at_once: int = 1

    def moments(self) -> list[float]:
        """Return when each message is due, in seconds from the start."""
        return [number // self.at_once * self.at_once / self.rate for number in range(self.count)]

    @property
    def count(self) -> int:
        """How many messages there are."""
        return int(self.rate * self.seconds)


@dataclass(frozen=True, slots=True)
class Heard:
    """Milliseconds from when a message was due until the last member had it, and whether all had all."""

    p50: float
    p99: float
    whole: bool


class Crowd:
    """The members of a room, all of whom hear frames of one length."""

    def __init__(self, port: int, members: int, wrap: Callable[[str], str]) -> None:
        """Let them in; `wrap` makes of some words what the server wants to hear."""
        self._frame = Frame(Opcode.TEXT, wrap(WORDS).encode()).serialize(mask=True)
        self._length = HEADER + len(WORDS.encode())
        self._sockets = {member.fileno(): member for member in (_let_in(port) for _ in range(members))}
        self._behind = False
        self._poll = select.epoll()
        self._rest = dict.fromkeys(self._sockets, 0)
        for number in self._sockets:
            self._poll.register(number, select.EPOLLIN)

    def talk(self, load: Load, talkers: int = 20) -> Heard:
        """Say what the load appoints, and return how it was heard; who is late is waited for a while.

        RuntimeError where something of an earlier load was never heard: what comes now cannot be told apart.
        """
        if self._behind:
            raise RuntimeError("An earlier load was not heard in time: this machine is too busy to measure.")
        speaking = list(self._sockets.values())[:talkers]
        moments = load.moments()
        left = [len(self._sockets)] * len(moments)
        heard = dict.fromkeys(self._sockets, 0)
        late = [0.0] * len(moments)
        buffer = bytearray(BUFFER)
        start, sent, done = time.perf_counter(), 0, 0
        until = start + load.seconds + PATIENCE_SECONDS
        while done < len(moments) and (now := time.perf_counter()) < until:
            while sent < len(moments) and start + moments[sent] <= now:
                speaking[sent % talkers].send(self._frame)
                sent += 1
            pause = max(0.0, start + moments[sent] - now) if sent < len(moments) else 0.5
            for number, _ in self._poll.poll(pause):
                done += self._hear(number, buffer, heard, left, late, start, moments)
        self._behind = done < len(moments)
        told = sorted(late[:done]) or [float("inf")]
        return Heard(told[len(told) // 2] * 1e3, told[int(len(told) * 0.99)] * 1e3, done == len(moments))

    def _hear(  # noqa: PLR0913, PLR0917 - it is the inner loop
        self,
        number: int,
        buffer: bytearray,
        heard: dict[int, int],
        left: list[int],
        late: list[float],
        start: float,
        moments: Sequence[float],
    ) -> int:
        """Count what came on one socket; return how many messages everybody has now."""
        whole, self._rest[number] = divmod(
            self._sockets[number].recv_into(buffer) + self._rest[number], self._length
        )
        before = heard[number]
        heard[number] = after = before + whole
        everybody = 0
        for message in range(before, after):
            left[message] -= 1
            if not left[message]:
                late[message] = time.perf_counter() - start - moments[message]
                everybody += 1
        return everybody

    def close(self) -> None:
        """Let them all leave."""
        self._poll.close()
        for member in self._sockets.values():
            member.close()


def _let_in(port: int) -> socket.socket:
    member = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    member.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    member.sendall(HELLO)
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        piece = member.recv(1)
        if not piece:
            raise ConnectionError("the server let nobody in")
        answer += piece
    member.setblocking(False)
    return member
