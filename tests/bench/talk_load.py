"""Five rooms full of members, and what they say: arrivals at a steady rate, whatever the answers take."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from forum.messages.publishing import submit
from forum.messages.submission import Reply, Submission
from forum.services import Services
from tests.builders import Prepared, opened_community

WORDS = """morning walk river kettle garden bus window rain quiet evening tea bread letter neighbour sister
market bench library song puzzle paint coat shoes kitchen train cat lamp sunshine meadow harbour blanket"""
LONG = 30
"""Words of a message."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Who talks where: each member is in one room."""

    services: Services
    places: tuple[UUID, ...]
    members: tuple[UUID, ...]

    def saying(self, number: int, dice: random.Random) -> Submission:
        """Return the submission of this number: every member has their turn, and says something new."""
        author = number % len(self.members)
        place = self.places[author % len(self.places)]
        said = " ".join(dice.choice(WORDS.split()) for _ in range(LONG - 3))
        return Submission(Reply(place), self.members[author], f"Today I saw {said}.")


@asynccontextmanager
async def full_rooms(
    prepared: Prepared, folder: Path, rooms: int, members: int, scorer: str
) -> AsyncIterator[Rooms]:
    """Open a community on a copy of the database, with so many members in each of so many rooms."""
    async with opened_community(prepared, folder, scorer_url=scorer) as community:
        space = await community.space()
        places = [await community.room(space=space, name=f"Room {number}") for number in range(rooms)]
        people = [await community.member(f"Member{number}") for number in range(rooms * members)]
        start, opened = community.clock(), time.monotonic()
        services = replace(
            community.services, clock=lambda: start + timedelta(seconds=time.monotonic() - opened)
        )
        yield Rooms(services, tuple(place.id for place in places), tuple(one.id for one in people))


@dataclass(frozen=True, slots=True)
class Talked:
    """What came of it: answers by kind, and the milliseconds from the moment each was due to its answer."""

    answers: Counter[str]
    took: Sequence[float]
    seconds: float
    """From the first that was due to the last answer."""


async def talk(rooms: Rooms, rate: float, count: int) -> Talked:
    """Say so many things at so many a second; a slow answer holds up none of those that come after it."""
    loop, dice = asyncio.get_running_loop(), random.Random(count)  # noqa: S311 - the same talk each time
    said = [rooms.saying(number, dice) for number in range(count)]
    answers, took = Counter[str](), list[float]()
    start = loop.time() + 0.1

    async def send(number: int) -> None:
        due = start + number / rate
        await asyncio.sleep(due - loop.time())
        try:
            answers[type(await submit(rooms.services, said[number])).__name__] += 1
        except Exception as error:  # noqa: BLE001 - what fails is counted too
            answers[type(error).__name__] += 1
        took.append(1_000 * (loop.time() - due))

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(send(number))
    return Talked(answers, took, loop.time() - start)
