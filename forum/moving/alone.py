"""Alone: a database is opened so that nobody else uses it meanwhile, or it is said that somebody does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, MetaData, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from forum.engines import WRITES, is_sqlite, open_engine
from forum.migrations.running import current, latest

LEAVING_SECONDS = 10.0
"""How long others may take to leave: the server notices late that a process was killed."""
LOOKS_EVERY = 0.2
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'waypost' AND pid <> pg_backend_pid()"
)


class CannotMove(ValueError):
    """A database cannot be moved; the words say why, and what to do."""


def opened_alone(url: str) -> AsyncEngine:
    """Return an engine that has a SQLite file for itself; ValueError for an address of no use.

    One connection after the other may be made with it, never two at once.
    """
    engine = open_engine(url)
    if is_sqlite(engine):
        event.listen(engine.sync_engine, "connect", _alone, insert=True)
    return engine


def _alone(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    # Whoever has the file open keeps a lock on it, so this fails then, at the first statement
    # (https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory).
    cursor = connection.cursor()
    cursor.execute("PRAGMA locking_mode=EXCLUSIVE")
    cursor.close()
    # A text may hold bytes that are no text: they are told as such, and not as a row that cannot be read.
    connection.driver_connection.text_factory = lambda told: told.decode("utf-8", "surrogateescape")


def refuse_the_same(source: str, target: str) -> None:
    """Raise CannotMove where there is no source, or both are one database."""
    first, second = (make_url(url) for url in (source, target))
    if first.drivername.startswith("sqlite") and not Path(first.database or "").is_file():
        raise CannotMove("There is no database to move: FROM names a file that does not exist.")
    if first.drivername == second.drivername == "sqlite+aiosqlite":
        same = Path(first.database or "").resolve() == Path(second.database or "").resolve()
    else:
        same = _place(first) == _place(second)
    if same:
        raise CannotMove("FROM and TO are the same database.")


def _place(address: URL) -> tuple[object, ...]:
    host = address.query.get("host") or address.host
    return address.get_backend_name(), host, address.port, address.database


async def revision_of(engine: AsyncEngine, name: str) -> str | None:
    """Return the migration that a database is at; CannotMove where it does not answer, or is in use."""
    try:
        return await current(engine)
    except (DBAPIError, OSError) as error:
        raise _why(error, name) from None


async def require_latest(engine: AsyncEngine, name: str) -> None:
    """Raise CannotMove unless the database has the tables of this version of the program."""
    found = await revision_of(engine, name)
    if found != latest():
        raise CannotMove(
            f"{name} is at migration {found or 'none'}, and {latest()} is needed. "
            "Run `waypost migrate` with DATABASE_URL set to it, and try again."
        )


@asynccontextmanager
async def held_still(engine: AsyncEngine, tables: MetaData) -> AsyncIterator[AsyncConnection]:
    """Give a connection on which the database is read, while nobody can write to it; CannotMove if in use."""
    async with engine.execution_options(**{WRITES: True}).connect() as connection:
        try:
            await _lock(connection, tables)
        except DBAPIError as error:
            raise _why(error, "FROM") from None
        yield connection


async def _lock(connection: AsyncConnection, tables: MetaData) -> None:
    if connection.dialect.name == "sqlite":
        await connection.execute(text("SELECT 1"))  # the transaction begins, as a writer's
        return
    await refuse_others(connection, "FROM")
    names = ", ".join(f'"{table.name}"' for table in tables.sorted_tables)
    await connection.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        await connection.execute(text(f"SET LOCAL {limit} = 0"))


async def refuse_others(connection: AsyncConnection, name: str) -> None:
    """Raise CannotMove where processes of a site are connected with a PostgreSQL database, and stay so."""
    left = LEAVING_SECONDS
    while (await connection.execute(OTHERS)).scalar_one():
        if left <= 0:
            raise _in_use(name)
        await asyncio.sleep(LOOKS_EVERY)
        left -= LOOKS_EVERY


def _in_use(name: str) -> CannotMove:
    return CannotMove(f"{name} is in use. Stop every process of the site that uses it, and try again.")


def _why(error: Exception, name: str) -> CannotMove:
    told = str(getattr(error, "orig", ""))
    if "database is locked" in told or "lock timeout" in told:
        return _in_use(name)
    return CannotMove(f"{name} does not answer as it should ({type(error).__name__}). Check its address.")
