"""Claims about the command: it says what was moved, or in plain words why nothing was."""

import re
import shutil
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from forum.__main__ import cli
from forum.moving.commands import summary
from forum.moving.sums import Sum
from tests.demonstrated import Demo
from tests.postgres import Server


def moving(*words: str) -> tuple[int, str]:
    """Run the command in this process; what it says on both streams."""
    result = CliRunner().invoke(cli, ["move-database", *words])
    structlog.reset_defaults()
    return result.exit_code, result.output


def test_a_move_ends_with_what_was_moved_and_what_to_do(
    demo: Demo, postgresql: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = f"sqlite+aiosqlite:///{shutil.copy(demo.path, tmp_path / 'demo.db')}"
    with postgresql.database() as target:
        monkeypatch.setenv("DATABASE_URL", target)
        first, again = moving(source), moving(source, target)

    assert first[0] == 0
    assert re.search(r"^message +[1-9]\d\d  [0-9a-f]+$", first[1], re.MULTILINE)
    assert re.search(r"^Moved [\d,]+ rows of \d+ tables", first[1], re.MULTILINE)
    assert "waypost audit verify" in first[1]
    assert again == (1, "TO is not empty: account has rows. Name an empty database.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sqlite+aiosqlite:///gone.db",), "a file that does not exist"),
        (("mysql://root:hunter2@db/x", "sqlite+aiosqlite:///b.db"), "cannot be used"),
        (("postgresql+psycopg://x:hunter2@127.0.0.1:1/x",), "FROM does not answer as it should"),
    ],
)
def test_what_cannot_be_moved_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///to.db")

    code, told = moving(*words)

    assert code == 1
    assert said in told
    assert "Traceback" not in told
    assert "hunter2" not in told


def test_the_summary_counts_and_names_each_table() -> None:
    told = summary({"account": Sum(12, 255), "message": Sum(100_000, 1)})

    assert told[0].split() == ["account", "12", "0" * 15]
    assert told[1].split()[:2] == ["message", "100,000"]
    assert told[2].startswith("Moved 100,012 rows of 2 tables;")
