"""Measures what an idle connection costs a whole site: `python -m tests.bench.idle`.

Resident memory of one process, before and after 1,000 members' sockets have joined a room. Linux only.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.builders import prepare_database
from tests.forum.live.peers import hello
from tests.forum.live.test_restarting import community_in, joined
from tests.journeys.site import Site
from tests.realtime.crowd import readers

MEMBERS, EACH = 20, 50
"""Of one member no more than 60 connections are let in within a minute."""
SETTLE_SECONDS = 3.0


def resident(process: int) -> int:
    """Return the KiB that a process has in memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


async def measure(database: Path) -> float:
    """Return the KiB that each of 1,000 idle connections takes; fifty before have warmed it up."""
    await prepare_database(f"sqlite+aiosqlite:///{database}")
    async with community_in(database) as community:
        members = [await community.member(f"Rowan{number}", days=2) for number in range(MEMBERS + 1)]
        room = await community.room()
        site = Site(database)
        site.environment["SCORER_URL"] = "lexicon:"
        await asyncio.to_thread(site.start)
        try:
            assert site._process is not None
            figures, peers = [], []
            for member in members:
                came = await readers(site.port, EACH, hello(member, site.port))
                for peer in came:
                    await joined(peer, room.id)
                peers.append(came)
                if member in (members[0], members[-1]):
                    await asyncio.sleep(SETTLE_SECONDS)
                    figures.append(resident(site._process.pid))
        finally:
            await asyncio.to_thread(site.stop)
    return (figures[1] - figures[0]) / (MEMBERS * EACH)


def main() -> None:
    """Say it."""
    with TemporaryDirectory() as folder:
        each = asyncio.run(measure(Path(folder) / "site.db"))
    sys.stdout.write(f"{each:.1f} KiB an idle connection that has joined a room, whole site\n")


if __name__ == "__main__":
    main()
