"""How a connection treats a peer who reads slowly, or not at all."""

import asyncio
import json
from collections.abc import Coroutine

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.commands import Command, Ping
from realtime.connection import Bounds, Connection
from tests.realtime.twins import PING, PaperWire, served

HEADER = 2
"""What a short frame is longer than its text, in bytes."""


@pytest.mark.parametrize("direct", [True, False])
async def test_overflowing_the_outbox_cuts_a_slow_reader(direct: bool) -> None:
    wire = PaperWire(direct)
    wire.reading.clear()
    connection = Connection(wire, Bounds(outbox_bytes=12))
    running = asyncio.create_task(served(connection))
    for _ in range(3):
        connection.offer("four")
    connection.offer("more")
    await running

    assert json.loads(wire.dismissed or "")["type"] == "later"
    assert wire.heard == []
    assert wire.closed is None


async def test_a_send_that_takes_too_long_cuts_a_slow_reader() -> None:
    wire = PaperWire()
    wire.reading.clear()
    connection = Connection(wire, Bounds(send_seconds=0.02))
    connection.offer("hello")
    await served(connection)

    assert wire.dismissed


async def test_a_slow_reader_cannot_put_off_an_end() -> None:
    wire = PaperWire()
    wire.reading.clear()
    connection = Connection(wire, Bounds(close_seconds=0.02))
    connection.offer("hello")
    connection.end(4401, "signed out")
    await served(connection)

    assert wire.dismissed
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

    assert wire.dismissed
    assert finished == [Ping()]


async def test_no_command_is_read_while_half_the_outbox_waits() -> None:
    wire, handled = PaperWire(), list[Command]()
    wire.reading.clear()
    connection = Connection(wire, Bounds(outbox_bytes=24))

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
    assert not wire.dismissed


@settings(max_examples=50)
@given(
    st.lists(st.text(max_size=8), max_size=20),
    st.integers(10, 60),
    st.sets(st.integers(0, 19)),
    st.booleans(),
)
def test_frames_arrive_in_order_and_none_is_lost_unless_cut(
    offered: list[str], most: int, pauses: set[int], direct: bool
) -> None:
    wire = asyncio.run(_conversation(offered, Bounds(outbox_bytes=most), pauses, PaperWire(direct)))

    assert wire.heard == offered[: len(wire.heard)]
    assert wire.dismissed or wire.heard == offered
    assert wire.dismissed or wire.closed == (1000, "")
    assert not wire.dismissed or sum(HEADER + len(frame.encode()) for frame in offered) > most


def _conversation(
    offered: list[str], bounds: Bounds, pauses: set[int], wire: PaperWire
) -> Coroutine[None, None, PaperWire]:
    async def converse() -> PaperWire:
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


async def test_what_a_peer_has_not_read_counts_against_the_bound() -> None:
    wire = PaperWire(direct=True)
    wire.reading.clear()
    wire.unread = 95
    connection = Connection(wire, Bounds(outbox_bytes=100))
    running = asyncio.create_task(served(connection))
    connection.offer("four")
    await running

    assert wire.dismissed


async def test_a_direct_peer_who_reads_again_hears_what_waited_before_what_came_later() -> None:
    wire = PaperWire(direct=True)
    connection = Connection(wire)
    running = asyncio.create_task(served(connection))
    connection.offer("at once")
    wire.reading.clear()
    connection.offer("waits")
    wire.reading.set()
    connection.offer("later")
    await wire.hears(3)
    connection.offer("at once again")
    wire.leave()
    await running

    assert wire.heard == ["at once", "waits", "later", "at once again"]
