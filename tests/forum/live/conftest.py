"""What every test of a live connection stands on."""

import pytest

from forum.rooms import attendance


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is here is told at once instead of within a second."""
    monkeypatch.setattr(attendance, "TOLD_EVERY_SECONDS", 0.0)
