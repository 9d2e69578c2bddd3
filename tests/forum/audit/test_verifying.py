"""Claims about verifying: whatever somebody changes in the log behind our back is found, in its place."""

import asyncio
import gc
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from forum.audit.chain import Fault, Kind
from forum.audit.recording import Act, record, seal
from forum.audit.tables import AuditEntry
from forum.audit.verifying import BATCH, Known, Verified, verify
from forum.database import Database
from tests.builders import Community, share_statements
from tests.postgres import Template

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SOME = settings(max_examples=25)


@dataclass
class Log:
    """A log that somebody may tamper with."""

    database: Database
    told: list[Fault] = field(default_factory=list)

    async def append(self, *acts: Act) -> None:
        """Record acts in one transaction."""
        async with self.database.transaction() as tx:
            for act in acts:
                await record(tx, act)

    async def grow(self, entries: int) -> None:
        """Append so many entries."""
        acts = [
            Act(AT + timedelta(minutes=n), None, "role", f"account:{n}", {"n": n}) for n in range(entries)
        ]
        await self.append(*acts)

    def tamper(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Do to the file what anybody who can write to it could."""
        with closing(sqlite3.connect(self.database.url.partition("///")[2])) as connection, connection:
            return connection.execute(query, values).fetchall()

    async def verified(self, known: Known | None = None, batch: int = 3) -> Verified:
        """Verify; what is wrong is in `told`."""
        self.told.clear()
        return await verify(self.database, self.told.append, known, batch)


Prepared = tuple[Path, Path]


@pytest.fixture(scope="session")
def prepared(prepared_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An empty database, and where copies of it may be made."""
    return prepared_database, tmp_path_factory.mktemp("logs")


async def ignore(*_: object) -> None:
    """React to nothing, tell nobody."""


@asynccontextmanager
async def log_at(url: str) -> AsyncIterator[Log]:
    """Open the log of a database."""
    log = Log(Database(url, ignore, ignore))
    share_statements(log.database)
    try:
        yield log
    finally:
        await log.database.aclose()


@asynccontextmanager
async def opened(prepared: Prepared, entries: int = 0) -> AsyncIterator[Log]:
    """Open a log of its own with so many entries."""
    empty, folder = prepared
    grown = folder / f"{entries}-entries.db"
    if not grown.exists():
        shutil.copy(empty, folder / "growing.db")
        async with log_at(f"sqlite+aiosqlite:///{folder / 'growing.db'}") as growing:
            await growing.grow(entries)
        (folder / "growing.db").rename(grown)
    async with log_at(f"sqlite+aiosqlite:///{shutil.copy(grown, folder / f'{uuid4()}.db')}") as log:
        yield log


names = st.text(max_size=8)
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | names
acts = st.builds(
    Act,
    st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.none() | st.uuids(),
    st.sampled_from(["role", "ruling", "bounds"]),
    st.uuids().map(lambda id_: f"account:{id_}"),
    st.dictionaries(names, plain, max_size=4),
)


@given(st.lists(st.lists(acts, max_size=4), max_size=4), st.integers(1, 5))
@SOME
async def test_any_log_verifies(prepared: Prepared, transactions: list[list[Act]], batch: int) -> None:
    async with opened(prepared) as log:
        for one in transactions:
            await log.append(*one)
        told = await log.verified(batch=batch)
        rows = log.tamper("SELECT seq, hash FROM audit_entry ORDER BY seq DESC")

    entries = sum(map(len, transactions))
    assert log.told == []
    assert told == Verified(entries, entries, rows[0][1] if rows else "", 0)


CHANGES: dict[str, list[object]] = {
    "at": ["2026-11-22 18:00:00.000001", "1999-01-01 00:00:00.000000", "some day", "", b"\xff"],
    "actor_id": [uuid4().hex, "nobody", ""],
    "act": ["ruling", "", b"\xff"],
    "subject": ["account:8", "", "a" * 5_000, b"\xff"],
    "details": ["{}", '{"n": 1}', "", b"\xff"],
    "previous": ["", "f" * 64],
    "hash": ["", "f" * 64],
}


@st.composite
def changed(draw: st.DrawFn) -> tuple[int, int, str, object]:
    """Return how many entries, which one is changed, and which field to what."""
    entries = draw(st.integers(1, 8))
    name = draw(st.sampled_from(sorted(CHANGES)))
    return entries, draw(st.integers(1, entries)), name, draw(st.sampled_from(CHANGES[name]))


@given(changed(), st.booleans())
@settings(max_examples=60)
async def test_any_change_of_any_field_is_found_where_it_is(
    prepared: Prepared, change: tuple[int, int, str, object], as_text: bool
) -> None:
    entries, seq, name, value = change
    cast = "CAST(? AS TEXT)" if as_text else "?"
    async with opened(prepared, entries) as log:
        log.tamper(f"UPDATE audit_entry SET {name} = {cast} WHERE seq = ?", value, seq)  # noqa: S608
        told = await log.verified()

    really = (name, value, seq) != ("previous", "", 1)
    assert log.told == ([Fault(Kind.CHANGED, seq, seq)] if really else [])
    assert told.entries == entries


@given(st.integers(1, 8), st.data())
@SOME
async def test_another_number_is_found_where_the_entry_is_missing_and_where_it_stands(
    prepared: Prepared, entries: int, data: st.DataObject
) -> None:
    seq = data.draw(st.integers(1, entries))
    new = data.draw(st.integers(-3, 0) | st.integers(entries + 1, entries + 3))
    async with opened(prepared, entries) as log:
        log.tamper("UPDATE audit_entry SET seq = ? WHERE seq = ?", new, seq)
        await log.verified()

    stands = Fault(Kind.FOREIGN if new < 1 else Kind.PAST_END, new, new)
    assert set(log.told) == {Fault(Kind.MISSING, seq, seq), stands}


@given(st.integers(1, 8), st.data())
@SOME
async def test_any_deletion_is_found_where_it_is(
    prepared: Prepared, entries: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, entries))
    last = data.draw(st.integers(first, entries))
    async with opened(prepared, entries) as log:
        log.tamper("DELETE FROM audit_entry WHERE seq BETWEEN ? AND ?", first, last)
        told = await log.verified()

    assert log.told == [Fault(Kind.MISSING, first, last)]
    assert told.entries == entries - (last - first + 1)


