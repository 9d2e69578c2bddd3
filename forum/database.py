"""The database: one engine, short reads, and transactions that record facts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.facts import Fact

# Alembic's batch mode on SQLite can only drop a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_MS = 5_000
LOOKS_LIKE = "sqlite+aiosqlite:///waypost.db"
WRITES = "waypost_writes"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept and returned in UTC; SQLite by itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, whatever the database made of it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Transaction:
    """One write: its session, and the facts that will be told if it commits."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.facts: list[Fact] = []

    def record(self, fact: Fact) -> None:
        """Note what happened; reactions run before the commit, broadcasts after it."""
        self.facts.append(fact)


React = Callable[[Transaction, Fact], Awaitable[None]]
Announce = Callable[[Sequence[Fact]], Awaitable[None]]


class Database:
    """Opens sessions; only `transaction()` commits, and only what it recorded is announced."""

    def __init__(self, url: str, react: React, announce: Announce) -> None:
        self.url = url
        self.engine = _engine(url)
        self._react = react
        self._announce = announce
        # SQLite has one writer. Waiting for it here is first come, first served; its own busy loop is not.
        self._writer = asyncio.Lock() if self.engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A short read; nothing written through it is kept."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write and commit; on an error nothing is kept and nothing is told."""
        async with AsyncExitStack() as stack:
            if self._writer is not None:
                await stack.enter_async_context(self._writer)
            session = await stack.enter_async_context(AsyncSession(self.engine, expire_on_commit=False))
            await session.connection(execution_options={WRITES: True})
            done = Transaction(session)
            yield done
            await self._react_to_all(done)
            await session.commit()
        await self._announce(done.facts)

    async def _react_to_all(self, done: Transaction) -> None:
        # A reaction may record further facts; they are appended and reached by the same loop.
        for fact in done.facts:
            await self._react(done, fact)

    async def aclose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        engine = create_async_engine(url, hide_parameters=True)  # errors must not quote what people wrote
    except (SQLAlchemyError, ImportError):
        # The address itself may hold a password, so it is not repeated.
        raise ValueError(f"DATABASE_URL cannot be used. It looks like {LOOKS_LIKE}.") from None
    if engine.dialect.name == "sqlite":
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
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reset_sqlite(connection: Any, _record: object, _state: object) -> None:  # noqa: ANN401 - any DBAPI's
    # After a COMMIT that failed, SQLAlchemy thinks the transaction over; SQLite is still in it.
    if connection.driver_connection.in_transaction:
        connection.rollback()
