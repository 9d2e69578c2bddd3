"""Claims about being alone: a database that somebody uses is not moved, and nobody uses one that is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forum.engines import open_engine
from forum.migrations.running import tables
from forum.moving import alone
from forum.moving.alone import (
    CannotMove,
    held_still,
    opened_alone,
    refuse_others,
    refuse_the_same,
    require_latest,
    revision_of,
)
from tests.builders import opened_community
from tests.postgres import Server, Template

ADD = text("INSERT INTO rule_bound (rule, lowest, highest) VALUES ('spam', 1, 2)")


async def test_a_file_that_a_site_has_open_is_in_use(prepared_database: Path, tmp_path: Path) -> None:
    async with opened_community(prepared_database, tmp_path) as community:
        await community.member()
        engine = opened_alone(community.services.database.url)
        with pytest.raises(CannotMove, match="FROM is in use"):
            await revision_of(engine, "FROM")
        await engine.dispose()


async def test_nobody_reads_or_writes_a_file_that_is_held_still(
    prepared_database: Path, tmp_path: Path
) -> None:
    async with opened_community(prepared_database, tmp_path) as community:
        url = community.services.database.url
    engine = opened_alone(url)
    with closing(sqlite3.connect(url.partition("///")[2], timeout=0.1)) as other:
        async with held_still(engine, tables()) as connection:
            assert (await connection.execute(text("SELECT count(*) FROM account"))).scalar_one() == 0
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("SELECT count(*) FROM account")
        await engine.dispose()

        assert other.execute("SELECT count(*) FROM account").fetchall() == [(0,)]


async def test_a_server_with_a_site_on_it_is_in_use(
    prepared_postgresql: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "LEAVING_SECONDS", 0.1)
    with prepared_postgresql.copied() as url:
        site, engine = open_engine(url), opened_alone(url)
        async with site.connect() as connected:
            await connected.execute(text("SELECT 1"))
            async with engine.connect() as connection:
                with pytest.raises(CannotMove, match="TO is in use"):
                    await refuse_others(connection, "TO")
        await site.dispose()
        async with engine.connect() as connection:
            await refuse_others(connection, "TO")
        await engine.dispose()


async def test_nobody_writes_to_a_server_that_is_held_still_and_reading_goes_on(
    prepared_postgresql: Template,
) -> None:
    with prepared_postgresql.copied() as url:
        engine, other = opened_alone(url), open_engine(url)
        async with held_still(engine, tables()), other.begin() as connection:
            assert (await connection.execute(text("SELECT count(*) FROM account"))).scalar_one() == 0
            await connection.execute(text("SET LOCAL lock_timeout = 200"))
            with pytest.raises(DBAPIError, match="lock timeout"):
                await connection.execute(ADD)
        await engine.dispose()
        async with other.begin() as connection:
            await connection.execute(ADD)
        await other.dispose()


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("sqlite+aiosqlite:///gone.db", "sqlite+aiosqlite:///b.db", "a file that does not exist"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///./a.db", "the same database"),
        ("postgresql+psycopg://a@h:5432/x", "postgresql+psycopg://b:c@h:5432/x?sslmode=require", "the same"),
        ("postgresql+psycopg:///x?host=/run", "postgresql+psycopg:///x?host=/run", "the same"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.db").touch()

    with pytest.raises(CannotMove, match=why):
        refuse_the_same(source, target)


@pytest.mark.parametrize(
    "other", ["postgresql+psycopg://h/y", "postgresql+psycopg://i/x", "sqlite+aiosqlite://"]
)
def test_two_databases_are_not_taken_for_one(other: str) -> None:
    refuse_the_same("postgresql+psycopg://h/x", other)


async def test_another_version_and_no_database_at_all_are_told_apart(
    postgresql: Server, tmp_path: Path
) -> None:
    (tmp_path / "poem.db").write_text("Slowly, slowly, the river turns." * 40)
    with postgresql.database() as url:
        empty, poem = opened_alone(url), opened_alone(f"sqlite+aiosqlite:///{tmp_path / 'poem.db'}")
        with pytest.raises(CannotMove, match="FROM is at migration none"):
            await require_latest(empty, "FROM")
        with pytest.raises(CannotMove, match="FROM does not answer as it should") as caught:
            await require_latest(poem, "FROM")
        await empty.dispose()
        await poem.dispose()

    assert "poem" not in str(caught.value)
