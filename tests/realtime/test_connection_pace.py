"""How a connection treats a peer who speaks too fast, too long or in riddles."""

import asyncio
import json

from realtime.commands import Command, Leave, Ping
from realtime.connection import Connection
from tests.realtime.twins import NONCE, PING, PLACE, Clock, PaperWire, say, served


def types(heard: list[str]) -> list[str]:
    """The types of the frames a peer heard."""
    return [json.loads(frame)["type"] for frame in heard]


async def test_a_malformed_frame_is_answered_and_the_tenth_is_the_last() -> None:
    wire = PaperWire()
    for _ in range(9):
        wire.say("{")
    wire.say(b"\x00")
    await served(Connection(wire))

    assert types(wire.heard) == ["error"] * 10
    assert wire.closed == (4400, "too many malformed frames")


async def test_texts_that_are_too_long_are_answered_and_never_counted() -> None:
    wire = PaperWire()
    for _ in range(12):
        wire.say(say("a" * 10_001))
    wire.leave()
    await served(Connection(wire))

    assert wire.closed is None
    assert {json.loads(frame)["nonce"] for frame in wire.heard} <= {str(NONCE)}


async def test_too_many_frames_are_refused_with_their_nonce_and_then_end_it() -> None:
    wire, handled = PaperWire(), list[Command]()

    async def handle(command: Command) -> None:
        handled.append(command)

    for _ in range(41):
        wire.say(say("Hello"))
    await served(Connection(wire, clock=Clock()), handle)

    assert len(handled) == 20
    assert types(wire.heard) == ["error"] * 19
    assert json.loads(wire.heard[0])["reason"] == "too-fast"
    assert json.loads(wire.heard[0])["nonce"] == str(NONCE)
    assert json.loads(wire.heard[0])["retry_after"] == 1
    assert wire.closed == (4429, "too many frames")


async def test_whoever_waits_may_speak_again() -> None:
    wire, clock, handled = PaperWire(), Clock(), list[Command]()
    connection = Connection(wire, clock=clock)

    async def handle(command: Command) -> None:
        handled.append(command)
        if len(handled) == 21:
            connection.end(1000, "")

    for _ in range(22):
        wire.say(PING)
    running = asyncio.create_task(served(connection, handle))
    await wire.hears(2)
    clock.now += json.loads(wire.heard[-1])["retry_after"]
    wire.say(json.dumps({"type": "leave", "place": str(PLACE)}))
    await running

    assert handled == [Ping()] * 20 + [Leave(PLACE)]
