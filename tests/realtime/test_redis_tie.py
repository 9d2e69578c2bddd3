"""The tie: how it is told to break, and that what is late does not break it again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from structlog.testing import capture_logs

from realtime.redis_address import Address
from realtime.redis_line import Line
from realtime.redis_tie import Ends, Tie
from tests.realtime.ears import becomes
from tests.servers import Valkey


class Greeting:
    """Counts how often the tie was made and healed, and can fail."""

    def __init__(self) -> None:
        self.greeted = 0
        self.healed = 0
        self.failing = 0

    async def greet(self, line: Line) -> None:
        if self.failing:
            self.failing -= 1
            raise ValueError("a secret")
        line.join("one")
        await line.settled()
        self.greeted += 1

    def heal(self) -> None:
        self.healed += 1


@asynccontextmanager
async def tied(url: str, greeting: Greeting) -> AsyncIterator[Tie]:
    """A tie, which leaves no task behind."""
    before = asyncio.all_tasks()
    client = Address.read(url).client(20.0)
    tie = Tie(client, Ends(lambda *_: None, greeting.greet, greeting.heal))
    yield tie
    await tie.aclose()
    await client.aclose()
    assert asyncio.all_tasks() == before
    assert not await tie.ready()


async def held(tie: Tie, turn: int) -> None:
    await becomes(lambda: tie.turn >= turn and tie.holds)


async def test_the_first_to_ask_makes_it_and_the_others_wait_for_the_same_attempt(redis: str) -> None:
    greeting = Greeting()
    async with tied(redis, greeting) as tie:
        answers = await asyncio.gather(*(tie.ready() for _ in range(5)))

    assert answers == [True] * 5
    assert (greeting.greeted, greeting.healed) == (1, 0)


async def test_a_question_that_fails_breaks_it_once_and_it_heals_by_itself(redis: str) -> None:
    greeting = Greeting()
    async with tied(redis, greeting) as tie:
        await tie.ready()
        with capture_logs() as entries:
            for _ in range(3):
                tie.lost(TimeoutError(), tie.turn)
            fallen = tie.condition
            await held(tie, 2)
        tie.lost(TimeoutError(), 1)

        assert tie.holds
    assert (fallen.answers, fallen.fault) == (False, "TimeoutError")
    assert [entry["event"] for entry in entries] == ["backplane away", "backplane healed"]
    assert (greeting.greeted, greeting.healed) == (2, 1)


async def test_it_goes_on_trying_whatever_goes_wrong_in_greeting_and_says_so_once(redis: str) -> None:
    greeting = Greeting()
    greeting.failing = 2
    with capture_logs() as entries:
        async with tied(redis, greeting) as tie:
            first = await tie.ready()
            await held(tie, 1)

    assert not first
    assert [entry["event"] for entry in entries] == ["backplane away", "backplane healed"]
    assert "secret" not in repr(entries)


async def test_a_server_that_is_restarted_is_found_again(valkey: Valkey) -> None:
    greeting = Greeting()
    async with tied(valkey.url, greeting) as tie:
        await tie.ready()
        valkey.kill()
        valkey.start()
        await held(tie, 2)

    assert (greeting.greeted, greeting.healed) == (2, 1)
