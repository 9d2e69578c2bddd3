"""Claims about a member's program: what it reads has no gap, whatever it is told first."""

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from websockets.asyncio.server import ServerConnection, serve

from tests.journeys.chaos.member import Member
from tests.journeys.chaos.record import Log

IDS = [str(uuid4()) for _ in range(6)]
EVERYTHING = [1, 2, 3, 4, 5, 6]


def item(seq: int) -> dict[str, Any]:
    return {"seq": seq, "id": IDS[seq - 1]}


def missed(since: int) -> dict[str, Any]:
    items = [item(seq) for seq in EVERYTHING if seq > since]
    return {"type": "missed", "items": items, "since": since, "upto": len(IDS), "more": False}


async def read(told: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """Return the seqs that a newcomer takes who is told this, and the `since` of each fetch of theirs."""
    log, fetched = Log(uuid4(), uuid4()), list[int]()

    async def site(socket: ServerConnection) -> None:
        for frame in ({"type": "welcome"}, {"type": "joined"}, told):
            await socket.send(json.dumps(frame))
        async for asked in socket:
            command = json.loads(asked)
            if command["type"] == "fetch":
                fetched.append(command["since"])
                await socket.send(json.dumps(missed(command["since"])))

    async with serve(site, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        member = Member("token", log, lambda: port, random.Random(1), quiet=True)  # noqa: S311
        talking = asyncio.create_task(member.talk())
        async with asyncio.timeout(5):
            while log.upto < len(IDS):  # noqa: ASYNC110 - a member tells nobody
                await asyncio.sleep(0.01)
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
    return [one.seq for one in log.delivered], fetched


async def test_a_page_that_follows_is_taken() -> None:
    assert await read(missed(0)) == (EVERYTHING, [])


async def test_a_page_told_to_everybody_that_begins_above_what_was_read_is_asked_for_from_there() -> None:
    assert await read(missed(3)) == (EVERYTHING, [0])


async def test_a_line_above_a_gap_is_asked_for_with_what_is_before_it() -> None:
    assert await read({"type": "message", **item(4)}) == (EVERYTHING, [0])
