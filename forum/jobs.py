"""Work that is done by the clock, by any number of workers: every job may run twice without harm."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from forum.services import Services

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds; `run` returns how many rows it changed."""

    name: str
    every_seconds: float
    run: Callable[[Services], Awaitable[int]]


FINISH_SECONDS = 5.0
"""How long a job in hand may go on when work is told to stop."""


async def work(services: Services, jobs: Sequence[Job], finish: float = FINISH_SECONDS) -> None:
    """Run the jobs until cancelled, and let those in hand finish, for `finish` seconds at most.

    A job that fails is logged and tried again at its next turn.
    """
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(services, job, finish))


async def _repeat(services: Services, job: Job, finish: float) -> None:
    while True:
        in_hand = asyncio.create_task(run_once(services, job))
        try:
            await asyncio.shield(in_hand)
        except asyncio.CancelledError:
            await asyncio.wait({in_hand}, timeout=finish)
            in_hand.cancel()
            raise
        await asyncio.sleep(job.every_seconds)


async def run_once(services: Services, job: Job) -> None:
    """Run a job now; its failure is logged by type, so that the others go on."""
    try:
        changed = await job.run(services)
    except Exception as error:  # noqa: BLE001 - one job's failure must not end the others
        log.error("job.failed", job=job.name, error=type(error).__name__)
        return
    if changed:
        log.info("job.done", job=job.name, changed=changed)
