"""What every test may ask for."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.builders import Community, Prepared, opened_community, prepare_database
from tests.demonstrated import Demo, demonstrated_once
from tests.postbox import Postbox, open_postbox
from tests.postgres import Server, Template, server_of

# How long an example takes says more of the machine than of the code: timings belong to the bench.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

SELDOM = (20_000, 20, 20)
"""How many more objects, and then how many rounds, before the garbage collector looks again."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of what is tested on both databases."""
    config.addinivalue_line("markers", "everywhere: on SQLite and on PostgreSQL")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: it is half a gigabyte."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked so, and uses a database, on each kind there is."""
    if "empty" in metafunc.fixturenames and metafunc.definition.get_closest_marker("everywhere"):
        metafunc.parametrize("empty", ["sqlite", "postgresql"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database file."""
    path = tmp_path_factory.mktemp("prepared") / "empty.db"
    asyncio.run(prepare_database(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run of the tests, which all its workers have."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def postgresql(run: Path) -> Server:
    """A real PostgreSQL, the same for all workers."""
    return server_of(run)


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql: Server) -> Iterator[Template]:
    """An empty, migrated database on PostgreSQL."""
    with postgresql.database() as url:
        asyncio.run(prepare_database(url))
        yield Template(postgresql, url)


@pytest.fixture(scope="session")
def empty(request: pytest.FixtureRequest) -> Prepared:
    """An empty, migrated database to be copied: SQLite's, unless the test is marked as for everywhere."""
    fixtures = {"sqlite": "prepared_database", "postgresql": "prepared_postgresql"}
    prepared: Prepared = request.getfixturevalue(fixtures[getattr(request, "param", "sqlite")])
    return prepared


@pytest.fixture(scope="session")
def demo(prepared_database: Path, run: Path) -> Demo:
    """The demo community, which nobody changes: whoever wants to copies its file."""
    return demonstrated_once(prepared_database, run)


@pytest.fixture
async def community(empty: Prepared, tmp_path: Path) -> AsyncIterator[Community]:
    """A community of its own for this test."""
    async with opened_community(empty, tmp_path) as opened:
        yield opened


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A real mail server, without TLS."""
    with open_postbox() as opened:
        yield opened
