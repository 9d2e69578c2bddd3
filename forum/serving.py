"""Runs the site: the web server, the worker, or both in one process."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import uvicorn

from forum.app import create_app
from forum.housekeeping import JOBS
from forum.jobs import work
from forum.services import Services
from realtime.commands import FRAME_BYTES
from realtime.wire import AbortableProtocol

PING_SECONDS = 20.0
GRACE_SECONDS = 8
"""How long requests in hand may take when the server is told to stop."""


def server(services: Services) -> uvicorn.Server:
    """Return the web server: uvloop, httptools, and websockets as the wire."""
    settings = services.settings
    config = uvicorn.Config(
        create_app(services),
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws=AbortableProtocol,
        ws_max_size=FRAME_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return uvicorn.Server(config)


async def serve(services: Services, *, with_work: bool, started: Callable[[], None]) -> None:
    """Serve until told to stop; `started` is called once the port is open."""
    web = server(services)
    working = asyncio.create_task(work(services, JOBS)) if with_work else None
    telling = asyncio.create_task(_when_started(web, started))
    try:
        await web.serve()
    finally:
        for task in (working, telling):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


async def _when_started(web: uvicorn.Server, started: Callable[[], None]) -> None:
    while not web.started:
        await asyncio.sleep(0.05)
    started()


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