@given(st.integers(2, 8), st.data())
@SOME
async def test_any_two_entries_that_changed_places_are_found_and_where_they_were(
    prepared: Prepared, entries: int, data: st.DataObject
) -> None:
    one = data.draw(st.integers(1, entries - 1))
    other = data.draw(st.integers(one + 1, entries))
    async with opened(prepared, entries) as log:
        for now, new in ((one, -1), (other, one), (-1, other)):
            log.tamper("UPDATE audit_entry SET seq = ? WHERE seq = ?", new, now)
        await log.verified()

    assert log.told == [Fault(Kind.MOVED, one, one, other), Fault(Kind.MOVED, other, other, one)]


@given(st.integers(1, 8), st.data())
@SOME
async def test_an_entry_that_is_rewritten_with_its_hash_is_found_where_it_is(
    prepared: Prepared, entries: int, data: st.DataObject
) -> None:
    seq = data.draw(st.integers(1, entries))
    async with opened(prepared, entries) as log:
        async with log.database.reading() as session:
            entry = await session.get_one(AuditEntry, seq)
        entry.subject = "account:elsewhere"
        forged = (entry.subject, seal(entry), seq)
        log.tamper("UPDATE audit_entry SET subject = ?, hash = ? WHERE seq = ?", *forged)
        await log.verified()

    assert log.told == [Fault(Kind.OTHER_END if seq == entries else Kind.CHANGED, seq, seq)]


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("UPDATE audit_head SET seq = 9", [Fault(Kind.MISSING, 6, 9)]),
        ("UPDATE audit_head SET seq = 3", [Fault(Kind.OTHER_END, 3, 3), Fault(Kind.PAST_END, 4, 5)]),
        ("UPDATE audit_head SET hash = ''", [Fault(Kind.OTHER_END, 5, 5)]),
        ("UPDATE audit_head SET id = 2", [Fault(Kind.NO_END, 5, 5)]),
        ("DELETE FROM audit_head", [Fault(Kind.NO_END, 5, 5)]),
        ("DELETE FROM audit_entry", [Fault(Kind.MISSING, 1, 5)]),
    ],
)
async def test_an_end_that_was_forged_or_cut_off_is_found(
    prepared: Prepared, query: str, faults: list[Fault]
) -> None:
    async with opened(prepared, 5) as log:
        log.tamper(query)
        told = await log.verified()

    assert log.told == faults
    assert told.faults == len(faults)


