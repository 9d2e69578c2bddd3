"""How a connection treats a peer who reads slowly, or not at all."""

import asyncio
from collections.abc import Coroutine

from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.commands import Command, Ping
from realtime.connection import Bounds, Connection
from tests.realtime.twins import PING, PaperWire, served


async def test_overflowing_the_outbox_cuts_a_slow_reader() -> None:
    wire = PaperWire()
    wire.reading.clear()
    connection = Connection(wire, Bounds(outbox_bytes=10))
    running = asyncio.create_task(served(connection))
    for _ in range(3):
        connection.offer("four")
    connection.offer("more")
    await running

    assert wire.aborted
    assert wire.heard == []
    assert wire.closed is None


async def test_a_send_that_takes_too_long_cuts_a_slow_reader() -> None:
    wire = PaperWire()
    wire.reading.clear()
    connection = Connection(wire, Bounds(send_seconds=0.02))
    connection.offer("hello")
    await served(connection)

    assert wire.aborted


async def test_a_slow_reader_cannot_put_off_an_end() -> None:
    wire = PaperWire()
    wire.reading.clear()
    connection = Connection(wire, Bounds(close_seconds=0.02))
    connection.offer("hello")
    connection.end(4401, "signed out")
    await served(connection)

    assert wire.aborted
    assert wire.closed is None


async def test_a_cut_lets_the_command_in_hand_finish() -> None:
    wire, finished = PaperWire(), list[Command]()
    connection = Connection(wire, Bounds(outbox_bytes=10))

    async def handle(command: Command) -> None:
        connection.offer("more than ten bytes")
        await asyncio.sleep(0.01)
        finished.append(command)

    wire.say(PING)
    await served(connection, handle)

    assert wire.aborted
    assert finished == [Ping()]


async def test_no_command_is_read_while_half_the_outbox_waits() -> None:
    wire, handled = PaperWire(), list[Command]()
    wire.reading.clear()
    connection = Connection(wire, Bounds(outbox_bytes=20))

    async def handle(command: Command) -> None:
        handled.append(command)
        connection.offer("eleven byte")

    wire.say(PING)
    wire.say(PING)
    running = asyncio.create_task(served(connection, handle))
    await asyncio.sleep(0.02)
    waiting = len(handled)
    wire.reading.set()
    await wire.hears(2)
    wire.leave()
    await running

    assert waiting == 1
    assert len(handled) == 2
    assert not wire.aborted


@settings(max_examples=50)
@given(st.lists(st.text(max_size=8), max_size=20), st.integers(8, 60), st.sets(st.integers(0, 19)))
def test_frames_arrive_in_order_and_none_is_lost_unless_cut(
    offered: list[str], most: int, pauses: set[int]
) -> None:
    wire = asyncio.run(_conversation(offered, Bounds(outbox_bytes=most), pauses))

    assert wire.heard == offered[: len(wire.heard)]
    assert wire.aborted or wire.heard == offered
    assert wire.aborted or wire.closed == (1000, "")
    assert not wire.aborted or sum(len(frame.encode()) for frame in offered) > most


def _conversation(offered: list[str], bounds: Bounds, pauses: set[int]) -> Coroutine[None, None, PaperWire]:
    async def converse() -> PaperWire:
        wire = PaperWire()
        connection = Connection(wire, bounds)
        running = asyncio.create_task(served(connection))
        for number, frame in enumerate(offered):
            connection.offer(frame)
            if number in pauses:
                await asyncio.sleep(0)
        connection.end(1000, "")
        await running
        return wire

    return converse()
