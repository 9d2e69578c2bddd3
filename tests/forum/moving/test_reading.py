"""Claims about reading: every row once, in order, and what cannot be read is named by its neighbour."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from forum.migrations.running import tables
from forum.moving.alone import CannotMove, opened_alone
from forum.moving.reading import Reader, dangling, key_in
from forum.moving.sums import Sum
from tests.builders import Prepared, copied
from tests.forum.moving.rows import NOW, done, put

PLACE, REMOVAL, BOUND = (tables().tables[name] for name in ("place", "removal", "rule_bound"))


@pytest.fixture
async def engine(empty: Prepared, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database with seven rules, whose keys are sorted differently by different databases."""
    with copied(empty, tmp_path) as url:
        rules = ("Z", "a", "ä", "B", "~", "_", "")
        await put(url, [("rule_bound", {"rule": rule, "lowest": 0, "highest": 1}) for rule in rules])
        opened = opened_alone(url)
        yield opened
        await opened.dispose()


@pytest.mark.everywhere
@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 100])
async def test_every_row_comes_once_however_many_come_at_once(engine: AsyncEngine, at_once: int) -> None:
    async with engine.connect() as connection:
        reader = Reader(connection, engine.dialect, at_once=at_once)
        batches = [rows async for rows in reader.batches(BOUND)]
        rows = [row for batch in batches for row in batch]
        rest = [row async for batch in reader.batches(BOUND, key_in(BOUND, rows[2])) for row in batch]
        told = list[int]()

        assert sorted(row[0] for row in rows) == sorted(("Z", "a", "ä", "B", "~", "_", ""))
        assert [len(batch) for batch in batches[:-1]] == [at_once] * (len(batches) - 1)
        assert rest == rows[3:]
        assert await reader.count(BOUND) == 7
        assert await reader.sum(BOUND, told.append) == Sum().plus(rows)
        assert told == [len(batch) for batch in batches]


@pytest.fixture
async def url(prepared_database: Path, tmp_path: Path) -> str:
    """A file with five rooms."""
    at = f"sqlite+aiosqlite:///{shutil.copy(prepared_database, tmp_path / 'from.db')}"
    plain = {"closed": False, "slow_seconds": 0, "needs_facilitator": False, "last_seq": 0, "about": ""}
    times = {"created_at": NOW, "last_at": NOW}
    rooms = [{"id": uuid4(), "kind": "room", "name": f"Room {n}", **plain, **times} for n in range(5)]
    await put(at, [("place", room) for room in rooms])
    return at


async def test_a_row_that_cannot_be_read_is_named_by_the_one_before_it(url: str) -> None:
    await done(url, "UPDATE place SET last_at = 'quiet heron' WHERE name = 'Room 3'")
    engine = opened_alone(url)
    async with engine.connect() as connection:
        with pytest.raises(CannotMove, match="A row of place cannot be read: the ") as caught:
            _ = [rows async for rows in Reader(connection, engine.dialect).batches(PLACE)]
    await engine.dispose()

    assert "heron" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_what_the_other_kind_cannot_keep_is_found_or_mended(url: str) -> None:
    await done(url, "UPDATE place SET about = CAST(x'6100ff' AS TEXT), slow_seconds = 5000000000")
    engine, other = opened_alone(url), make_url("postgresql+psycopg://").get_dialect()()
    async with engine.connect() as connection:
        as_it_is, mended = Reader(connection, other), Reader(connection, other, mends=True)
        faults = [str(f) async for rows in as_it_is.batches(PLACE) for f in as_it_is.faults(PLACE, rows)]
        left = [str(f) async for rows in mended.batches(PLACE) for f in mended.faults(PLACE, rows)]
    await engine.dispose()

    assert len(faults) == 10
    assert {fault.partition(": ")[2] for fault in faults} == {
        "about holds a NUL",
        "slow_seconds is too large for 32 bits",
    }
    assert {fault.partition(": ")[2] for fault in left} == {"slow_seconds is too large for 32 bits"}


async def test_rows_that_refer_to_nothing_are_found(url: str) -> None:
    engine = opened_alone(url)
    async with engine.connect() as connection:
        await connection.exec_driver_sql("COMMIT")
        await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        await connection.exec_driver_sql("BEGIN")
        whole = await dangling(connection)
        row = {"id": uuid4(), "place_id": uuid4(), "account_id": uuid4(), "since": NOW}
        await connection.execute(REMOVAL.insert(), row)
        broken = await dangling(connection)
    await engine.dispose()

    assert (whole, broken) == ([], ["removal"])
