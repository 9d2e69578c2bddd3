"""Whether a busy room keeps a quiet one waiting on PostgreSQL: `python -m tests.bench.bursts`.

Forty lines are said in one room at the same moment, and three in another right after them, again and again.
"""

import asyncio
import random
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from forum import database
from forum.logs import configure_logs
from forum.messages.publishing import submit
from forum.serving import run, settle
from tests.bench.talk_load import Rooms, full_rooms, talk
from tests.bench.talking import Kind, prepare
from tests.builders import Prepared

BUSY, QUIET = 40, 3
Times = tuple[float, float, float]
"""Milliseconds: the busy room's median line, its last, and the quiet room's median."""


def main(
    at_one_place: Annotated[list[int], typer.Option(help="Writers of a place at a time.")] = [8, 2],  # noqa: B006 - typer's
    bursts: Annotated[int, typer.Option(min=1)] = 6,
) -> None:
    """Print the times with so many writers of a place, which take turns."""
    configure_logs("ERROR")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run(_measure(prepare(Kind.POSTGRESQL, folder, stack), folder, at_one_place, bursts))


async def _measure(prepared: Prepared, folder: Path, widths: list[int], bursts: int) -> None:
    told: dict[int, list[Times]] = {width: [] for width in widths}
    async with full_rooms(prepared, folder, 2, 100, "lexicon:") as rooms:
        await talk(rooms, 20, 40)
        settle()
        for number in range(bursts * len(widths)):
            database.AT_ONE_PLACE = widths[number % len(widths)]
            told[database.AT_ONE_PLACE].append(await _burst(rooms, number))
    for width, times in told.items():
        median, last, quiet = (1_000 * statistics.median(one) for one in zip(*times, strict=True))
        typer.echo(
            f"{width} at a place: busy room {median:.0f} ms, its last {last:.0f}; quiet room {quiet:.0f} ms"
        )


async def _burst(rooms: Rooms, number: int) -> Times:
    dice, busy, quiet = random.Random(number), list[float](), list[float]()  # noqa: S311 - the same talk each time

    async def say(which: int, took: list[float]) -> None:
        said, start = rooms.saying(which, dice), time.perf_counter()
        await submit(rooms.services, said)
        took.append(time.perf_counter() - start)

    base = number * len(rooms.members)
    async with asyncio.TaskGroup() as group:
        for one in range(BUSY):
            group.create_task(say(base + 2 * one, busy))
        await asyncio.sleep(0)
        for one in range(QUIET):
            group.create_task(say(base + 2 * one + 1, quiet))
    return statistics.median(busy), max(busy), statistics.median(quiet)


if __name__ == "__main__":
    typer.run(main)
