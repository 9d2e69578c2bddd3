"""Claims about `waypost audit`: it says what is wrong and where, and prints what to write down."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import structlog
from typer.testing import CliRunner

from forum.__main__ import cli
from forum.audit.commands import line, summary
from forum.audit.tables import AuditEntry
from forum.audit.verifying import Verified
from tests.builders import opened_community


async def sign_up(prepared_database: Path, folder: Path) -> UUID:
    """Leave a database with one member in the folder."""
    async with opened_community(prepared_database, folder) as community:
        return (await community.member("Rowan")).id


@pytest.fixture
def rowan(tmp_path: Path, prepared_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UUID]:
    """The only member of a community whose database is in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///a.db")
    monkeypatch.setenv("SCORER_URL", "lexicon:")
    account_id = asyncio.run(sign_up(prepared_database, tmp_path))
    next(tmp_path.glob("*.db")).rename(tmp_path / "a.db")
    yield account_id
    structlog.reset_defaults()  # the command sends log lines to a stream that is closed by now


def waypost(*words: str) -> tuple[int, list[str]]:
    """Run the command in this process; the lines that it prints on both streams."""
    result = CliRunner().invoke(cli, words)
    return result.exit_code, result.output.splitlines()


def tamper(query: str) -> None:
    with closing(sqlite3.connect("a.db")) as connection, connection:
        connection.execute(query)


@pytest.fixture
def appointed(rowan: UUID) -> UUID:
    """The member, who was made a mentor, then a moderator, from the command line."""
    assert waypost("appoint", "Rowan", "mentor")[0] == 0
    assert waypost("appoint", "Rowan", "moderator")[0] == 0
    return rowan


@pytest.mark.usefixtures("rowan")
def test_an_empty_log_is_said_to_be_empty() -> None:
    assert waypost("audit", "verify") == (0, ["The log is empty."])
    assert waypost("audit", "show") == (0, [])


@pytest.mark.usefixtures("appointed")
def test_a_whole_log_is_counted_and_its_last_hash_can_be_held_against_a_later_run() -> None:
    code, (told, advice) = waypost("audit", "verify")
    ends = told.rpartition(" ")[2]
    later = waypost("audit", "verify", "--known", ends)
    other = waypost("audit", "verify", "--known", f"1:{'f' * 64}")

    assert code == 0
    assert told.startswith("2 entries, each as it was written. The log ends with 2:")
    assert "--known" in advice
    assert later == (0, [told, advice])
    assert other == (
        1,
        [
            "NO  entry 1 is not the one whose hash was written down",
            "2 entries read: 1 thing is not as written.",
        ],
    )


@pytest.mark.usefixtures("appointed")
def test_what_is_wrong_is_said_with_its_place_and_ends_with_one() -> None:
    tamper("UPDATE audit_entry SET details = '{}' WHERE seq = 1")
    tamper("UPDATE audit_head SET seq = 4")

    assert waypost("audit", "verify") == (
        1,
        [
            "NO  entry 1 was changed",
            "NO  entries 3 to 4 are missing",
            "2 entries read: 2 things are not as written.",
        ],
    )


@pytest.mark.parametrize("known", ["17", f"x:{'f' * 64}", f"17:{'F' * 64}", f"17:{'f' * 63}"])
@pytest.mark.usefixtures("rowan")
def test_what_was_written_down_must_look_like_what_was_printed(known: str) -> None:
    code, lines = waypost("audit", "verify", "--known", known)

    assert code == 2
    assert any("It looks like 17:5f3a" in line for line in lines)


def test_the_last_entries_are_shown_the_newest_at_the_end(appointed: UUID) -> None:
    _, both = waypost("audit", "show")
    _, last = waypost("audit", "show", "--limit", "1")
    _, roles = waypost("audit", "show", "--act", "role")
    _, rulings = waypost("audit", "show", "--act", "ruling")

    assert [told[0] for told in both] == ["1", "2"]
    assert both[0].endswith(f'role  account:{appointed}  by -  {{"from":"member","to":"mentor"}}')
    assert last == both[1:]
    assert roles == both
    assert rulings == []


def test_an_entry_is_one_line_with_its_moment_and_who_it_was() -> None:
    at = datetime(2026, 11, 22, 18, 0, 9, 5, tzinfo=UTC)
    entry = AuditEntry(
        seq=3, at=at, actor_id=UUID(int=1), act="role", subject="policy", details="{}", previous="", hash=""
    )

    assert line(entry) == f"3  2026-11-22T18:00:09Z  role  policy  by account:{UUID(int=1)}  {{}}"


def test_one_entry_is_not_counted_as_several() -> None:
    assert summary(Verified(1, 1, "f", 0))[0] == "1 entry, each as it was written. The log ends with 1:f"
    assert summary(Verified(1, 1, "f", 1)) == ["1 entry read: 1 thing is not as written."]


@pytest.mark.usefixtures("rowan")
def test_no_table_yet_is_said_in_plain_words() -> None:
    Path("a.db").unlink()

    code, lines = waypost("audit", "verify")

    assert code == 1
    assert lines[-1].endswith("Run: waypost doctor")
