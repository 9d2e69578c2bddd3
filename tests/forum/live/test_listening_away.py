"""Two processes on one Redis that is killed and comes back: readers hear everything, once, in order."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from forum.broadcasts import Broadcasts
from forum.database import Database
from forum.reactions import react
from realtime.backplane import open_backplane
from tests.builders import Community, serving
from tests.forum.live.peers import listening
from tests.servers import running_valkey

LINES = ("Good evening.", "Is anybody there?", "Yes, all of us.", "Good to hear.", "Good night, then.")
LATEST_SECONDS = 2.0 + 1.0
"""Two, and what a busy machine adds."""


async def test_while_redis_is_away_readers_in_other_processes_are_two_seconds_late_at_most(
    community: Community,
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    async with AsyncExitStack() as stack:
        valkey = stack.enter_context(running_valkey())
        processes = []
        for _ in range(2):
            backplane = open_backplane(valkey.url)
            told = Broadcasts(backplane, community.services.renderer).announce
            database = Database(community.services.database.url, react, told)
            services = replace(community.services, backplane=backplane, database=database)
            stack.push_async_callback(database.aclose)
            stack.push_async_callback(backplane.aclose)
            processes.append(await stack.enter_async_context(serving(services)))
        first = await stack.enter_async_context(listening(processes[0], rowan))
        second = await stack.enter_async_context(listening(processes[1], wren))
        for peer in (first, second):
            await peer.join(room.id, 0)
        late = []
        for number, words in enumerate(LINES):
            if number == 1:
                valkey.kill()
            if number == 3:
                await asyncio.to_thread(valkey.start)
            answer = await first.told(room.id, words)
            began = asyncio.get_running_loop().time()
            await second.hears(answer["seq"])
            late.append(asyncio.get_running_loop().time() - began)
        await first.hears(len(LINES))

    assert first.changes() == second.changes() == list(range(1, len(LINES) + 1))
    assert max(late) < LATEST_SECONDS
