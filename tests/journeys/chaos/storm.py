"""A reconnect storm: everybody in a site's rooms is cut off at once, and comes back within ten seconds."""

import asyncio
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from tests.builders import Community, published
from tests.journeys.chaos.evening import Stage, staged, truth_at
from tests.journeys.chaos.member import Member
from tests.journeys.chaos.record import Log, Truth

BACK_SECONDS = 10.0
ROOM_OF = 100
"""Members in a room."""
MISSED = 20
"""Lines that are said in each room while everybody is away."""
PATIENCE_SECONDS = 90.0
FILES = 4096


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of it: logs and truth, and how long it took from the cut, in seconds."""

    logs: Sequence[Log]
    truth: Truth
    caught_up: float
    statuses: Sequence[int]
    """Of every upgrade that was refused."""


async def storm(folder: Path, count: int, seed: int) -> Storm:
    """Let so many members be in rooms, cut them all off, say lines meanwhile, and wait for everybody."""
    _allow_files()
    dice = random.Random(seed)  # noqa: S311 - the same storm each time
    async with staged(folder, dice) as stage, stage.community() as community:
        community.clock.now = datetime.now(UTC)
        members = await _arrived(community, stage, count)
        staying = [asyncio.create_task(member.talk()) for member in members]
        await _until(lambda: all(member.socket for member in members))
        for member in members:
            member.away = dice.uniform(0, BACK_SECONDS)
            assert member.socket is not None
            member.socket.transport.abort()
        started = time.monotonic()
        await _talk(community, sorted({member.log.room for member in members}, key=str))
        await _until(lambda: all(member.log.upto == MISSED for member in members))
        took = time.monotonic() - started
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        statuses = [status for member in members for status in member.statuses]
        return Storm([member.log for member in members], await truth_at(stage.url), took, statuses)


async def _arrived(community: Community, stage: Stage, count: int) -> list[Member]:
    ports = [web.port for web in stage.mischief.webs]
    rooms = [await community.room(name=f"Room {number}") for number in range(-(-count // ROOM_OF))]
    members = []
    for number in range(count):
        one = await community.member(f"Member{number}")
        own = random.Random(number)  # noqa: S311
        log = Log(one.id, rooms[number % len(rooms)].id)
        port = ports[number % len(ports)]
        members.append(Member(one.token, log, partial(int, port), own, quiet=True))
    return members


async def _talk(community: Community, rooms: Sequence[UUID]) -> None:
    """Say the lines that everybody misses, as somebody who is in no room."""
    for room in rooms:
        one = await community.member(f"Speaker{rooms.index(room)}")
        for number in range(MISSED):
            published(await community.say(one, room, f"Line number {number} of the evening."))


async def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done() and time.monotonic() < until:  # noqa: ASYNC110 - members tell nobody
        await asyncio.sleep(0.05)


def _allow_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
