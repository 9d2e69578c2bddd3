"""Claims about the migrations: they end at the models, and running them again or at once is harmless."""

import asyncio
import contextlib
import re
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from forum.engines import WRITES, is_sqlite
from forum.migrations.running import config, current, latest, migrate, tables
from forum.reactions import react
from forum.services import open_services
from tests.builders import Prepared, settings
from tests.postgres import Template

OLD_ACCOUNT = """
    INSERT INTO account (id, handle, handle_key, password_hash, role, time_zone, show_presence,
                         guidelines_version, created_at)
    VALUES ('{id}', '{handle}', '{handle}', '', 'member', 'UTC', 0, '1', '2026-01-01')
"""
OLD_SESSION = """
    INSERT INTO session (id, account_id, token_hash, label, created_at, last_seen_at)
    VALUES ('0', '0', 'x', '', '2026-01-01', '2026-01-01')
"""

BEFORE_JUDGEMENT = (
    """
    INSERT INTO account (id, handle, handle_key, handle_look, password_hash, role, time_zone, show_presence,
                         guidelines_version, created_at)
    VALUES ('1', 'Rowan', 'rowan', 'rowan', '', 'member', 'UTC', 0, '1', '2026-01-01')
    """,
    """
    INSERT INTO place (id, kind, name, about, last_seq, last_at, closed, slow_seconds, needs_facilitator,
                       created_at)
    VALUES ('2', 'room', 'Evening', '', 1, '2026-01-01', 0, 0, 0, '2026-01-01')
    """,
    """
    INSERT INTO message (id, place_id, author_id, nonce, is_opening, seq, depth, title, text, html, state,
                         version, created_at)
    VALUES ('3', '2', '1', '4', 0, 1, 0, '', 'Good morning.', '<p>Good morning.</p>', 'published', 2,
            '2026-01-01')
    """,
    """
    INSERT INTO recorded_finding (id, message_id, rule, outcome, lane, detail)
    VALUES ('5', '3', 'links', 10, 'conduct', '3 links from a new member')
    """,
    """
    INSERT INTO report (id, message_id, reporter_id, reason, text, created_at)
    VALUES ('6', '3', '1', 'other', 'Good morning.', '2026-01-01')
    """,
)
JUDGED = ("account", "place", "message", "recorded_finding", "report")
NEW_TABLES = {"care_alert", "rule_bound", "space_choice"}
BEFORE_THE_DESK = (
    """
    INSERT INTO message (id, place_id, author_id, nonce, is_opening, depth, title, text, html, state, version,
                         created_at, note)
    VALUES ('31', '2', '1', '41', 0, 0, '', 'Held.', '<p>Held.</p>', 'held', 1, '2026-01-02', '')
    """,
    """
    INSERT INTO message (id, place_id, author_id, nonce, revises_id, is_opening, depth, title, text, html,
                         state, version, created_at, note)
    VALUES ('32', '2', '1', '42', '3', 0, 0, '', 'Edit.', '<p>Edit.</p>', 'held', 1, '2026-01-03', '')
    """,
    """
    INSERT INTO message (id, place_id, author_id, nonce, is_opening, seq, depth, title, text, html, state,
                         version, created_at, note)
    VALUES ('33', '2', '1', '43', 0, 2, 0, '', 'Danger.', '<p>Danger.</p>', 'published', 2, '2026-01-04', '')
    """,
    """
    INSERT INTO message (id, place_id, author_id, nonce, is_opening, seq, depth, title, text, html, state,
                         version, created_at, note)
    VALUES ('34', '2', '1', '44', 0, 3, 0, '', 'Calm.', '<p>Calm.</p>', 'published', 2, '2026-01-05', '')
    """,
    "INSERT INTO recorded_finding (id, message_id, rule, outcome, lane, detail, label, kind, spans)"
    " VALUES ('51', '31', 'toxicity', 10, 'conduct', '', 'identity_attack', '', '')",
    "INSERT INTO recorded_finding (id, message_id, rule, outcome, lane, detail, kind, spans)"
    " VALUES ('52', '32', 'repeats', 10, 'conduct', '', '', '')",
    "INSERT INTO care_alert (id, message_id, opened_at) VALUES ('71', '31', '2026-01-06')",
    "INSERT INTO care_alert (id, message_id, opened_at) VALUES ('73', '33', '2026-01-04')",
    "INSERT INTO care_alert (id, message_id, opened_at, closed_at)"
    " VALUES ('74', '34', '2026-01-05', '2026-01-05')",
    "INSERT INTO ruling (id, message_id, moderator_id, outcome, reason, made_at)"
    " VALUES ('81', '34', '1', 'seen', '', '2026-01-05')",
)
WAITING = (
    "SELECT message_id, kind, lane, severity, rule, found_by, substr(CAST(opened_at AS VARCHAR(40)), 1, 10),"
    " place_id, account_id, version, stage FROM review_item WHERE closed_at IS NULL ORDER BY message_id"
)
ON_THE_DESK = (
    "INSERT INTO report (id, account_id, reporter_id, reason, kind, text, created_at)"
    " VALUES ('61', '1', '1', 'other', '', 'Rowan', '2026-01-07')",
    "INSERT INTO ruling (id, account_id, moderator_id, outcome, reason, made_at)"
    " VALUES ('82', '1', '1', 'renamed', '', '2026-01-07')",
)
OTHER_PROCESS = """
import asyncio, sys
from forum.database import Database
from forum.migrations.running import migrate, tables

tables()
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(migrate(Database(sys.argv[1], None, None).engine))
"""
"""Migrates as soon as it is told to: by then it has imported all that takes long."""
ZERO_IS_FALSE = """
    UPDATE pg_cast SET castcontext = 'a'
    WHERE castsource = CAST('integer' AS regtype) AND casttarget = CAST('boolean' AS regtype)
"""
"""Lets what is written here for SQLite be read by PostgreSQL too; it is of one database only."""
A_CARE_ALERT = "INSERT INTO care_alert (id, message_id, opened_at) VALUES ('7', '3', '2026-01-01')"


