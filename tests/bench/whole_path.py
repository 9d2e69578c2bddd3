"""From when a message is due until the last member has it: `python -m tests.bench.whole_path`.

The whole site: one process with SQLite and the model that ships on one core, the members on another.
Messages are due at appointed times, whether or not the site keeps up.
"""

import asyncio
import gc
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from tests.bench.fanout import MEMBERS_CORE, SERVER_CORE
from tests.bench.listeners import Room, Said, seated, talk
from tests.bench.timing import quantile
from tests.builders import prepare_database
from tests.forum.live.test_restarting import community_in
from tests.journeys.chaos.storm import spelt
from tests.journeys.site import Site

WARM_UP_SECONDS = 3.0
"""With what is measured, no talker says more than the 30 messages that are taken of one in a minute."""


def main(
    rate: Annotated[float, typer.Option(help="Messages a second, in all rooms.")] = 20.0,
    seconds: Annotated[float, typer.Option(min=1, max=25)] = 20.0,
    rooms: Annotated[int, typer.Option(min=1)] = 1,
    members: Annotated[int, typer.Option(min=20, help="In each room.")] = 500,
    scorer: Annotated[str, typer.Option(help="As SCORER_URL.")] = "onnx:",
) -> None:
    """Print how long it took to the answer, and to the last member."""
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(_measure(Path(folder) / "site.db", (rooms, members, scorer), (rate, seconds)))
    typer.echo(
        f"{rooms} x {members} members, {rate:g} messages of 30 words a second, {seconds:g} s, {scorer}"
    )
    typer.echo(told)


async def _measure(database: Path, size: tuple[int, int, str], load: tuple[float, float]) -> str:
    count, members, scorer = size
    await prepare_database(f"sqlite+aiosqlite:///{database}")
    async with community_in(database) as community:
        places = [(await community.room(name=f"Room {number}")).id for number in range(count)]
        people = [await community.member(f"Reader-{spelt(one)}", days=10) for one in range(count * members)]
    with _serving(database, scorer) as site:
        rooms = [await seated(site.port, place, people[number::count]) for number, place in enumerate(places)]
        await talk(rooms, min(load[0], 20.0), WARM_UP_SECONDS)
        for room in rooms:
            room.said.clear()
        gc.collect()
        gc.disable()
        before = _cpu(site)
        took = await talk(rooms, *load)
        return _told(rooms, took, _cpu(site) - before)


@contextmanager
def _serving(database: Path, scorer: str) -> Iterator[Site]:
    """Serve on a core of its own, and leave another to us."""
    site = Site(database)
    site.environment["SCORER_URL"] = scorer
    os.sched_setaffinity(0, {SERVER_CORE})  # what is started now stays there
    with site:
        os.sched_setaffinity(0, {MEMBERS_CORE})
        yield site


def _cpu(site: Site) -> float:
    """Return the seconds of processor that the site has used."""
    assert site._process is not None
    fields = Path(f"/proc/{site._process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _told(rooms: Sequence[Room], took: float, cpu: float) -> str:
    said = [one for room in rooms for one in room.said.values()]
    states = Counter(one.state or "not answered" for one in said)
    answers = [1_000 * (one.answered - one.due) for one in said if one.answered]
    last = [1_000 * (room.last[one.seq] - one.due) for room in rooms for one in _heard(room)]
    return (
        f"{len(last) / took:.1f} a second came to everybody; {dict(states)}\n"
        f"to the answer      {_times(answers)}\n"
        f"to the last of {len(rooms[0].members):<4}{_times(last)}\n"
        f"{1_000 * cpu / len(said):.1f} ms of the site's processor a message"
    )


def _heard(room: Room) -> Sequence[Said]:
    return [one for one in room.published() if one.seq in room.last]


def _times(milliseconds: Sequence[float]) -> str:
    if not milliseconds:
        return "never"
    p50, p99 = quantile(milliseconds, 0.5), quantile(milliseconds, 0.99)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, at most {max(milliseconds):.1f} ms"


if __name__ == "__main__":
    typer.run(main)
