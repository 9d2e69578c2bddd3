"""Engines: how SQLite and PostgreSQL are opened, so that both let writers in one after the other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

from sqlalchemy import URL, Connection, ExceptionContext, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from forum.one_trip import Trips, open_trips

LOOKS_LIKE = "sqlite+aiosqlite:///waypost.db or postgresql+psycopg://user@host/waypost"
DRIVERS = ("sqlite+aiosqlite", "postgresql+psycopg")
WRITES = "waypost_writes"
"""The option of a connection that writes: True, or the id of the member who does it beside others."""
BRIEF = "waypost_brief"
"""The option of a connection whose statements touch a few rows each: SQLite does them at once."""
UNHURRIED = "waypost_unhurried"
"""The option of a connection whose statements may take as long as they need."""
BUSY_MS = 5_000
LOCK_MS = 10_000
STATEMENT_MS = 30_000
IDLE_MS = 60_000
"""How long a transaction may stand still: a process that hangs must not keep everybody else waiting."""
POOL = {"pool_size": 20, "max_overflow": 0, "pool_timeout": 10, "pool_pre_ping": True}
GATE = 0x5741_5950
"""The advisory lock that every writer passes, by a number of our own: the letters WAYP."""


def is_sqlite(engine: AsyncEngine) -> bool:
    """Return whether the database is a file of this machine."""
    return engine.dialect.name == "sqlite"


def open_engine(url: str) -> AsyncEngine:
    """Return an engine for the address, not connected yet; ValueError for one of no use."""
    try:
        address = make_url(url)
        if address.drivername not in DRIVERS:
            raise ImportError
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        return _postgresql(address)
    except (SQLAlchemyError, ImportError):
        # The address itself may hold a password, so it is not repeated.
        raise ValueError(f"DATABASE_URL cannot be used. It looks like {LOOKS_LIKE}.") from None


def reader_of(engine: AsyncEngine, *, brief: bool = False) -> AsyncEngine:
    """Return the engine for reading: all that one transaction reads is of one moment, on both databases."""
    if is_sqlite(engine):
        return engine.execution_options(**{BRIEF: brief})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@asynccontextmanager
async def begun(engine: AsyncEngine, *, brief: bool) -> AsyncIterator[AsyncConnection]:
    """Begin to write, where no other process does; what is not committed at the end is undone."""
    async with engine.connect() as connection:
        await connection.execution_options(**{WRITES: True, BRIEF: brief})
        await connection.begin()
        yield connection


def _sqlite(address: URL) -> AsyncEngine:
    arguments = {"async_creator_fn": open_trips}
    # Errors must not quote what people wrote.
    engine = create_async_engine(address, hide_parameters=True, connect_args=arguments)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "reset", _reset_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # BEGIN is ours to say: see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged message survives a power cut
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A read that turns into a write can fail as busy at once; a writer says so at the start.
    options = connection.get_execution_options()
    tie = cast(Trips, connection.connection.driver_connection)
    tie.brief = brief = bool(options.get(BRIEF))
    if options.get(WRITES):
        tie.brief = False  # it may wait for other processes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")
    tie.brief = brief


def _reset_sqlite(connection: Any, _record: object, _state: object) -> None:  # noqa: ANN401 - any DBAPI's
    # After a COMMIT that failed, SQLAlchemy thinks the transaction over; SQLite is still in it.
    if connection.driver_connection.in_transaction:
        connection.rollback()


def _postgresql(address: URL) -> AsyncEngine:
    limits = {
        "timezone": "UTC",
        "lock_timeout": LOCK_MS,
        "statement_timeout": STATEMENT_MS,
        "idle_in_transaction_session_timeout": IDLE_MS,
    }
    told = [
        *(f"-c {name}={value}" for name, value in limits.items()),
        *address.normalized_query.get("options", ()),
    ]
    arguments = {"options": " ".join(told), "client_encoding": "utf8", "application_name": "waypost"}
    engine = create_async_engine(address, hide_parameters=True, connect_args=arguments, **POOL)
    event.listen(engine.sync_engine, "begin", _begin_postgresql)
    event.listen(engine.sync_engine, "handle_error", _quote_nobody)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    """Let a writer in: by itself, or beside those who write something else of their own.

    The lock ends with the transaction, and is the first that it takes: whoever waits here holds nothing that
    others wait for, so that no two can wait for each other. PostgreSQL lets nobody pass those who came first.
    """
    options = connection.get_execution_options()
    if options.get(UNHURRIED):
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    match options.get(WRITES):
        case UUID() as member:
            own = int.from_bytes(member.bytes[-8:], signed=True)
            taken = "SELECT pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s)"
            connection.exec_driver_sql(taken, (GATE, own))
        case writes if writes:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (GATE,))


def _quote_nobody(context: ExceptionContext) -> None:
    # PostgreSQL tells which value was in the way, and where: only what rule it broke may be told on.
    told, error = context.original_exception, context.sqlalchemy_exception
    primary = getattr(getattr(told, "diag", None), "message_primary", None)
    if error is not None and primary is not None:
        told.args = (primary,)
        error.args = (f"({type(told).__name__}) {primary}", *error.args[1:])
