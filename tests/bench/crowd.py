"""Measures the fan-out of one process on one core: `python -m tests.bench.crowd [members] [stalled]`.

Processor time is that of the server alone; figures of two runs compare only on one machine that is not busy.
"""

import asyncio
import sys
from collections.abc import Sequence

from tests.realtime.crowd import Reader, crowd_server, readers, stallers

KIB, MIB, MICRO = 2**10, 2**20, 1e6
CORE = 0
BYTES = 250


def told(words: str) -> None:
    """Say a figure."""
    sys.stdout.write(words + "\n")


async def deliveries(members: Sequence[Reader], count: int, at_once: int) -> float:
    """Return the microseconds of processor time that one delivery takes."""
    so_far, before = len(members[0].seqs), await members[0].asks()
    await members[0].has_told(count, BYTES, at_once)
    await asyncio.gather(*(one.hears(so_far + count) for one in members))
    after = await members[0].asks()
    return float(after["cpu"] - before["cpu"]) / count / len(members) * MICRO


async def measure(count: int, stalled: int, *how: str) -> None:
    """Let them all in, and say what they cost."""
    with crowd_server(*how, core=CORE) as port:
        first = await readers(port, 1)
        empty = await first[0].asks()
        members = [*first, *await readers(port, count - stalled - 1)]
        full = await first[0].asks()
        each = (full["resident"] - empty["resident"]) / (len(members) - 1) / KIB
        told(f"{' '.join(how) or 'direct'}: {each:.1f} KiB an idle connection, without the forum")
        for at_once in (1, 8):
            took = await deliveries(members, 50 * at_once, at_once)
            told(f"  {at_once} at once: {took:.1f} µs of processor a delivery")
        silent = await stallers(port, stalled)
        before = await first[0].asks()
        for _ in range(5):
            await deliveries(members, 300, 5)
        after = await first[0].asks()
        in_order = all(one.seqs == list(range(1, len(one.seqs) + 1)) for one in members)
        grown = (after["resident"] - before["resident"]) / MIB
        told(f"  {len(silent)} of {count} stalled: {grown:+.1f} MiB, the others in order: {in_order}")


def main() -> None:
    """Measure both ways."""
    count, stalled = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (1000, 200)
    for how in ((), ("--plain",)):
        asyncio.run(measure(count, stalled, *how))


if __name__ == "__main__":
    main()
