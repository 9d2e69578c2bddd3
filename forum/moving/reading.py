"""Reading: the rows of a table in the order of its key, so many at once, and what is wrong with them."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Table, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from forum.moving.alone import CannotMove
from forum.moving.keepable import fault_in, mended
from forum.moving.steps import Row, key_of
from forum.moving.sums import Sum

AT_ONCE = 1_000
"""Rows that are read, and written, at once: some 2 MB of messages."""
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
"""What SQLAlchemy's types raise for what is no moment, no id or no number."""

Key = tuple[Any, ...]
Advance = Callable[[int], None]
"""Told of so many rows more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that the other database cannot keep: where it is, and why; never the value."""

    table: str
    key: Key
    column: str
    why: str

    def __str__(self) -> str:
        """Return it in plain words."""
        return f"{self.table} {', '.join(map(str, self.key))}: {self.column} {self.why}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads whole tables on one connection; where `mends`, texts come as `kept` by the other kind can be."""

    connection: AsyncConnection
    kept: Dialect
    mends: bool = False
    at_once: int = AT_ONCE

    async def count(self, table: Table) -> int:
        """Return how many rows there are."""
        return int((await self.connection.execute(select(func.count()).select_from(table))).scalar_one())

    async def batches(self, table: Table, after: Key | None = None) -> AsyncIterator[list[Row]]:
        """Yield all rows after a key, in the order of their keys; CannotMove for one that cannot be read."""
        while rows := await self._next(table, after, self.at_once):
            after = key_in(table, rows[-1])
            yield [self._mended(table, row) for row in rows] if self.mends else rows

    async def sum(self, table: Table, advance: Advance) -> Sum:
        """Return the sum over a table that is known to be in order."""
        total = Sum()
        async for rows in self.batches(table):
            total = total.plus(rows)
            advance(len(rows))
        return total

    def faults(self, table: Table, rows: Sequence[Row]) -> Iterator[Fault]:
        """Yield what the other database cannot keep of these rows."""
        for row in rows:
            for column, value in zip(table.columns, row, strict=True):
                if why := fault_in(column, value, self.kept):
                    yield Fault(table.name, key_in(table, row), column.name, why)

    def _mended(self, table: Table, row: Row) -> Row:
        return [mended(column, value, self.kept) for column, value in zip(table.columns, row, strict=True)]

    async def _next(self, table: Table, after: Key | None, at_once: int) -> list[Row]:
        keys = key_of(table)
        query = select(table).order_by(*keys).limit(at_once)
        if after is not None:
            passed = [literal(value, key.type) for key, value in zip(keys, after, strict=True)]
            query = query.where(tuple_(*keys) > tuple_(*passed))
        try:
            return list((await self.connection.execute(query)).all())
        except UNREADABLE:
            if at_once > 1:
                # One after the other up to the one that is at fault, which the next call meets first.
                return await self._next(table, after, at_once // 2)
            place = f"the one after {', '.join(map(str, after))}" if after else "the first one"
            raise CannotMove(
                f"A row of {table.name} cannot be read: {place}, by its key. One of its values is no moment, "
                "id or number. Mend or delete it with the database's own program, and try again."
            ) from None


def key_in(table: Table, row: Row) -> Key:
    """Return the key of a row that has all columns of its table."""
    named = dict(zip(table.columns.keys(), row, strict=True))
    return tuple(named[column.name] for column in key_of(table))


async def dangling(connection: AsyncConnection) -> list[str]:
    """Return the tables of a SQLite file where something refers to what is not there."""
    if connection.dialect.name != "sqlite":
        return []
    found = await connection.exec_driver_sql("PRAGMA foreign_key_check")
    return sorted({str(row[0]) for row in found})
