"""Claims about the settings: defaults that serve, and plain words where one cannot be used."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from forum.settings import Settings
from tests.builders import settings


def test_the_defaults_need_nothing_else_and_are_not_seen_from_outside() -> None:
    chosen = settings()

    assert chosen.database_url == "sqlite+aiosqlite:///waypost.db"
    assert chosen.host == "127.0.0.1"
    assert not chosen.secure


@pytest.mark.parametrize(
    ("origin", "secure"),
    [
        ("https://forum.example.org", True),
        ("http://forum.example.org", True),
        ("http://127.0.0.1.example.org", True),
        ("https://127.0.0.1:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://[::1]:8000", False),
    ],
)
def test_only_plain_loopback_goes_without_secure_cookies(origin: str, secure: bool) -> None:
    assert settings(origin=origin).secure is secure


@pytest.mark.parametrize(
    ("typed", "as_browsers_send_it"),
    [
        ("https://Forum.Example.org/", "https://forum.example.org"),
        ("https://forum.example.org:443", "https://forum.example.org"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("HTTPS://forum.example.org:8443", "https://forum.example.org:8443"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(typed: str, as_browsers_send_it: str) -> None:
    assert settings(origin=typed).origin == as_browsers_send_it


@pytest.mark.parametrize(
    "values",
    [
        {"origin": "forum.example.org"},
        {"origin": "ftp://forum.example.org"},
        {"origin": "https://forum.example.org/forum"},
        {"origin": "https://somebody@forum.example.org"},
        {"origin": "https://forum.example.org?a=b"},
        {"origin": "https://"},
        {"port": 70_000},
        {"leave_url": "javascript:alert(1)"},
        {"time_zone": "Europe/Atlantis"},
        {"time_zone": "../etc/passwd"},
        {"session_days": 0},
        {"screen_seconds": 0},
        {"name": ""},
    ],
)
def test_what_cannot_be_used_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(**values)


def test_the_environment_goes_before_the_file_and_an_empty_variable_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("WAYPOST_NAME=From the file\nWAYPOST_PORT=9000\nUNKNOWN=1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WAYPOST_NAME", "From the environment")
    monkeypatch.setenv("WAYPOST_WORD_LIST", "")
    monkeypatch.setenv("WAYPOST_DEMO", "0")

    chosen = Settings()  # type: ignore[call-arg]

    assert (chosen.name, chosen.port, chosen.word_list) == ("From the environment", 9000, None)
    assert not chosen.demo


def test_settings_do_not_change_while_the_site_runs() -> None:
    chosen = settings()

    with pytest.raises(ValidationError, match="frozen"):
        chosen.name = "Another"