@pytest.fixture
def bare(empty: Prepared, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if isinstance(empty, Template):
        with empty.server.database() as url:
            yield url
    else:
        yield f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"


@contextlib.asynccontextmanager
async def engine_of(url: str) -> AsyncIterator[AsyncEngine]:
    services = open_services(settings(database_url=url), react)
    try:
        yield services.database.engine
    finally:
        await services.aclose()


async def rows(engine: AsyncEngine, query: str) -> list[tuple[object, ...]]:
    """Return what there is, with ids as short as they are written here."""
    async with engine.connect() as connection:
        found = (await connection.execute(text(query))).all()
    return [tuple(_short(value) for value in row) for row in found]


def _short(value: object) -> object:
    told = value.hex if isinstance(value, UUID) else value
    is_id = isinstance(told, str) and len(told) == 32 and told.startswith("0" * 20)
    return told.lstrip("0") if is_id and isinstance(told, str) else told


async def write(connection: AsyncConnection, *statements: str) -> None:
    """Run the statements, their short ids written in full, and whether something is so as 0 or 1."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(ZERO_IS_FALSE))
    for statement in statements:
        full = re.sub(r"'(\d{1,2})'", lambda found: f"'{found[1]:0>32}'", statement)
        await connection.execute(text(full))


def shape(connection: Connection) -> dict[str, object]:
    """Return every table with its columns and their types, its indexes and keys."""
    seen = inspect(connection)
    return {
        name: (
            [(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(name)],
            sorted(str(one["name"]) for one in (*seen.get_indexes(name), *seen.get_foreign_keys(name))),
        )
        for name in seen.get_table_names()
    }


@pytest.mark.everywhere
async def test_from_empty_to_head_equals_the_models(bare: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, tables()))

    async with engine_of(bare) as engine:
        before = await current(engine)
        await migrate(engine)

        async with engine.connect() as connection:
            assert await connection.run_sync(differences) == []
        assert before is None
        assert await current(engine) == latest() is not None


@pytest.mark.everywhere
async def test_migrating_again_changes_nothing(bare: str) -> None:
    async with engine_of(bare) as engine:
        await migrate(engine)
        async with engine.connect() as connection:
            made = await connection.run_sync(shape)
        await migrate(engine)

        async with engine.connect() as connection:
            assert await connection.run_sync(shape) == made


@pytest.mark.everywhere
async def test_two_at_once_in_one_process_make_one_schema(bare: str) -> None:
    async with engine_of(bare) as one, engine_of(bare) as other:
        await asyncio.gather(migrate(one), migrate(other))

        assert await current(one) == latest()
        assert await rows(one, "SELECT count(*) FROM alembic_version") == [(1,)]


@pytest.mark.everywhere
async def test_two_processes_at_once_make_one_schema(bare: str) -> None:
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OTHER_PROCESS, bare),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert other.stdout is not None
    ready = await other.stdout.readline()
    async with engine_of(bare) as engine:
        (_, said), _ = await asyncio.gather(other.communicate(b"go\n"), migrate(engine))

        assert (ready, other.returncode) == (b"ready\n", 0), said.decode()
        assert await rows(engine, "SELECT version_num FROM alembic_version") == [(latest(),)]


@pytest.mark.everywhere
async def test_an_empty_database_can_be_taken_down_and_brought_up_again(bare: str) -> None:
    async with engine_of(bare) as engine:
        await migrate(engine)
        async with engine.execution_options(**{WRITES: True}).begin() as connection:
            await connection.run_sync(_downgrade_to, "base")
            left = await connection.run_sync(shape)
        await migrate(engine)

        assert set(left) == {"alembic_version"}
        assert await current(engine) == latest()


@pytest.mark.everywhere
async def test_members_who_were_there_before_looks_were_compared_stay(bare: str) -> None:
    async with engine_of(bare) as engine:
        async with engine.execution_options(**{WRITES: True}).begin() as connection:
            await connection.run_sync(_upgrade_to, "0002")
            handles = ("modern", "modem", "Rowan")
            accounts = [OLD_ACCOUNT.format(id=n, handle=handle) for n, handle in enumerate(handles)]
            await write(connection, *accounts, OLD_SESSION)
        await migrate(engine)

        looks = [str(look) for (look,) in await rows(engine, "SELECT handle_look FROM account ORDER BY id")]
        assert looks[0] == "rnodern"
        assert looks[1].startswith("rnodern ")
        assert looks[2] == "rowan"
        assert await rows(engine, "SELECT count(*) FROM session") == [(1,)]


async def all_of(engine: AsyncEngine, names: Iterable[str]) -> dict[str, list[tuple[object, ...]]]:
    return {name: await rows(engine, f"SELECT * FROM {name}") for name in names}  # noqa: S608 - our own names


@pytest.mark.everywhere
async def test_what_was_there_before_the_judgement_stays_going_up_and_down_again(bare: str) -> None:
    async with engine_of(bare) as engine:
        writing = engine.execution_options(**{WRITES: True})
        async with writing.begin() as connection:
            await connection.run_sync(_upgrade_to, "0003")
            await write(connection, *BEFORE_JUDGEMENT)
        before = await all_of(engine, JUDGED)
        await migrate(engine)
        news = await rows(
            engine,
            "SELECT account.nudges, message.note, report.kind, recorded_finding.kind, recorded_finding.spans"
            " FROM account, message, report, recorded_finding",
        )
        async with writing.begin() as connection:
            await write(connection, A_CARE_ALERT)
            await connection.run_sync(_downgrade_to, "0003")
            left = set(await connection.run_sync(shape)) & NEW_TABLES
        after = await all_of(engine, JUDGED)
        await migrate(engine)

        assert await current(engine) == latest()
        assert await broken_keys(engine) == []
    assert news == [(1, "", "", "", "")]
    assert all(len(kept) == 1 for kept in before.values())
    assert after == before
    assert left == set()


async def broken_keys(engine: AsyncEngine) -> list[tuple[object, ...]]:
    """Return what points at nobody; PostgreSQL lets nothing do that at any time."""
    return await rows(engine, "PRAGMA foreign_key_check") if is_sqlite(engine) else []


@pytest.mark.everywhere
async def test_what_waited_before_the_desk_is_an_item_and_going_down_keeps_what_was_there(bare: str) -> None:
    names = (*JUDGED, "care_alert", "ruling")
    async with engine_of(bare) as engine:
        writing = engine.execution_options(**{WRITES: True})
        async with writing.begin() as connection:
            await connection.run_sync(_upgrade_to, "0003")
            await write(connection, *BEFORE_JUDGEMENT)
            await connection.run_sync(_upgrade_to, "0004")
            await write(connection, *BEFORE_THE_DESK)
        before = await all_of(engine, names)
        await migrate(engine)
        waiting = await rows(engine, WAITING)
        async with writing.begin() as connection:
            await write(connection, *ON_THE_DESK)
            await connection.run_sync(_downgrade_to, "0004")
        after = await all_of(engine, names)
        await migrate(engine)

        assert await rows(engine, WAITING) == waiting
        assert await broken_keys(engine) == []
    assert waiting == [
        ("3", "reported", 1, 1, "other", "person", "2026-01-01", "2", "1", 1, "new"),
        ("31", "care", 0, 4, "care", "machine", "2026-01-02", "2", "1", 1, "new"),
        ("32", "edit", 1, 0, "repeats", "machine", "2026-01-03", "2", "1", 1, "new"),
        ("33", "care", 0, 4, "care", "machine", "2026-01-04", "2", "1", 1, "new"),
    ]
    assert {name: sorted(map(str, kept)) for name, kept in after.items()} == {
        name: sorted(map(str, kept)) for name, kept in before.items()
    }


def _downgrade_to(connection: Connection, revision: str) -> None:
    ours = config()
    ours.attributes["connection"] = connection
    command.downgrade(ours, revision)


def _upgrade_to(connection: Connection, revision: str) -> None:
    ours = config()
    ours.attributes["connection"] = connection
    command.upgrade(ours, revision)


@pytest.mark.everywhere
async def test_a_migration_that_breaks_halfway_leaves_the_database_as_it_was(bare: str) -> None:
    async with engine_of(bare) as engine:
        async with engine.execution_options(**{WRITES: True}).begin() as connection:
            await connection.execute(text("CREATE TABLE message (in_the_way TEXT)"))
        with pytest.raises(DBAPIError):
            await migrate(engine)

        async with engine.connect() as connection:
            assert set(await connection.run_sync(shape)) == {"message"}


def test_every_table_and_constraint_has_a_name_so_that_later_migrations_can_drop_it() -> None:
    unnamed = [
        (table.name, type(constraint).__name__)
        for table in tables().tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]

    assert "account" in tables().tables
    assert unnamed == []
