"""What a courier promises, on real sockets: order, few writes, and no waiting for the first."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from realtime import courier as courier_module
from realtime.courier import HELD_BYTES, ROUND_SECONDS, Courier, Rounds


class Counting(asyncio.Protocol):
    """Our end of a socket; tells the courier when to stop."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.courier = Courier(transport, asyncio.get_running_loop())

    def pause_writing(self) -> None:
        """The buffer is full."""
        self.courier.paused = True


@asynccontextmanager
async def crossing() -> AsyncIterator[tuple[Courier, socket.socket, asyncio.Transport]]:
    """A courier on one end of a pair of sockets."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    transport, protocol = await asyncio.get_running_loop().create_connection(Counting, sock=ours)
    try:
        yield protocol.courier, theirs, transport
    finally:
        transport.abort()
        theirs.close()


async def read(theirs: socket.socket, count: int) -> bytes:
    """Return so many bytes as the peer reads them."""
    heard = b""
    async with asyncio.timeout(5.0):
        while len(heard) < count:
            heard += await asyncio.get_running_loop().sock_recv(theirs, count)
    return heard


async def test_the_first_frame_is_written_at_once_and_the_next_ones_together() -> None:
    async with crossing() as (courier, theirs, _):
        for frame in (b"1", b"2", b"3"):
            assert courier.post(frame)
        first = theirs.recv(10)
        then = await read(theirs, 2)

    assert (first, then) == (b"1", b"23")


async def test_what_somebody_waits_for_is_written_at_once_behind_what_is_held() -> None:
    async with crossing() as (courier, theirs, _):
        for frame in (b"1", b"2"):
            courier.post(frame)
        courier.post_now(b"3")
        courier.post(b"4")
        at_once = theirs.recv(10)
        then = await read(theirs, 1)

    assert (at_once, then) == (b"123", b"4")


async def test_all_couriers_of_a_loop_share_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    timers: list[float] = []
    call_later = loop.call_later

    def counted(delay: float, *what: object) -> asyncio.TimerHandle:
        timers.append(delay)
        return call_later(delay, *what)  # type: ignore[arg-type]

    async with crossing() as (one, theirs, _), crossing() as (other, also_theirs, _):
        monkeypatch.setattr(loop, "call_later", counted)
        for frame in (b"1", b"2", b"3"):
            one.post(frame)
            other.post(frame)
        monkeypatch.undo()
        heard = await read(theirs, 3), await read(also_theirs, 3)

    assert timers == [ROUND_SECONDS]
    assert heard == (b"123", b"123")


async def test_what_waits_does_not_wait_when_it_is_much() -> None:
    much = b"x" * HELD_BYTES
    async with crossing() as (courier, theirs, _):
        for frame in (b"1", b"2", much):
            courier.post(frame)
        waiting = courier.unread
        heard = await read(theirs, len(much) + 2)

    assert waiting == 0
    assert heard == b"12" + much


async def test_a_courier_that_was_stopped_takes_nothing_and_loses_nothing_of_what_it_took() -> None:
    async with crossing() as (courier, theirs, transport):
        transport.set_write_buffer_limits(high=0)
        taken = 0
        while courier.post(b"y" * 100_000):
            taken += 1
            courier.flush()
        assert courier.unread > 0
        heard = await read(theirs, taken * 100_000)

    assert heard == b"y" * (taken * 100_000)


async def test_what_is_posted_on_a_closing_transport_is_void() -> None:
    async with crossing() as (courier, _, transport):
        courier.post(b"1")
        courier.post(b"2")
        transport.abort()

        assert courier.post(b"3")
        courier.flush()
        assert courier.unread == 0


async def test_the_rounds_of_a_loop_are_one() -> None:
    loop = asyncio.get_running_loop()

    assert Rounds.of(loop) is Rounds.of(loop)
    assert courier_module.ROUND_SECONDS <= 0.005
