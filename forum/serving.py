"""Runs the site: the web server, the worker, or both in one process."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import uvicorn

from forum.app import create_app
from forum.housekeeping import JOBS
from forum.jobs import work
from forum.policies.keeping import KEEPING, refresh
from forum.services import Services
from realtime.commands import FRAME_BYTES
from realtime.protocol import DirectProtocol

PING_SECONDS = 20.0
GRACE_SECONDS = 8
"""How long requests in hand may take when the server is told to stop."""


class Server(uvicorn.Server):
    """Tells once the port is open."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the port; uvicorn logs why, and exits, when that cannot be."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def server(services: Services, started: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """Return the web server: uvloop, httptools, and websockets as the wire."""
    settings = services.settings
    config = uvicorn.Config(
        create_app(services),
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws=DirectProtocol,
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
    return Server(config, started)


async def serve(services: Services, *, with_work: bool, started: Callable[[], None]) -> None:
    """Serve until told to stop; `started` is called once the port is open."""
    # uvicorn raises the signal once more when it has stopped; by then there is still something to close.
    signal.signal(signal.SIGTERM, lambda *_: None)
    await refresh(services)
    settle()
    working = asyncio.create_task(work(services, (*JOBS, KEEPING) if with_work else (KEEPING,)))
    try:
        await server(services, started).serve()
    finally:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


def settle() -> None:
    """Take what was built at start out of garbage collection.

    It stays as long as the process, and each full collection would walk through all of it on the event loop
    (77 ms, measured with `gc.callbacks` at the queue's page; https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.collect()
    gc.freeze()


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
