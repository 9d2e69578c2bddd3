"""Claims about arriving: only an empty database is filled, and how far it is is written with what it is."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from forum.migrations.running import latest, tables
from forum.moving.alone import CannotMove, opened_alone, revision_of
from forum.moving.arriving import Progress, Target, is_moved_halfway
from forum.moving.steps import steps_of
from forum.moving.sums import Sum
from tests.forum.moving.rows import done, everything
from tests.postgres import Server

SUMS = {"rule_bound": Sum(2, 7)}
BOUNDS = [("links", 1, 2), ("spam", 3, 4)]
NUMBER, STEP = next((n, step) for n, step in enumerate(steps_of(tables())) if step.table.name == "rule_bound")


@pytest.fixture
async def engine(prepared_database: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An empty, migrated file."""
    opened = opened_alone(f"sqlite+aiosqlite:///{shutil.copy(prepared_database, tmp_path / 'to.db')}")
    yield opened
    await opened.dispose()


@pytest.fixture
async def target(engine: AsyncEngine) -> Target:
    """What is moved to."""
    return Target(engine, tables())


async def bounds(target: Target) -> int:
    async with target.engine.connect() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM rule_bound"))).scalar_one())


async def test_a_database_without_tables_is_brought_up_to_date(postgresql: Server) -> None:
    with postgresql.database() as url:
        target = Target(opened_alone(url), tables())
        await target.prepare()

        assert await revision_of(target.engine, "TO") == latest()
        assert not await is_moved_halfway(target.engine)
        await target.engine.dispose()


async def test_other_tables_and_another_version_are_left_alone(
    postgresql: Server, target: Target, tmp_path: Path
) -> None:
    with postgresql.database() as url:
        await done(url, "CREATE TABLE poems (line text)")
        foreign = Target(opened_alone(url), tables())
        with pytest.raises(CannotMove, match="it holds other tables"):
            await foreign.prepare()
        await foreign.engine.dispose()
    async with target.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(CannotMove, match="TO is at migration 0001"):
        await target.prepare()


async def test_what_is_written_and_how_far_it_is_are_of_one_moment(target: Target) -> None:
    first = await target.begin(SUMS, anew=False)
    await target.write(STEP, NUMBER, BOUNDS)
    with pytest.raises(CannotMove, match="Rows of rule_bound break a rule of TO"):
        await target.write(STEP, NUMBER, [("words", 1, 2), BOUNDS[0]])

    assert first == Progress()
    assert await bounds(target) == 2
    assert await target.begin(SUMS, anew=False) == Progress(NUMBER, ("spam",))
    assert await is_moved_halfway(target.engine)


async def test_a_key_comes_back_as_what_it_was(target: Target) -> None:
    number, step = next((n, one) for n, one in enumerate(steps_of(tables())) if one.table.name == "reading")
    await target.begin(SUMS, anew=False)
    async with target.engine.begin() as connection:
        await connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    row = (UUID(int=1), UUID(int=2), 3)
    with pytest.raises(CannotMove, match="Rows of reading break a rule"):
        await target.write(step, number, [row])

    assert target._reached(number, f'["{row[0]}", "{row[1]}"]') == Progress(number, row[:2])


async def test_what_is_there_already_is_never_mixed_with_what_arrives(target: Target) -> None:
    await target.begin(SUMS, anew=False)
    with pytest.raises(CannotMove, match="not as it was when that began"):
        await target.begin({"rule_bound": Sum(2, 8)}, anew=False)
    await target.write(STEP, NUMBER, BOUNDS)

    assert await target.begin({"rule_bound": Sum(2, 8)}, anew=True) == Progress()
    assert await bounds(target) == 0


async def test_a_finished_move_leaves_no_trace_and_is_not_taken_out(target: Target) -> None:
    await target.begin(SUMS, anew=False)
    await target.write(STEP, NUMBER, BOUNDS)
    summed = await target.sums(lambda _rows: None)
    await target.finish()

    assert not await is_moved_halfway(target.engine)
    assert summed["rule_bound"] == Sum().plus(BOUNDS)
    with pytest.raises(CannotMove, match="TO is not empty: rule_bound has rows"):
        await target.begin(SUMS, anew=True)
    await target.engine.dispose()
    assert (await everything(str(target.engine.url)))["rule_bound"] == BOUNDS
