"""The browser and the server of the journeys."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.demonstrated import Demo, demonstrated_once
from tests.journeys.site import Site

CANDIDATES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def chromium_path() -> str | None:
    """Return where a Chromium is, or None."""
    named = os.environ.get("CHROMIUM")
    if named and not Path(named).exists():
        pytest.fail(f"CHROMIUM names {named}, which is not there")
    found = named or next((path for name in CANDIDATES if (path := shutil.which(name))), None)
    return found or (MAC if Path(MAC).exists() else None)


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium; without one the journey is skipped, or fails where CI=true."""
    path = chromium_path()
    if path is None:
        words = "no Chromium was found: install chromium-headless-shell, or set CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that starts empty, served by a process of its own for all tests of a file."""
    with Site(tmp_path_factory.mktemp("site") / "site.db") as served:
        yield served


@pytest.fixture(scope="session")
def demo_now(prepared_database: Path, run: Path) -> Demo:
    """The demo as a first run seeds it today: once for all workers."""
    return demonstrated_once(prepared_database, run, datetime.now(UTC))


@pytest.fixture(scope="module")
def demo_site(demo_now: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo community, served by a process of its own, which says no more whom one can sign in as."""
    database = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(demo_now.path, database)
    with Site(database, demo_now) as served:
        yield served
