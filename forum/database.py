"""The database: one engine, short reads, and transactions that record facts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from uuid import UUID
from weakref import WeakValueDictionary

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.orm.session import JoinTransactionMode
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.engines import WRITES, begun, is_sqlite, open_engine, reader_of
from forum.facts import Fact
from forum.group_commit import GroupCommit

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
AT_ONE_PLACE = 2
"""How many of them write to one place: one holds its row, the next gets ready. More would only wait."""


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

    def __init__(self, session: AsyncSession, facts: list[Fact]) -> None:
        self.session = session
        self.facts = facts

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
        self._glancer = reader_of(self.engine, brief=True)
        self._react = react
        self._announce = announce
        self._group = GroupCommit(partial(begun, self.engine))
        self._writers = asyncio.Semaphore(WRITERS)
        self._places = WeakValueDictionary[UUID, asyncio.Semaphore]()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A short read of one moment; nothing can be written through it, or is not kept."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncSession]:
        """A read of a few rows, each found by an index: on SQLite it is done at once, not in a thread."""
        async with AsyncSession(self._glancer, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self, of: UUID | None = None, at: UUID | None = None) -> AsyncIterator[Transaction]:
        """Write and commit, while nobody else writes; on an error nothing is kept and nothing is told.

        `of` is the member who briefly writes what only they themselves could come in their own way with, and
        the locks on rows see to the rest. On SQLite such writers share a commit; on PostgreSQL they may write
        at the same time, and `at` is the place whose row all but two would wait for: those wait before
        they take a connection. A writer who is cancelled after their last line may still find it kept.
        """
        way = self._on_sqlite(of) if is_sqlite(self.engine) else self._on_postgresql(of, at)
        async with way as done:
            yield done
            await self._react_to_all(done)
            await done.session.commit()

    @asynccontextmanager
    async def _on_sqlite(self, of: UUID | None) -> AsyncIterator[Transaction]:
        facts: list[Fact] = []
        told = partial(self._announce, facts)
        async with self._group.turn(told, shared=of is not None) as entry:
            # The session of whoever is first leaves the commit to the group; others have a savepoint each.
            mode: JoinTransactionMode = "rollback_only" if entry.first else "create_savepoint"
            session = AsyncSession(entry.connection, join_transaction_mode=mode, expire_on_commit=False)
            async with session:
                yield Transaction(session, facts)

    @asynccontextmanager
    async def _on_postgresql(self, of: UUID | None, at: UUID | None) -> AsyncIterator[Transaction]:
        turn, writer = self._turn(at), AsyncSession(self.engine, expire_on_commit=False)
        async with turn, self._writers, writer as session:
            await session.connection(execution_options={WRITES: of or True})
            done = Transaction(session, [])
            yield done
        await self._announce(done.facts)

    def _turn(self, at: UUID | None) -> AbstractAsyncContextManager[None]:
        """Return what lets writers of a place in as they came; it is forgotten with the last of them."""
        if at is None:
            return nullcontext()
        turn = self._places.get(at)
        if turn is None:
            turn = self._places[at] = asyncio.Semaphore(AT_ONE_PLACE)
        return turn

    async def _react_to_all(self, done: Transaction) -> None:
        # A reaction may record further facts; they are appended and reached by the same loop.
        for fact in done.facts:
            await self._react(done, fact)

    async def aclose(self) -> None:
        """Close every connection, once what is being written is kept and told."""
        await self._group.aclose()
        await self.engine.dispose()
