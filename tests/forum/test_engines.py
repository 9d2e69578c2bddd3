"""Claims about the engines: writers come one after the other, nobody waits for ever, and nobody is quoted."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from forum.engines import IDLE_MS, LOCK_MS, STATEMENT_MS, WRITES, is_sqlite, open_engine, reader_of
from tests.postgres import Template

ROWAN, WREN = uuid4(), uuid4()


@pytest.fixture
async def engine(prepared_postgresql: Template) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of its own on PostgreSQL."""
    with prepared_postgresql.copied() as url:
        opened = open_engine(url)
        yield opened
        await opened.dispose()


async def told(engine: AsyncEngine, statement: str) -> str:
    """Return what a statement answers."""
    async with engine.connect() as connection:
        return str((await connection.execute(text(statement))).scalar_one())


async def is_let_in(engine: AsyncEngine, writer: UUID | bool) -> bool:
    """Return whether a writer is let in at once; who waits gives up after a moment."""
    try:
        async with asyncio.timeout(0.3), engine.execution_options(**{WRITES: writer}).begin():
            return True
    except TimeoutError:
        return False


async def test_a_transaction_that_stands_still_or_waits_ends_by_itself(engine: AsyncEngine) -> None:
    limits = {"lock_timeout": LOCK_MS, "statement_timeout": STATEMENT_MS}
    limits["idle_in_transaction_session_timeout"] = IDLE_MS

    for name, limit in limits.items():
        query = f"SELECT setting FROM pg_settings WHERE name = '{name}'"  # noqa: S608 - our own names

        assert await told(engine, query) == str(limit)
    assert await told(engine, "SHOW timezone") == "UTC"


async def test_what_the_address_says_of_options_is_kept(engine: AsyncEngine) -> None:
    other = open_engine(f"{engine.url.render_as_string(hide_password=False)}&options=-c%20work_mem=5MB")
    try:
        assert await told(other, "SHOW work_mem") == "5MB"
        assert await told(other, "SHOW timezone") == "UTC"
    finally:
        await other.dispose()


@pytest.mark.parametrize(
    ("inside", "comes", "at_once"),
    [
        (True, True, False),
        (True, ROWAN, False),
        (ROWAN, True, False),
        (ROWAN, ROWAN, False),
        (ROWAN, WREN, True),
    ],
)
async def test_only_two_members_who_write_for_themselves_write_at_once(
    engine: AsyncEngine, inside: UUID | bool, comes: UUID | bool, at_once: bool
) -> None:
    async with engine.execution_options(**{WRITES: inside}).begin():
        while_inside = await is_let_in(engine, comes)

    assert while_inside is at_once
    assert await is_let_in(engine, comes)


async def test_a_reader_passes_every_writer_and_reads_of_one_moment(engine: AsyncEngine) -> None:
    count = text("SELECT count(*) FROM rule_bound")
    add = text("INSERT INTO rule_bound (rule, lowest, highest) VALUES ('spam', 1, 2)")

    async with reader_of(engine).connect() as reading:
        before = (await reading.execute(count)).scalar_one()
        async with engine.execution_options(**{WRITES: True}).begin() as writing:
            await writing.execute(add)
        after = (await reading.execute(count)).scalar_one()

    assert (before, after) == (0, 0)
    assert await told(engine, count.text) == "1"


async def test_a_reader_cannot_write_and_the_connection_can_again_afterwards(engine: AsyncEngine) -> None:
    add = text("INSERT INTO rule_bound (rule, lowest, highest) VALUES ('spam', 1, 2)")

    with pytest.raises(DBAPIError, match="read-only"):
        async with reader_of(engine).begin() as reading:
            await reading.execute(add)
    async with engine.execution_options(**{WRITES: True}).begin() as writing:
        await writing.execute(add)

    assert await told(engine, "SELECT count(*) FROM rule_bound") == "1"


async def test_a_connection_that_the_server_ended_is_replaced(engine: AsyncEngine) -> None:
    first = await told(engine, "SELECT pg_backend_pid()")
    other = open_engine(engine.url.render_as_string(hide_password=False))
    await told(other, f"SELECT pg_terminate_backend({first}, 5000)")
    await other.dispose()

    assert await told(engine, "SELECT pg_backend_pid()") != first


async def test_paths_are_in_the_order_of_their_signs_whatever_the_language_of_the_database(
    engine: AsyncEngine,
) -> None:
    query = (
        "SELECT collation_name FROM information_schema.columns"
        " WHERE table_name = 'message' AND column_name = 'path'"
    )

    assert await told(engine, query) == "C"


async def test_what_stood_in_the_way_is_not_quoted(engine: AsyncEngine) -> None:
    add = text("INSERT INTO rule_bound (rule, lowest, highest) VALUES ('quiet heron', 1, 2)")

    with pytest.raises(DBAPIError, match="pk_rule_bound") as caught:  # noqa: PT012 - a transaction is a block
        async with engine.execution_options(**{WRITES: True}).begin() as writing:
            await writing.execute(add)
            await writing.execute(add)

    assert "quiet heron" not in str(caught.value.orig)
    assert "quiet heron" not in str(caught.value).partition("[SQL")[0]


async def test_both_kinds_open_without_connecting() -> None:
    file, server = open_engine("sqlite+aiosqlite://"), open_engine("postgresql+psycopg://nobody@192.0.2.1/x")

    assert (is_sqlite(file), is_sqlite(server)) == (True, False)
    await file.dispose()
    await server.dispose()
