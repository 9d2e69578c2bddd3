"""Claims about the `waypost` command: plain words, credentials once, data kept, a clean end."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest
import structlog
from typer.testing import CliRunner

from forum.__main__ import cli
from tests.builders import cheap_passwords
from tests.demonstrated import Demo, credentials_in

ROOT = Path(__file__).parent.parent.parent
OTHER_VARIABLES = ("BACKPLANE_URL", "SCORER_URL", "WAYPOST_ORIGIN", "WAYPOST_LANGUAGE", "WAYPOST_WORD_LIST")
SAID_AMONG_MEMBERS = """
SELECT text FROM message JOIN place ON place.id = message.place_id
WHERE text <> '' AND place.kind IN ('thread', 'room', 'profile', 'thanks')
"""
ROLES = "SELECT handle, role FROM account ORDER BY id"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own to run in, with no setting but where the database is."""
    monkeypatch.chdir(tmp_path)
    for name in OTHER_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///a.db")
    yield tmp_path
    structlog.reset_defaults()  # the command sends log lines to a stream that is closed by now


def waypost(*words: str) -> tuple[int, str]:
    """Run the command in this process; what it says on both streams."""
    result = CliRunner().invoke(cli, words)
    return result.exit_code, result.output


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.usefixtures("folder")
def test_migrating_twice_says_the_same() -> None:
    first, second = waypost("migrate"), waypost("migrate")

    assert first == second == (0, "The database is up to date.\n")


@pytest.mark.usefixtures("folder")
def test_the_doctor_says_what_to_do_before_the_migration_and_is_content_after_it() -> None:
    before = waypost("doctor")
    waypost("migrate")
    after = waypost("doctor")

    assert before[0] == 1
    assert "NO  migrations: at none" in before[1]
    assert "Run: waypost migrate" in before[1]
    assert after[0] == 0
    assert [line[:3] for line in after[1].splitlines()] == ["ok "] * 7


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WAYPOST_PORT", "many", "WAYPOST_PORT: Input should be a valid integer"),
        ("WAYPOST_ORIGIN", "example.org", "WAYPOST_ORIGIN: must look like https://forum.example.org"),
        ("WAYPOST_TIME_ZONE", "Mars/Olympus", "WAYPOST_TIME_ZONE: 'Mars/Olympus' is not a time zone"),
        ("WAYPOST_LANGUAGE", "tlh", "tlh"),
        ("WAYPOST_LOG_LEVEL", "LOUD", "WAYPOST_LOG_LEVEL must be DEBUG"),
        ("WAYPOST_WORD_LIST", "no-such-file.txt", "no-such-file.txt"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x", "DATABASE_URL cannot be used"),
        ("DATABASE_URL", "sqlite+aiosqlite:////no/such/folder/a.db", "Run: waypost doctor"),
        ("BACKPLANE_URL", "pigeon://", "pigeon"),
        ("SCORER_URL", "oracle://", "oracle"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_setting_that_cannot_be_used_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)

    code, said = waypost("migrate")

    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert "hunter2" not in said


def test_a_demo_is_seeded_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORER_URL", "lexicon:")
    monkeypatch.setattr("forum.services.Passwords", cheap_passwords)

    first = waypost("demo")
    seeded = rows(folder / "a.db", ROLES)
    second = waypost("demo")

    assert (first[0], len(list(credentials_in(first[1])))) == (0, 4)
    assert (second[0], "only seeded into an empty database" in second[1]) == (1, True)
    assert rows(folder / "a.db", ROLES) == seeded != []


def test_roles_are_given_by_handle_however_it_is_written(folder: Path, demo: Demo) -> None:
    shutil.copy(demo.path, folder / "a.db")
    before = rows(folder / "a.db", ROLES)

    given = waypost("appoint", "slow.TUESDAY", "mentor")
    nobody = waypost("appoint", "Nobody-here", "moderator")
    no_role = waypost("appoint", "SlowTuesday", "emperor")

    assert given == (0, "SlowTuesday is now: mentor.\n")
    assert nobody == (1, "Nobody here has the handle Nobody-here.\n")
    assert no_role[0] == 2
    assert ("SlowTuesday", "member") in before
    changed = [(handle, "mentor" if handle == "SlowTuesday" else role) for handle, role in before]
    assert rows(folder / "a.db", ROLES) == changed


def test_a_backtest_counts_what_a_draft_would_change_and_prints_no_word(
    folder: Path, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORER_URL", "lexicon:")
    shutil.copy(demo.path, folder / "a.db")
    shipped = (ROOT / "moderation/policy.toml").read_text()
    draft = folder / "draft.toml"
    draft.write_text(re.sub(r'version = "[^"]+"', 'version = "draft"', shipped))

    words = waypost("judge", "backtest", "--policy", str(draft))
    values = waypost("judge", "backtest", "--policy", str(draft), "--days", "3650", "--json", "--ids")
    nothing = waypost("judge", "backtest", "--policy", "no-such-file.toml")

    texts = [str(text) for (text,) in rows(folder / "a.db", SAID_AMONG_MEMBERS)]
    assert (words[0], values[0]) == (0, 0)
    assert "and draft (draft)" in words[1]
    assert json.loads(values[1])["messages"] == len(texts) > 0
    assert not any(text in words[1] + values[1] for text in texts)
    assert nothing == (1, "The policy file no-such-file.toml cannot be read: No such file or directory.\n")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(folder: Path, port: int, **values: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run `waypost serve` until it says that it is open; everything it said so far."""
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": "",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'a.db'}",
        "WAYPOST_PORT": str(port),
        "WAYPOST_ORIGIN": f"http://127.0.0.1:{port}",
        **values,
    }
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "forum", "serve"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    said: list[str] = []
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.append(line)
            if "is open at" in line:
                break
        yield process, said
    finally:
        process.kill()
        process.communicate()


def stop(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    return process.returncode


def test_serving_seeds_once_prints_whom_to_sign_in_as_once_and_keeps_what_is_said(tmp_path: Path) -> None:
    port = free_port()
    with served(tmp_path, port, SCORER_URL="lexicon:") as (process, said):
        credentials = list(credentials_in("".join(said)))
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            token = client.get("/sign-in").text.split('name="form_token" value="')[1].split('"')[0]
            one = credentials[0]
            form = {"form_token": token, "handle": one.handle, "password": one.password}
            entered = client.post("/sign-in", data=form)
        first_end = stop(process)
    accounts = rows(tmp_path / "a.db", "SELECT count(*) FROM account")
    with served(tmp_path, port, SCORER_URL="lexicon:") as (process, said_again):
        second_end = stop(process)

    assert {one.role for one in credentials} == {"member", "moderator", "manager", "administrator"}
    assert entered.status_code == 303
    assert (first_end, second_end) == (0, 0)
    assert said_again == [f"Waypost is open at http://127.0.0.1:{port}\n"]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM account") == accounts
    log = (tmp_path / "log").read_text()
    assert '"route": "/sign-in"' in log
    assert not [word for word in (one.handle, one.password, "127.0.0.1") if word in log]
    assert not (tmp_path / "a.db-wal").exists(), "the database was closed"


def test_without_a_demo_nothing_is_seeded_and_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with served(tmp_path, taken.getsockname()[1], WAYPOST_DEMO="0") as (process, said):
            process.communicate(timeout=20)

    assert said == []
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM account") == [(0,)]
    assert process.returncode not in (0, None)
    assert "address already in use" in (tmp_path / "log").read_text()
    assert "Traceback" not in (tmp_path / "log").read_text()
