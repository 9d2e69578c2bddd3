"""A busy room in which many do not read: nobody else notices, and memory stays flat.

1,000 members, 200 of them stalled; memory grew by 6.8 MiB where it was written.
"""

import asyncio

from tests.realtime.crowd import crowd_server, readers, stallers

READING, STALLED = 800, 200
MESSAGES, BYTES = 600, 1000
MOST_GROWTH = 16 * 2**20
"""Unbounded, the stalled would hold 120 MB."""
SECONDS = 60.0


async def test_who_does_not_read_costs_little_memory_and_slows_nobody() -> None:
    with crowd_server() as port:
        async with asyncio.timeout(SECONDS):
            reading = await readers(port, READING)
            stalled = await stallers(port, STALLED)
            await reading[0].has_told(20, BYTES, 1)
            before = await reading[0].asks()
            after = await reading[0].has_told(MESSAGES, BYTES, 10)
            await asyncio.gather(*(one.hears(20 + MESSAGES) for one in reading))
        for one in stalled:
            one.close()

    assert all(one.seqs == list(range(1, 21 + MESSAGES)) for one in reading)
    assert after["resident"] - before["resident"] < MOST_GROWTH
