"""Claims about serving: a real server on a free port answers, tells when it is open, and stops when told."""

import asyncio
import gc
import os
import signal
import socket
from dataclasses import replace

import httpx2
import pytest
from structlog.testing import capture_logs

from forum.serving import run, serve, settle
from tests.builders import Community, serving


async def test_a_real_server_answers_without_naming_itself(community: Community) -> None:
    async with serving(community.services) as at, httpx2.AsyncClient(base_url=f"http://{at}") as client:
        answer = await client.get("/health")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "server" not in answer.headers
    assert answer.headers["content-security-policy"]


async def test_a_body_above_the_limit_is_refused_over_a_real_connection_too(community: Community) -> None:
    async with serving(community.services) as at, httpx2.AsyncClient(base_url=f"http://{at}") as client:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = await client.post("/sign-in", content=b"a=" + b"x" * 1_000_000, headers=headers)
        after = await client.get("/health")

    assert answer.status_code == 413
    assert after.status_code == 200


async def test_only_a_proxy_that_is_trusted_says_where_a_request_comes_from(community: Community) -> None:
    tries = {"content-type": "application/x-www-form-urlencoded"}
    services = replace(
        community.services, settings=community.services.settings.model_copy(update={"proxies": "192.0.2.1"})
    )
    async with serving(services) as at, httpx2.AsyncClient(base_url=f"http://{at}") as client:
        page = await client.get("/sign-up")
        token = page.text.split('name="form_token" value="')[1].split('"')[0]
        statuses = []
        for number in range(31):
            headers = {**tries, "x-forwarded-for": f"198.51.100.{number}"}
            statuses.append(
                (await client.post("/sign-up", data={"form_token": token}, headers=headers)).status_code
            )

    assert statuses == [422] * 30 + [429]


async def test_serving_tells_once_the_port_is_open_and_ends_its_work_at_a_signal(
    community: Community,
) -> None:
    open_port = community.services.settings.model_copy(update={"port": 0})
    services = replace(community.services, settings=open_port)
    told: list[str] = []
    before = signal.getsignal(signal.SIGTERM)

    def started() -> None:
        told.append("open")
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        with capture_logs():
            async with asyncio.timeout(10):
                await serve(services, with_work=True, started=started)
    finally:
        signal.signal(signal.SIGTERM, before)

    assert told == ["open"]
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [task for task in others if "_repeat" in repr(task.get_coro())]


async def test_a_port_that_is_taken_ends_the_program_and_is_never_told_as_open(community: Community) -> None:
    told: list[str] = []
    before = signal.getsignal(signal.SIGTERM)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        services = replace(
            community.services, settings=community.services.settings.model_copy(update={"port": port})
        )
        try:
            with pytest.raises(SystemExit), capture_logs():
                await serve(services, with_work=True, started=lambda: told.append("open"))
        finally:
            signal.signal(signal.SIGTERM, before)

    assert told == []


def test_what_runs_here_runs_to_its_end_on_the_fast_loop() -> None:
    loops: list[str] = []

    async def note() -> None:
        loops.append(type(asyncio.get_running_loop()).__module__)

    run(note())

    assert loops[0].startswith(("uvloop", "asyncio"))


def test_what_was_built_at_start_is_left_out_of_garbage_collection() -> None:
    before = gc.get_freeze_count()

    settle()

    kept = gc.get_freeze_count()
    gc.unfreeze()
    assert kept > before
