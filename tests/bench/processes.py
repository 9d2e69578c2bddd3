"""Measures fresh processes: how long a model takes to load, and how much memory a site needs."""

import asyncio
import hashlib
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from forum.app import create_app
from forum.messages.resending import fresh_nonce
from forum.reactions import react
from forum.services import open_services
from tests.builders import (
    HARMLESS,
    HOLDS,
    Clock,
    Community,
    cheap_passwords,
    prepare_database,
    published,
    settings,
)
from tests.journeys.site import ROOT, Site

LOADING = """
import sys, time
start = time.perf_counter()
from moderation.toxicity.on_onnxruntime import open_onnx
open_onnx(sys.argv[1]).predict(["Good morning."])
sys.stdout.write(str(time.perf_counter() - start))
"""
PROCESSES = 5
MEGABYTE = 1024
"""In the kibibytes that /proc counts in."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Memory of a site's process tree, in MiB: when it first answers, and after two messages."""

    started: int
    after: int
    held: int
    """How many of the two messages wait for a person; one is meant to."""


def seconds_to_load(url: str) -> float:
    """Return the median of fresh processes: from nothing imported to the first answer."""
    command = [sys.executable, "-c", LOADING, url]
    times = [
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
        for _ in range(PROCESSES)
    ]
    return statistics.median(map(float, times))


def resident(url: str) -> Resident | None:
    """Serve a site, send a harmless message and one to hold; return None where there is no /proc."""
    if not Path("/proc/self/status").exists():
        return None
    with TemporaryDirectory() as folder:
        database = Path(folder) / "site.db"
        path, token = asyncio.run(_thread_on(database))
        site = Site(database)
        site.environment["SCORER_URL"] = url
        with site:
            started = _resident_below()
            held = sum(_sent(f"{site.url}{path}", token, text) for text in (HARMLESS, HOLDS))
            return Resident(started, _resident_below(), held)


async def _thread_on(database: Path) -> tuple[str, str]:
    """Make a site with a member and a thread; return where one replies, and the member's session."""
    await prepare_database(f"sqlite+aiosqlite:///{database}")
    chosen = settings(database_url=f"sqlite+aiosqlite:///{database}")
    services = open_services(chosen, react, cheap_passwords())
    clock = Clock()
    clock.now = datetime.now(UTC)
    try:
        community = Community(services, clock, create_app(services))
        member = await community.member(days=2)
        thread = published(await community.thread(member, "What a calm evening, everybody."))
        message = await community.message(thread.message_id)
        return f"/threads/{message.place_id}/replies", member.token
    finally:
        await services.aclose()


def _sent(url: str, token: str, text: str) -> bool:
    """Send a message as a browser does; return whether it is held."""
    form_token = hashlib.sha256(f"form:{token}".encode()).hexdigest()
    fields = {"form_token": form_token, "nonce": fresh_nonce(), "text": text}
    answer = httpx2.post(url, data=fields, cookies={"waypost-session": token}, timeout=20)
    if not answer.is_redirect:
        raise SystemExit(f"The site answered a message with {answer.status_code}.")
    return "sent=held" in answer.headers["location"]


def _resident_below() -> int:
    """Return the MiB of the processes that this one has started, and those that they have."""
    kilobytes = 0
    for process in _below(os.getpid()):
        for line in (process / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                kilobytes += int(line.split()[1])
    return round(kilobytes / MEGABYTE)


def _below(process: int) -> Iterator[Path]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield Path(f"/proc/{child}")
            yield from _below(child)
