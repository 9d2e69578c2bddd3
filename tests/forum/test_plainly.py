"""Claims about what commands share: whatever goes wrong is a sentence, and everything is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
import typer
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from forum.errors import Forbidden
from forum.plainly import fail, with_services, with_settings
from forum.services import Services
from forum.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own to run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///a.db")
    monkeypatch.setenv("SCORER_URL", "lexicon:")
    yield tmp_path
    structlog.reset_defaults()


def test_services_are_opened_used_and_closed(folder: Path) -> None:
    async def use(services: Services) -> None:
        async with services.database.engine.begin() as connection:
            await connection.execute(text("CREATE TABLE poems (line text)"))

    with_services(use)

    assert (folder / "a.db").exists()
    assert not (folder / "a.db-wal").exists(), "the database was closed"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("No such thing."), "No such thing.\n"),
        (OSError("The disk is full."), "The disk is full.\n"),
        (OperationalError("SELECT 'hunter2'", {}, Exception("hunter2")), "The database does not answer"),
        (Forbidden(), "\n"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_an_end_with_1(
    error: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def use(_settings: Settings) -> None:
        raise error

    with pytest.raises(typer.Exit) as ended:
        with_settings(use)

    told = capsys.readouterr()
    assert ended.value.exit_code == 1
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert "hunter2" not in told.err + told.out


def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYPOST_PORT", "many")

    async def use(_settings: Settings) -> None:
        raise AssertionError

    with pytest.raises(typer.Exit):
        with_settings(use)

    assert "WAYPOST_PORT" in capsys.readouterr().err


def test_who_is_interrupted_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    async def use(_settings: Settings) -> None:
        raise KeyboardInterrupt

    with pytest.raises(typer.Exit) as ended:
        with_settings(use)

    assert ended.value.exit_code == 0
    assert capsys.readouterr().err == ""


def test_failing_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        fail("There is no more room.")

    assert capsys.readouterr().err == "There is no more room.\n"
