"""What connections share."""

import asyncio

from forum.live.shared import Live
from tests.builders import Community, serving
from tests.forum.live.peers import listening


async def test_what_is_shared_rests_while_nobody_is_connected(community: Community) -> None:
    before = asyncio.all_tasks()
    Live.on(community.services)

    assert asyncio.all_tasks() == before


async def test_a_connection_more_is_few_tasks_more(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as first:
        await first.join(room.id, 0)
        before = len(asyncio.all_tasks())
        async with listening(host, rowan, max_queue=None) as second:
            await second.join(room.id, 0)
            after = len(asyncio.all_tasks())

    ours = 2  # the application that the server runs, and the reader of its socket
    the_peers = 2  # the client's own, in this very process
    assert after - before <= ours + the_peers
