"""Our tie to Redis: one line, made anew whenever it breaks, and whether Redis can be asked just now."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import structlog
from redis.asyncio import Redis
from redis.backoff import EqualJitterBackoff
from redis.exceptions import RedisError
from structlog.typing import FilteringBoundLogger

from realtime.condition import Condition
from realtime.redis_line import Line

GREETING_SECONDS = 5.0
"""How long a new line may take until everything is subscribed again."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds between attempts: doubled each time, half of it by chance, so that processes come one by one."""
STEADY_SECONDS = 10.0
"""A tie that held so long breaks as if for the first time; one that flickers waits longer each time."""

log: FilteringBoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ends:
    """What is done at our end of the tie."""

    hear: Callable[[bytes, bytes], None]
    """Takes a channel and what came on it, at once."""
    greet: Callable[[Line], Awaitable[None]]
    """Brings a new line to where the old one was; what it raises breaks the tie."""
    healed: Callable[[], None]
    """Is told when the tie holds again, after it broke."""


class Tie:
    """Begins with the first question, tries for ever, and says once that it broke and once that it healed."""

    def __init__(self, client: Redis, ends: Ends) -> None:
        self._client = client
        self._ends = ends
        self._task: asyncio.Task[NoReturn] | None = None
        self._tried = asyncio.Event()
        self._broken_at: float | None = None
        self._closed = False
        self.line: Line | None = None
        self.condition = Condition("redis", answers=False)
        self.turn = 0
        """Grows each time the tie is made: what fails late is not held against a later one."""

    @property
    def holds(self) -> bool:
        """Whether Redis can be asked."""
        return self.condition.answers

    async def ready(self) -> bool:
        """Wait for the first attempt, whoever began it; return whether Redis can be asked."""
        if self._closed:
            return False
        if self._task is None:
            self._task = asyncio.create_task(self._keep())
        await self._tried.wait()
        return self.holds

    def lost(self, error: Exception, turn: int) -> None:
        """A question of that turn failed: ask no more until the tie is made anew."""
        if turn != self.turn or self._closed:
            return
        if self.holds and self.line is not None:
            self.line.cut(error)
        self._break(error)

    async def aclose(self) -> None:
        """Let go, and leave no task behind."""
        self._closed = True
        self.condition = Condition("redis", answers=False)
        self._tried.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> NoReturn:
        backoff, failures = EqualJitterBackoff(LONGEST_PAUSE, SHORTEST_PAUSE), 0
        while True:
            began = time.monotonic()
            await self._hold()
            failures = 1 if time.monotonic() - began > STEADY_SECONDS else failures + 1
            with suppress(RedisError, OSError):
                # Idle connections may be dead too: each would cost somebody a wait.
                await self._client.connection_pool.disconnect(inuse_connections=False)
            await asyncio.sleep(backoff.compute(min(failures, 16)))

    async def _hold(self) -> None:
        line = self.line = Line(self._client.pubsub(), self._ends.hear)
        running = asyncio.create_task(line.run())
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                await self._ends.greet(line)
            self._make()
            await running
        except Exception as error:  # noqa: BLE001 -- whatever broke it, we try again
            self._break(error)
        finally:
            self.line = None
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    def _make(self) -> None:
        self.turn += 1
        self.condition = Condition("redis", answers=True)
        self._tried.set()
        if self._broken_at is not None:
            log.info("backplane healed", seconds=round(time.monotonic() - self._broken_at, 1))
            self._broken_at = None
            self._ends.healed()

    def _break(self, error: Exception) -> None:
        self.condition = Condition("redis", answers=False, fault=type(error).__name__)
        self._tried.set()
        if self._broken_at is None:
            self._broken_at = time.monotonic()
            log.warning("backplane away", error=type(error).__name__)
