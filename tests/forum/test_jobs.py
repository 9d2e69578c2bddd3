"""Claims about work by the clock: one failure stays its own, and stopping stops it."""

import asyncio

import pytest
from structlog.testing import capture_logs

from forum.jobs import Job, run_once, work
from forum.services import Services
from tests.builders import Community


async def breaks(_services: Services) -> int:
    raise RuntimeError("a text that somebody wrote")


async def test_a_job_that_breaks_is_logged_by_type_and_without_its_words(community: Community) -> None:
    with capture_logs() as lines:
        await run_once(community.services, Job("breaks", 60, breaks))

    assert [(line["event"], line["job"], line["error"]) for line in lines] == [
        ("job.failed", "breaks", "RuntimeError")
    ]
    assert "somebody wrote" not in str(lines)


async def test_a_job_is_logged_only_when_it_changed_something(community: Community) -> None:
    async def idle(_services: Services) -> int:
        return 0

    async def busy(_services: Services) -> int:
        return 3

    with capture_logs() as lines:
        await run_once(community.services, Job("idle", 60, idle))
        await run_once(community.services, Job("busy", 60, busy))

    assert [(line["job"], line["changed"]) for line in lines] == [("busy", 3)]


async def test_a_job_comes_round_again_also_after_it_failed_and_beside_one_that_hangs(
    community: Community,
) -> None:
    turns, enough = 0, asyncio.Event()

    async def counted(_services: Services) -> int:
        nonlocal turns
        turns += 1
        if turns == 3:
            enough.set()
        raise RuntimeError

    async def hangs(_services: Services) -> int:
        await asyncio.Event().wait()
        return 0

    jobs = [Job("counted", 0.001, counted), Job("hangs", 60, hangs)]
    with capture_logs():
        working = asyncio.create_task(work(community.services, jobs, finish=0.01))
        async with asyncio.timeout(10):
            await enough.wait()
        working.cancel()

        with pytest.raises(asyncio.CancelledError):
            await working

    assert turns >= 3


async def test_a_job_in_hand_is_finished_when_work_is_told_to_stop(community: Community) -> None:
    begun, go_on, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def careful(_services: Services) -> int:
        begun.set()
        await go_on.wait()
        finished.set()
        return 0

    working = asyncio.create_task(work(community.services, [Job("careful", 60, careful)]))
    await begun.wait()
    working.cancel()
    await asyncio.sleep(0)
    go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await working
    assert finished.is_set()
