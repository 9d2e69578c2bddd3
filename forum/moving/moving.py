"""Moving: everything is looked at, written in steps that a crash cannot undo, and compared."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncEngine

from forum.migrations.running import tables
from forum.moving.alone import CannotMove, held_still, opened_alone, refuse_the_same, require_latest
from forum.moving.arriving import Progress, Target
from forum.moving.reading import AT_ONCE, Advance, Fault, Reader, dangling
from forum.moving.steps import steps_of
from forum.moving.sums import Sum

FAULTS_TOLD = 20


class Stage(StrEnum):
    """What is done with the rows, one stage after the other."""

    READING = "reading"
    WRITING = "writing"
    COMPARING = "comparing"


Tell = Callable[[Stage, int, int], None]
"""Told of the stage, and of how many rows out of how many."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is wanted: from where to where, and whether texts may be mended, or an unfinished move undone."""

    source: str
    target: str
    mends: bool = False
    anew: bool = False
    at_once: int = AT_ONCE
    """Rows that are read, and written, at once."""


async def move(wanted: Move, tell: Tell) -> Mapping[str, Sum]:
    """Move everything, and return the sum of every table, which is the same in both databases.

    Nobody can write to the source meanwhile, and nothing in it changes. Whatever ends this, kill -9 included,
    the same again goes on where it was. CannotMove says in plain words what stands in the way.
    """
    refuse_the_same(wanted.source, wanted.target)
    async with _opened(wanted.source) as source, _opened(wanted.target) as arriving:
        target = Target(arriving, tables())
        await require_latest(source, "FROM")
        await target.prepare()
        async with held_still(source, target.tables) as connection:
            return await _move(
                Reader(connection, arriving.dialect, wanted.mends, wanted.at_once), target, (wanted, tell)
            )


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[AsyncEngine]:
    engine = opened_alone(url)
    try:
        yield engine
    finally:
        await engine.dispose()


async def _move(reader: Reader, target: Target, told: tuple[Move, Tell]) -> Mapping[str, Sum]:
    wanted, tell = told
    total = sum([await reader.count(table) for table in target.tables.sorted_tables])
    sums = await _examine(reader, target.tables, _counter(tell, Stage.READING, total))
    progress = await target.begin(sums, anew=wanted.anew)
    await _write(reader, target, progress, _counter(tell, Stage.WRITING, total))
    arrived = await target.sums(_counter(tell, Stage.COMPARING, total))
    if differing := [name for name, one in sums.items() if arrived[name] != one]:
        raise CannotMove(
            f"What arrived is not what was sent, in: {', '.join(differing)}. Somebody else wrote to TO. "
            "Stop them, and begin again with --anew."
        )
    await target.finish()
    return sums


def _counter(tell: Tell, stage: Stage, total: int) -> Advance:
    done = 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        tell(stage, done, max(total, done))

    advance(0)
    return advance


async def _examine(reader: Reader, tables: MetaData, advance: Advance) -> dict[str, Sum]:
    """Return the sum of every table; CannotMove names what the target could not keep."""
    if broken := await dangling(reader.connection):
        raise CannotMove(
            f"FROM is damaged: rows refer to others that are not there, in: {', '.join(broken)}."
        )
    sums, faults = dict[str, Sum](), list[Fault]()
    for table in tables.sorted_tables:
        total = Sum()
        async for rows in reader.batches(table):
            found = list(islice(reader.faults(table, rows), FAULTS_TOLD))
            faults += found
            total = total if found else total.plus(rows)
            advance(len(rows))
        sums[table.name] = total
    if faults:
        raise CannotMove("\n".join(_telling(faults)))
    return sums


def _telling(faults: list[Fault]) -> Iterator[str]:
    yield "TO cannot keep some of what FROM holds:"
    yield from (f"  {fault}" for fault in faults[:FAULTS_TOLD])
    if len(faults) > FAULTS_TOLD:
        yield "  and more."
    yield "A NUL and bytes that are no UTF-8 are replaced with U+FFFD by --mend-text, but in the audit log."


async def _write(reader: Reader, target: Target, progress: Progress, advance: Advance) -> None:
    for number, step in enumerate(steps_of(target.tables)):
        if number < progress.step:
            continue
        after = progress.after if number == progress.step else None
        async for rows in reader.batches(step.table, after):
            await target.write(step, number, rows)
            advance(0 if step.within else len(rows))
