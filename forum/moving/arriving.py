"""Arriving: the database that is moved to, and how far an unfinished move into it has come."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, delete, insert, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from forum.engines import UNHURRIED, WRITES, is_sqlite, reader_of
from forum.migrations.running import migrate
from forum.moving.alone import CannotMove, refuse_others, require_latest, revision_of
from forum.moving.keepable import kind_of
from forum.moving.reading import Advance, Key, Reader, key_in
from forum.moving.steps import Row, Step, key_of, steps_of
from forum.moving.sums import Sum

UNDER_WAY = Table(
    "move_under_way",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sums", Text, nullable=False),  # what is moved, by table: another source is another move
    Column("step", Integer, nullable=False),
    Column("after", Text, nullable=False),  # the key of the last row that this step has written, in JSON
)
"""One row, there as long as a move is unfinished; it changes in the transaction of what is written."""
ONLY = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a move has come: the step that is next, and the key that it goes on after."""

    step: int = 0
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The database that is moved to."""

    engine: AsyncEngine
    tables: MetaData

    async def prepare(self) -> None:
        """Bring an empty database up to date; CannotMove where it is another version's, or in use."""
        if await revision_of(self.engine, "TO") is None:
            if await self._names():
                raise CannotMove("TO is not empty: it holds other tables. Name an empty database.")
            await migrate(self.engine)
        await require_latest(self.engine, "TO")
        if not is_sqlite(self.engine):
            async with self.engine.connect() as connection:
                await refuse_others(connection, "TO")

    async def begin(self, sums: Mapping[str, Sum], *, anew: bool) -> Progress:
        """Return where to go on: at the start of an empty database, or where a move of the same broke off.

        CannotMove where anything else is there. With `anew`, what an unfinished one wrote goes first.
        """
        told = json.dumps({name: one.as_text() for name, one in sums.items()}, sort_keys=True)
        async with self._writing() as connection:
            found = await self._under_way(connection)
            if found and anew:
                await self._empty(connection)
                found = None
            if found is None:
                await self._start(connection, told)
                return Progress()
            if found.sums != told:
                raise CannotMove(
                    "TO holds an unfinished move, and FROM is not as it was when that began. "
                    "To throw that away and begin again: --anew"
                )
            return self._reached(found.step, found.after)

    async def write(self, step: Step, number: int, rows: Sequence[Row]) -> None:
        """Write rows, and that they are written, in one transaction; CannotMove where they cannot be."""
        after = json.dumps([str(part) for part in key_in(step.table, rows[-1])])
        try:
            async with self._writing() as connection:
                if values := step.values(rows):
                    await connection.execute(step.statement, values)
                await connection.execute(update(UNDER_WAY).values(step=number, after=after))
        except (IntegrityError, DataError) as error:
            raise CannotMove(
                f"Rows of {step.table.name} break a rule of TO ({type(error.orig).__name__}). None of them "
                "is written. If two texts became the same by --mend-text, change one of them in FROM."
            ) from None

    async def sums(self, advance: Advance) -> dict[str, Sum]:
        """Return what is there now, by table."""
        async with reader_of(self.engine).connect() as connection:
            reader = Reader(connection, self.engine.dialect)
            return {table.name: await reader.sum(table, advance) for table in self.tables.sorted_tables}

    async def finish(self) -> None:
        """Forget the move: what is there is a database like any other."""
        async with self._writing() as connection:
            await connection.run_sync(UNDER_WAY.drop)
            if not is_sqlite(self.engine):
                # Without figures about the new rows it would read whole tables for a while.
                await connection.execute(text("ANALYZE"))

    def _writing(self) -> Any:  # noqa: ANN401 - SQLAlchemy's own context manager
        # Passing the writers' gate also waits until a killed predecessor's last transaction is over.
        return self.engine.execution_options(**{WRITES: True, UNHURRIED: True}).begin()

    async def _names(self) -> list[str]:
        async with self.engine.connect() as connection:
            return await connection.run_sync(lambda sync: inspect(sync).get_table_names())

    async def _under_way(self, connection: AsyncConnection) -> Any:  # noqa: ANN401 - a row, or None
        if not await connection.run_sync(lambda sync: inspect(sync).has_table(UNDER_WAY.name)):
            return None
        return (await connection.execute(select(UNDER_WAY))).one_or_none()

    async def _start(self, connection: AsyncConnection, told: str) -> None:
        for table in self.tables.sorted_tables:
            if (await connection.execute(select(*key_of(table)).limit(1))).first():
                raise CannotMove(f"TO is not empty: {table.name} has rows. Name an empty database.")
        await connection.run_sync(lambda sync: UNDER_WAY.create(sync, checkfirst=True))
        await connection.execute(insert(UNDER_WAY).values(id=ONLY, sums=told, step=0, after=""))

    async def _empty(self, connection: AsyncConnection) -> None:
        for table in reversed(self.tables.sorted_tables):
            await connection.execute(delete(table))
        await connection.execute(delete(UNDER_WAY))

    def _reached(self, number: int, told: str) -> Progress:
        if not told:
            return Progress(number)
        kinds = map(kind_of, key_of(steps_of(self.tables)[number].table))
        return Progress(number, tuple(kind(part) for kind, part in zip(kinds, json.loads(told), strict=True)))


async def is_moved_halfway(engine: AsyncEngine) -> bool:
    """Return whether a move into the database is unfinished: a site on it would lack the rest."""
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: inspect(sync).has_table(UNDER_WAY.name))