@pytest.mark.everywhere
@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("UPDATE audit_entry SET act = 'x' WHERE seq = 3", [Fault(Kind.CHANGED, 3, 3)]),
        ("UPDATE audit_entry SET at = '9999-12-31 23:59:59' WHERE seq = 3", [Fault(Kind.CHANGED, 3, 3)]),
        ("DELETE FROM audit_entry WHERE seq = 2", [Fault(Kind.MISSING, 2, 2)]),
        ("UPDATE audit_head SET seq = 9", [Fault(Kind.MISSING, 8, 9)]),
        ("UPDATE audit_head SET hash = ''", [Fault(Kind.OTHER_END, 7, 7)]),
    ],
)
async def test_on_every_database_a_whole_log_verifies_and_a_change_shows(
    community: Community, query: str, faults: list[Fault]
) -> None:
    log = Log(community.services.database)
    await log.grow(7)
    whole = await log.verified()
    async with log.database.engine.begin() as connection:
        await connection.execute(text(query))
    await log.verified()

    assert (whole.entries, whole.seq, whole.faults) == (7, 7, 0)
    assert log.told == faults


async def test_a_moment_past_all_years_is_no_moment_either(prepared_postgresql: Template) -> None:
    with prepared_postgresql.copied() as url:
        async with log_at(url) as log:
            await log.grow(5)
            async with log.database.engine.begin() as connection:
                await connection.execute(text("UPDATE audit_entry SET at = 'infinity' WHERE seq = 3"))
            await log.verified()

    assert log.told == [Fault(Kind.CHANGED, 3, 3)]


async def test_several_faults_are_told_in_the_order_of_the_log(prepared: Prepared) -> None:
    async with opened(prepared, 30) as log:
        log.tamper("UPDATE audit_entry SET act = 'x' WHERE seq IN (4, 5, 17)")
        log.tamper("DELETE FROM audit_entry WHERE seq IN (8, 20, 21, 22, 30)")
        await log.verified(batch=BATCH)

    assert [str(fault) for fault in log.told] == [
        "entry 4 was changed",
        "entry 5 was changed",
        "entry 8 is missing",
        "entry 17 was changed",
        "entries 20 to 22 are missing",
        "entry 30 is missing",
    ]


async def test_a_hash_that_was_written_down_shows_what_the_chain_alone_cannot(prepared: Prepared) -> None:
    async with opened(prepared, 6) as log:
        known = Known(6, (await log.verified()).hash)
        held = await log.verified(known)
        log.tamper("DELETE FROM audit_entry WHERE seq > 4")
        log.tamper("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_entry WHERE seq = 4)")
        alone, cut_off = await log.verified(), await log.verified(known)
        told_of_the_cut = list(log.told)
        await log.grow(3)
        rewritten = await log.verified(known)

    assert (held.faults, alone.faults, cut_off.faults, rewritten.faults) == (0, 0, 1, 1)
    assert told_of_the_cut == [Fault(Kind.MISSING, 5, 6)]
    assert log.told == [Fault(Kind.NOT_AS_KNOWN, 6, 6)]


async def test_entries_that_are_appended_meanwhile_are_no_fault(prepared: Prepared) -> None:
    async with opened(prepared, 20) as log:

        async def append() -> None:
            for _ in range(10):
                await log.grow(1)

        told, again, _ = await asyncio.gather(log.verified(batch=1), log.verified(batch=1), append())
        afterwards = await log.verified()

    assert (told.faults, again.faults, afterwards.faults) == (0, 0, 0)
    assert told.entries >= 20
    assert afterwards.entries == 30


async def test_only_one_batch_is_held_at_a_time(prepared: Prepared) -> None:
    alive: list[int] = []

    def count(_fault: Fault) -> None:
        alive.append(sum(isinstance(one, AuditEntry) for one in gc.get_objects()))

    async with opened(prepared, 200) as log:
        log.tamper("UPDATE audit_entry SET act = 'x' WHERE seq % 40 = 0")
        gc.collect()
        gc.freeze()  # what is there already is not counted, which also takes a while
        await verify(log.database, count, batch=10)
        gc.unfreeze()

    assert len(alive) == 5
    assert 0 < max(alive) <= 30
