"""What every test may ask for."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest

from tests.builders import Community, opened_community, prepare_database

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


@pytest.fixture
async def community(prepared_database: Path, tmp_path: Path) -> AsyncIterator[Community]:
    """A community of its own for this test."""
    async with opened_community(prepared_database, tmp_path) as opened:
        yield opened
