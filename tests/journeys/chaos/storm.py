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

from tests.builders import Community
from tests.journeys.chaos.evening import Stage, staged, truth_at
from tests.journeys.chaos.member import Member
from tests.journeys.chaos.record import Log, Truth

BACK_SECONDS = 10.0
ROOM_OF = 100
"""Members in a room."""
MISSED = 15
"""Lines that are said in each room while everybody is away."""
PATIENCE_SECONDS = 90.0
FILES = 4096
SILENCE_SECONDS = 40.0
"""So many members in one process are slow to answer: that is no fault of the site's."""
LETTERS = "bdgklmnp"


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
    async with staged(folder, dice) as stage:
        async with stage.community() as community:
            rooms, members = await _arrived(community, stage, count)
        speakers = members[: len(rooms)]
        staying = [asyncio.create_task(member.talk()) for member in members]
        await _until(lambda: all(member.socket for member in members))
        started = time.monotonic()
        for member in members[len(rooms) :]:
            member.away = dice.uniform(0, BACK_SECONDS)
            if member.socket is not None:
                member.socket.transport.abort()
        for number in range(MISSED):
            for speaker in speakers:
                await speaker.say(f"Line number {number} of the evening.")
        await _until(lambda: all(member.log.upto == MISSED and not member.waiting for member in members))
        took = time.monotonic() - started
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        statuses = [status for member in members for status in member.statuses]
        return Storm([member.log for member in members], await truth_at(stage.url), took, statuses)


async def _arrived(community: Community, stage: Stage, count: int) -> tuple[list[UUID], list[Member]]:
    """Return the rooms and who is in them; the first of each room stays, and speaks."""
    community.clock.now = datetime.now(UTC)
    ports = [web.port for web in stage.mischief.webs]
    rooms = [(await community.room(name=f"Room {number}")).id for number in range(-(-count // ROOM_OF))]
    members = []
    for number in range(count + len(rooms)):
        one = await community.member(f"Reader-{spelt(number)}")
        own = random.Random(number)  # noqa: S311
        port, log = partial(int, ports[number % len(ports)]), Log(one.id, rooms[number % len(rooms)])
        members.append(Member(one.token, log, port, own, quiet=True, silence=SILENCE_SECONDS))
    return rooms, members


def spelt(number: int) -> str:
    """Return a number in letters that form no word: digits alone can have a meaning that a name may not."""
    return "".join(LETTERS[number >> shift & 7] for shift in (9, 6, 3, 0))


async def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done() and time.monotonic() < until:  # noqa: ASYNC110 - members tell nobody
        await asyncio.sleep(0.05)


def _allow_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
