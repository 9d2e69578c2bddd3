"""What every test of a live connection stands on."""

import pytest

from forum.live import shared
from forum.rooms import attendance


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is here is told at once instead of within a second."""
    monkeypatch.setattr(attendance, "TOLD_EVERY_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def caught_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a break, members are told anew within a moment instead of three seconds."""
    monkeypatch.setattr(shared, "CATCH_UP_SECONDS", 0.05)
