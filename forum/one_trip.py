"""SQLite with one trip to another thread for each statement, and none at all for those that are brief."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from sqlite3 import Connection as Opened
from sqlite3 import connect
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")
CHUNK = 64
"""Rows that aiosqlite would give at a time; here all are given at once."""


class Trips(aiosqlite.Connection):
    """A connection with a thread of its own, which a statement enters once, with all its rows.

    aiosqlite enters it four times: for a cursor, to execute, to fetch and to close. Each waits for the
    interpreter's lock, up to 5 ms where another thread has it (`sys.getswitchinterval`). While `brief`,
    statements do not enter it at all, since finding a few rows by an index takes less than the trip. What
    waits for other processes or for the disk, BEGIN IMMEDIATE and COMMIT, is never brief.
    """

    brief: bool = False

    def cursor(self) -> Any:  # noqa: ANN401 - SQLAlchemy enters it, as it would the driver's own
        """Return what executes one statement after the other."""
        return Cursor(self)

    async def told(self, work: Callable[[Opened], T]) -> T:
        """Return what the work makes of the connection: in its thread, or here while brief."""
        if self.brief:
            return work(self._conn)
        done: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return done

    async def rollback(self) -> None:
        """Undo: nothing of it reaches the disk."""
        await self.told(Opened.rollback)


def open_trips(database: str, **how: Any) -> Trips:  # noqa: ANN401 - sqlite3's own
    """Return a connection, opened once it is awaited; its thread ends with the process at the latest."""
    opened = Trips(partial(connect, database, **how), CHUNK)
    opened._thread.daemon = True
    return opened


@dataclass(slots=True)
class Given:
    """What came of a statement."""

    rows: Sequence[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class Cursor:
    """Executes, and has all the rows at once, so that nothing is left to be fetched or closed."""

    arraysize = 1

    def __init__(self, connection: Trips) -> None:
        self._connection = connection
        self._given = Given((), None, -1, None)

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> None:  # noqa: ANN401 - the driver's
        """Execute a statement and fetch its rows."""
        self._given = await self._connection.told(partial(_executed, statement, parameters))

    async def executemany(self, statement: str, parameters: Any) -> None:  # noqa: ANN401 - the driver's
        """Execute a statement once for each set of parameters."""
        self._given = await self._connection.told(partial(_executed_many, statement, parameters))

    async def fetchall(self) -> Sequence[Any]:
        """Return the rows."""
        return self._given.rows

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def description(self) -> Any:  # noqa: ANN401 - the driver's
        """The names of the columns; None where there are none."""
        return self._given.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 where none could be."""
        return self._given.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that was inserted last."""
        return self._given.lastrowid


def _executed(statement: str, parameters: Any, connection: Opened) -> Given:  # noqa: ANN401 - the driver's
    cursor = connection.execute(statement, parameters)
    rows = cursor.fetchall() if cursor.description else ()
    return Given(rows, cursor.description, cursor.rowcount, cursor.lastrowid)


def _executed_many(statement: str, parameters: Any, connection: Opened) -> Given:  # noqa: ANN401 - the driver's
    cursor = connection.executemany(statement, parameters)
    return Given((), cursor.description, cursor.rowcount, cursor.lastrowid)
