"""How one socket is served, and how it ends."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from realtime.commands import Command, Ping, Say
from realtime.connection import SPREAD_SECONDS, Bounds, Connection
from realtime.envelope import Envelope, Topic
from realtime.sending import Gone
from tests.realtime.twins import NONCE, PING, PLACE, PaperWire, ignore, say, served


async def test_commands_are_handled_in_order_one_after_another() -> None:
    wire, handled = PaperWire(), list[str]()

    async def handle(command: Command) -> None:
        handled.append(f"begin {type(command).__name__}")
        await asyncio.sleep(0)
        handled.append(f"end {type(command).__name__}")

    wire.say(say("Hello"))
    wire.say(PING)
    wire.leave()
    await served(Connection(wire), handle)

    assert handled == ["begin Say", "end Say", "begin Ping", "end Ping"]


@pytest.mark.parametrize("direct", [True, False])
async def test_what_is_offered_reaches_the_peer_in_order(direct: bool) -> None:
    wire = PaperWire(direct)
    connection = Connection(wire)
    running = asyncio.create_task(served(connection))
    for number in range(50):
        connection.offer(str(number))
    connection.relay(Envelope(Topic("desk"), "and one for all"))
    await wire.hears(51)
    wire.leave()
    await running

    assert wire.heard == [*(str(number) for number in range(50)), "and one for all"]
    assert not wire.aborted


async def test_ending_sends_what_was_offered_and_then_closes() -> None:
    wire = PaperWire()
    connection = Connection(wire)
    connection.offer("last words")
    connection.end(4401, "signed out")
    connection.end(1012, "restart")
    await served(connection)

    assert wire.heard == ["last words"]
    assert wire.closed == (4401, "signed out")
    assert not wire.aborted


async def test_a_reason_is_cut_to_what_a_close_frame_holds() -> None:
    wire = PaperWire()
    connection = Connection(wire)
    connection.end(4403, "é" * 100)
    await served(connection)

    assert wire.closed == (4403, "é" * 61)


async def test_the_command_in_hand_is_finished_and_answered_before_an_end() -> None:
    wire = PaperWire()
    connection = Connection(wire)
    handled: list[Command] = []

    async def handle(command: Command) -> None:
        connection.end(1012, "restart")
        await asyncio.sleep(0.01)
        handled.append(command)
        connection.offer("answer")

    wire.say(PING)
    wire.say(PING)
    await served(connection, handle)

    assert handled == [Ping()]
    assert wire.heard == ["answer"]
    assert wire.closed == (1012, "restart")


async def test_a_command_that_never_finishes_does_not_hold_the_end_up() -> None:
    wire = PaperWire()
    connection = Connection(wire, Bounds(handle_seconds=0.02))

    async def handle(command: Command) -> None:
        connection.end(1012, "restart")
        await asyncio.Event().wait()

    wire.say(PING)
    await served(connection, handle)

    assert wire.closed == (1012, "restart")


async def test_nothing_is_sent_after_the_connection_is_over() -> None:
    wire = PaperWire()
    connection = Connection(wire)
    wire.leave()
    await served(connection)
    connection.offer("too late")
    connection.end(1000, "")

    assert wire.heard == []
    assert wire.closed is None


async def test_an_unexpected_failure_ends_with_1011_and_is_logged_by_type_only() -> None:
    wire = PaperWire()

    async def handle(command: Command) -> None:
        raise LookupError("a secret")

    wire.say(say("a secret"))
    with capture_logs() as entries:
        await served(Connection(wire), handle)

    assert wire.closed == (1011, "")
    assert [entry["error"] for entry in entries] == ["LookupError"]
    assert "secret" not in repr(entries)


async def test_a_wire_that_fails_to_send_is_aborted() -> None:
    class Torn(PaperWire):
        async def send(self, frame: bytes) -> None:
            raise LookupError(frame.decode(errors="replace"))

    wire = Torn()
    connection = Connection(wire)
    connection.offer("a secret")
    with capture_logs() as entries:
        await served(connection)

    assert wire.aborted
    assert "secret" not in repr(entries)


@pytest.mark.parametrize("offered", [["hello"], []])
async def test_a_peer_found_gone_while_sending_or_closing_is_simply_gone(offered: list[str]) -> None:
    class Vanished(PaperWire):
        async def send(self, frame: bytes) -> None:
            raise Gone

        async def close(self, code: int, reason: str) -> None:
            raise Gone

    wire = Vanished()
    connection = Connection(wire)
    for frame in offered:
        connection.offer(frame)
    connection.end(1012, "restart")
    await served(connection)

    assert not wire.aborted


async def test_cancelling_leaves_no_task_behind() -> None:
    before = asyncio.all_tasks()
    running = asyncio.create_task(Connection(PaperWire()).run(ignore))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert asyncio.all_tasks() == before


async def test_a_handler_receives_typed_commands() -> None:
    wire, handled = PaperWire(), list[Command]()

    async def handle(command: Command) -> None:
        handled.append(command)

    wire.say(say("Day 30"))
    wire.leave()
    await served(Connection(wire), handle)

    assert handled == [Say(PLACE, NONCE, "Day 30")]


async def test_a_server_that_stops_finishes_what_it_took_and_says_when_to_come_back() -> None:
    wire = PaperWire()
    connection = Connection(wire)

    async def handle(command: Command) -> None:
        wire.farewell()
        await asyncio.sleep(0.01)
        connection.offer("answer")

    wire.say(PING)
    wire.say(PING)
    await served(connection, handle)
    later = json.loads(wire.heard[0])

    assert later["type"] == "later"
    assert 0 <= later["seconds"] <= SPREAD_SECONDS
    assert wire.heard[1:] == ["answer"]
    assert wire.closed == (1012, "the server restarts")
