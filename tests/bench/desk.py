"""How fast the queue's page is with 10,000 open items on SQLite, in process: `make bench`."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from forum.logs import configure_logs
from forum.serving import settle
from forum.wellbeing.topics import leave_topics
from tests.bench.crowded_desk import Crowd, crowded_desk
from tests.bench.timing import WARM_UPS, on_one_core, quantile
from tests.builders import Browser
from tests.forum.talk import statements

PAGES = {
    "the queue": "/desk",
    "only held messages": "/desk?kind=held",
    "waiting over an hour": "/desk?older=1",
}
WITHOUT_TOPICS = "two topics left to others"
AT_MOST = 60.0
"""Milliseconds that 99 of 100 requests for the queue may take."""


def main(
    items: Annotated[int, typer.Option(min=100, help="How many items are open.")] = 10_000,
    runs: Annotated[int, typer.Option(min=200, help="Requests for each page.")] = 200,
) -> None:
    """Print a line for each page."""
    configure_logs("WARNING")
    core = "on one core" if on_one_core() else "on all cores: this system cannot keep a process on one"
    typer.echo(f"The desk with {items:,} open items on SQLite, {core}; {runs} requests each, after a warm-up")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), items, runs))


async def _measure(folder: Path, items: int, runs: int) -> None:
    async with crowded_desk(folder, items) as crowd:
        settle()
        for name, url in PAGES.items():
            await _page(crowd, (name, url), runs)
        await leave_topics(crowd.community.services, crowd.team[0].id, {"drugs", "contempt"})
        await _page(crowd, (WITHOUT_TOPICS, "/desk"), runs)


async def _page(crowd: Crowd, page: tuple[str, str], runs: int) -> None:
    name, url = page
    async with crowd.community.browser(crowd.team[0]) as browser:
        for _ in range(WARM_UPS):
            await _seconds(browser, url)
        times = [1_000 * await _seconds(browser, url) for _ in range(runs)]
        with statements(crowd.community.services) as said:
            await _seconds(browser, url)
    slow = quantile(times, 0.99)
    judged = "as wanted" if slow <= AT_MOST else f"more than {AT_MOST:.0f} ms"
    typer.echo(
        f"{name:<26}{quantile(times, 0.5):>7.1f} ms   p99 {slow:.1f} ms ({judged}), {len(said)} queries"
    )


async def _seconds(browser: Browser, url: str) -> float:
    start = time.perf_counter()
    answer = await browser.get(url)
    taken = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return taken


if __name__ == "__main__":
    typer.run(main)
