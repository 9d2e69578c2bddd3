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


async def work(services: Services, jobs: Sequence[Job]) -> None:
    """Run the jobs until cancelled; one that fails is logged and tried again at its next turn."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(services, job))


async def _repeat(services: Services, job: Job) -> None:
    while True:
        await run_once(services, job)
        await asyncio.sleep(job.every_seconds)


async def run_once(services: Services, job: Job) -> None:
    """Run a job now; its failure is logged by type, so that the others go on."""
    try:
        changed = await job.run(services)
    except Exception as error:
        log.error("job.failed", job=job.name, error=type(error).__name__)
        return
    if changed:
        log.info("job.done", job=job.name, changed=changed)
