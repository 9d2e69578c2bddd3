"""One line: what is confirmed, what breaks it, and that it leaves nothing behind."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from redis.exceptions import ConnectionError as LineBroken

from realtime.redis_address import Address
from realtime.redis_line import AT_ONCE, Line
from tests.realtime.ears import SOON, becomes
from tests.servers import Valkey

Running = tuple[Line, "asyncio.Task[None]", list[bytes]]


@asynccontextmanager
async def line_to(url: str, heartbeat: float = 5.0) -> AsyncIterator[Running]:
    """A line that runs, and what is heard on it."""
    before = asyncio.all_tasks()
    client, heard = Address.read(url).client(20.0), list[bytes]()
    line = Line(client.pubsub(), lambda _, data: heard.append(data), heartbeat)
    running: asyncio.Task[None] = asyncio.create_task(line.run())
    yield line, running, heard
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await client.aclose()
    assert asyncio.all_tasks() == before


async def published(url: str, channel: str, *data: str) -> None:
    client = Address.read(url).client(20.0)
    for one in data:
        await client.publish(channel, one)
    await client.aclose()


async def heard_so_many(heard: list[bytes], count: int) -> list[bytes]:
    await becomes(lambda: len(heard) >= count)
    return heard


async def test_what_is_confirmed_is_heard_from_then_on(redis: str) -> None:
    async with line_to(redis) as (line, _, heard):
        line.join("one")
        line.join("one")
        await line.confirmed("one")
        await published(redis, "one", "a", "b")

        assert await heard_so_many(heard, 2) == [b"a", b"b"]


async def test_joining_and_leaving_end_as_the_last_word_says(redis: str) -> None:
    async with line_to(redis) as (line, _, heard):
        for _ in range(10):
            line.join("one")
            line.leave("one")
        line.leave("never joined")
        line.join("two")
        await line.settled()
        await published(redis, "one", "unheard")
        await published(redis, "two", "heard")

        assert await heard_so_many(heard, 1) == [b"heard"]


async def test_many_channels_are_joined_at_once(redis: str) -> None:
    async with line_to(redis) as (line, _, heard):
        for number in range(3 * AT_ONCE):
            line.join(f"many {number}")
        await line.settled()
        await published(redis, f"many {3 * AT_ONCE - 1}", "last")

        assert await heard_so_many(heard, 1) == [b"last"]


@pytest.mark.parametrize("end", [Valkey.kill, Valkey.freeze])
async def test_a_server_that_is_gone_or_silent_breaks_the_line(
    valkey: Valkey, end: Callable[[Valkey], None]
) -> None:
    async with line_to(valkey.url, heartbeat=0.1) as (line, running, _):
        line.join("one")
        await line.confirmed("one")
        end(valkey)
        line.join("two")
        with pytest.raises((OSError, LineBroken)):
            await asyncio.wait_for(running, SOON)
        line.join("three")
        await line.confirmed("two")
        await line.confirmed("three")
        with pytest.raises(LineBroken):
            await line.settled()


async def test_a_quiet_server_that_answers_pings_does_not_break_it(redis: str) -> None:
    async with line_to(redis, heartbeat=0.2) as (line, running, heard):
        await asyncio.sleep(1.0)
        line.join("one")
        await line.confirmed("one")
        await asyncio.sleep(1.0)
        await published(redis, "one", "still here")

        assert await heard_so_many(heard, 1) == [b"still here"]
        assert not running.done()


async def test_a_line_that_is_cut_says_why(redis: str) -> None:
    async with line_to(redis) as (line, running, _):
        line.cut(ValueError("because"))
        line.cut(ValueError("never mind"))
        with pytest.raises(ValueError, match="because"):
            await running
