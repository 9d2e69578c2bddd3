"""Claims about SQLite's connection: one trip a statement, none while brief, and the driver's own answers."""

import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from forum.one_trip import Trips, open_trips

HERE = threading.get_ident
NUMBERS = "SELECT value AS number FROM json_each('[1, 2, 3]')"


@pytest.fixture
async def trips(tmp_path: Path) -> AsyncIterator[Trips]:
    """A connection to a new file, with a table of words."""
    opened = open_trips(str(tmp_path / "words.db"), check_same_thread=False, isolation_level=None)
    await opened
    await opened.cursor().execute("CREATE TABLE words (word TEXT UNIQUE)")
    yield opened
    await opened.close()


async def where(trips: Trips, statement: str) -> set[int]:
    """Return the threads that a statement was executed in, as SQLite itself sees them."""
    seen: set[int] = set()
    trips._conn.set_trace_callback(lambda _statement: seen.add(HERE()))
    await trips.cursor().execute(statement)
    trips._conn.set_trace_callback(None)
    return seen


async def test_a_statement_is_executed_apart_unless_it_is_brief(trips: Trips) -> None:
    apart = await where(trips, NUMBERS)
    trips.brief = True
    at_once = await where(trips, NUMBERS)

    assert len(apart) == 1
    assert HERE() not in apart
    assert at_once == {HERE()}


async def test_a_commit_is_never_brief_and_a_rollback_is(trips: Trips) -> None:
    seen: list[tuple[str, bool]] = []
    loop = HERE()
    trips.brief = True
    cursor = trips.cursor()
    for ending in (trips.commit, trips.rollback):
        await cursor.execute("BEGIN")
        await cursor.execute("INSERT INTO words VALUES (?)", (ending.__name__,))
        trips._conn.set_trace_callback(lambda told: seen.append((told.strip(), HERE() == loop)))
        await ending()
        trips._conn.set_trace_callback(None)
    await cursor.execute("SELECT word FROM words")

    assert seen == [("COMMIT", False), ("ROLLBACK", True)]
    assert await cursor.fetchall() == [("commit",)]


@pytest.mark.parametrize("brief", [False, True])
async def test_everything_is_given_as_the_driver_gives_it(trips: Trips, brief: bool) -> None:
    trips.brief = brief
    cursor = trips.cursor()
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE TABLE words (word TEXT UNIQUE)")
    for statement, many in (
        ("INSERT INTO words VALUES (?)", [("heron",), ("wren",), ("linnet",)]),
        ("UPDATE words SET word = upper(word) WHERE word > ? RETURNING word", ("i",)),
        ("SELECT word FROM words WHERE word = ?", ("nobody",)),
        ("DELETE FROM words WHERE word = ?", ("heron",)),
    ):
        if isinstance(many, list):
            await cursor.executemany(statement, many)
            other = plain.executemany(statement, many)
        else:
            await cursor.execute(statement, many)
            other = plain.execute(statement, many)
        rows = other.fetchall()

        assert cursor.description == other.description
        assert list(await cursor.fetchall()) == rows
        assert (cursor.rowcount, cursor.lastrowid) == (other.rowcount, other.lastrowid)
    plain.close()


@pytest.mark.parametrize("brief", [False, True])
async def test_an_error_is_the_drivers_own_and_the_connection_goes_on(trips: Trips, brief: bool) -> None:
    trips.brief = brief
    cursor = trips.cursor()
    await cursor.execute("INSERT INTO words VALUES ('heron')")

    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO words VALUES ('heron')")
    await cursor.execute("SELECT count(*) FROM words")

    assert await cursor.fetchall() == [(1,)]
