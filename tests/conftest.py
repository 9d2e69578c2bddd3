"""What every test may ask for."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest

from tests.builders import Community, opened_community, prepare_database
from tests.demonstrated import Demo, demonstrated_once

# How long an example takes says more of the machine than of the code: timings belong to the bench.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database file."""
    path = tmp_path_factory.mktemp("prepared") / "empty.db"
    asyncio.run(prepare_database(path))
    return path


@pytest.fixture(scope="session")
def demo(prepared_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo community, which nobody changes: whoever wants to copies its file."""
    own = tmp_path_factory.getbasetemp()
    among_workers = "PYTEST_XDIST_WORKER" in os.environ  # then the folder above is the run's
    return demonstrated_once(prepared_database, own.parent if among_workers else own)


@pytest.fixture
async def community(prepared_database: Path, tmp_path: Path) -> AsyncIterator[Community]:
    """A community of its own for this test."""
    async with opened_community(prepared_database, tmp_path) as opened:
        yield opened
