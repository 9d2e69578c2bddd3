"""Claims about the fault proxy: it passes bytes on as they are, and each fault is what it says."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.journeys.chaos.proxy import Fault, Link, Proxy, proxying

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SHORT = 0.3


@asynccontextmanager
async def conversation() -> AsyncIterator[tuple[Proxy, Ends, Ends]]:
    """A member and a site that talk through a proxy: the proxy, and what each of the two holds."""
    came: asyncio.Queue[Ends] = asyncio.Queue()
    site = await asyncio.start_server(lambda *ends: came.put_nowait(ends), "127.0.0.1", 0)
    async with proxying(site.sockets[0].getsockname()[1]) as proxy:
        member = await asyncio.open_connection("127.0.0.1", proxy.port)
        there = await came.get()
        while not proxy.links:  # noqa: ASYNC110 - the proxy tells nobody
            await asyncio.sleep(0.001)
        try:
            yield proxy, member, there
        finally:
            for _, writer in (member, there):
                writer.transport.abort()
    site.close()
    await asyncio.sleep(0.01)


def only(proxy: Proxy) -> Link:
    [link] = proxy.links
    return link


async def test_bytes_pass_both_ways_as_they_are() -> None:
    many = bytes(range(256)) * 400
    async with conversation() as (_, member, site):
        member[1].write(many)
        site[1].write(many[::-1])

        assert await site[0].readexactly(len(many)) == many
        assert await member[0].readexactly(len(many)) == many[::-1]


async def test_a_dropped_connection_ends_at_both_ends() -> None:
    async with conversation() as (proxy, member, site):
        only(proxy).harm(Fault.DROP)

        assert await member[0].read() == await site[0].read() == b""


async def test_a_reset_connection_fails_at_both_ends() -> None:
    async with conversation() as (proxy, member, site):
        only(proxy).harm(Fault.RESET)
        for reader, _ in (member, site):
            with pytest.raises(ConnectionResetError):
                await reader.read()


async def test_nothing_passes_a_half_open_connection_not_even_its_end() -> None:
    async with conversation() as (proxy, member, site):
        only(proxy).harm(Fault.HALF_OPEN)
        member[1].write(b"hello?")
        member[1].write_eof()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(site[0].read(1), SHORT)


async def test_what_is_delayed_comes_late_and_whole() -> None:
    async with conversation() as (proxy, member, site):
        only(proxy).harm(Fault.DELAY, SHORT)
        member[1].write(b"one")
        await site[0].readexactly(0)
        started = time.monotonic()
        member[1].write(b"two")

        assert await site[0].readexactly(6) == b"onetwo"
        assert time.monotonic() - started > SHORT / 2


async def test_a_slow_reader_leaves_the_site_waiting() -> None:
    async with conversation() as (proxy, member, site):
        only(proxy).harm(Fault.SLOW)
        site[1].write(b"x" * 8_000_000)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(site[1].drain(), SHORT)

        assert await member[0].readexactly(256) == b"x" * 256


async def test_a_site_that_is_not_there_ends_the_connection() -> None:
    async with proxying(1) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)

        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.transport.abort()
        await asyncio.sleep(0.01)
