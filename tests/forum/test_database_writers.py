"""Claims about those who write to one busy place on PostgreSQL: they take no connection from all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from forum.database import AT_ONE_PLACE, WRITERS, Database, Transaction
from forum.facts import Fact
from tests.postgres import Template

SOON = 10.0


async def nothing(_tx: Transaction, _fact: Fact) -> None: ...


async def nobody(_facts: object) -> None: ...


@asynccontextmanager
async def opened(prepared: Template) -> AsyncIterator[Database]:
    """A database of its own."""
    with prepared.copied() as url:
        database = Database(url, nothing, nobody)
        try:
            yield database
        finally:
            await database.aclose()


class Crowd:
    """Writers of one place, who stay until they are let go; `inside` are those who got in."""

    def __init__(self, database: Database, place: UUID | None) -> None:
        self.inside = list[int]()
        self.most = self._now = 0
        self._go = asyncio.Event()
        self._tasks = [asyncio.create_task(self._write(database, place, one)) for one in range(2 * WRITERS)]

    async def _write(self, database: Database, place: UUID | None, number: int) -> None:
        async with database.transaction(of=uuid4(), at=place):
            self.inside.append(number)
            self._now += 1
            self.most = max(self.most, self._now)
            await self._go.wait()
            self._now -= 1

    async def are_inside(self, count: int) -> None:
        """Wait until so many got in."""
        async with asyncio.timeout(SOON):
            while len(self.inside) < count:  # noqa: ASYNC110 - a writer tells nobody
                await asyncio.sleep(0.005)

    async def go(self) -> None:
        """Let everybody finish."""
        self._go.set()
        await asyncio.gather(*self._tasks)


async def test_a_crowd_at_one_place_keeps_nobody_elsewhere_waiting(prepared_postgresql: Template) -> None:
    async with opened(prepared_postgresql) as database:
        busy = Crowd(database, uuid4())
        await busy.are_inside(AT_ONE_PLACE)
        async with asyncio.timeout(SOON):
            for place in (uuid4(), None):
                async with database.transaction(of=uuid4(), at=place):
                    pass
        meanwhile = list(busy.inside)
        await busy.go()

    assert meanwhile == busy.inside[:AT_ONE_PLACE]
    assert sorted(busy.inside) == list(range(2 * WRITERS))
    assert busy.most == AT_ONE_PLACE


async def test_elsewhere_as_many_write_as_there_are_connections_for(prepared_postgresql: Template) -> None:
    async with opened(prepared_postgresql) as database:
        crowd = Crowd(database, None)
        await crowd.are_inside(WRITERS)
        await crowd.go()

    assert crowd.most == WRITERS


async def test_nothing_is_kept_of_a_place_that_nobody_writes_to_any_more(
    prepared_postgresql: Template,
) -> None:
    async with opened(prepared_postgresql) as database:
        for _ in range(3):
            async with database.transaction(of=uuid4(), at=uuid4()):
                held = len(database._places)
            with pytest.raises(KeyError):
                async with database.transaction(of=uuid4(), at=uuid4()):
                    raise KeyError

        assert held == 1
        assert len(database._places) == 0


async def test_who_is_cancelled_while_waiting_leaves_their_turn_to_the_next(
    prepared_postgresql: Template,
) -> None:
    place = uuid4()
    async with opened(prepared_postgresql) as database:
        busy = Crowd(database, place)
        await busy.are_inside(AT_ONE_PLACE)
        waiting = busy._tasks[AT_ONE_PLACE]
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        busy._tasks.remove(waiting)
        await busy.go()

    assert len(busy.inside) == 2 * WRITERS - 1
