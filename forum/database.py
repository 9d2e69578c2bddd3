"""The database: one engine, short reads, and transactions that record facts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.engines import WRITES, is_sqlite, open_engine, reader_of
from forum.facts import Fact

# Alembic's batch mode on SQLite can only drop a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Counter = BigInteger().with_variant(Integer, "sqlite")
"""What counts without end, in 64 bits; SQLite's INTEGER has as many by itself."""
WRITERS = 8
"""How many connections of one process write to PostgreSQL, or wait to: the others are left to readers."""


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
        self.engine = open_engine(url)
        self._reader = reader_of(self.engine)
        self._react = react
        self._announce = announce
        # SQLite has one writer. Waiting for it here is first come, first served; its own busy loop is not.
        self._writers = asyncio.Semaphore(1 if is_sqlite(self.engine) else WRITERS)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A short read of one moment; nothing can be written through it, or is not kept."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self, of: UUID | None = None) -> AsyncIterator[Transaction]:
        """Write and commit, while nobody else writes; on an error nothing is kept and nothing is told.

        `of` is the member who writes where only they themselves could come in their own way, and the locks on
        rows see to the rest: on PostgreSQL, others who write so may do it at the same time.
        """
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._writers)
            session = await stack.enter_async_context(AsyncSession(self.engine, expire_on_commit=False))
            await session.connection(execution_options={WRITES: of or True})
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
