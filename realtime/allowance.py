"""How often something may be done: allowances, and the purse they are spent from."""

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

SWEEP_SECONDS = 60.0
SHORTEST_WAIT = 0.001


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many times (`count`) in any so many `seconds`; both at least 1, else ValueError."""

    count: int
    seconds: int

    def __post_init__(self) -> None:
        if self.count < 1 or self.seconds < 1:
            raise ValueError("an allowance is at least once in at least one second")


class Purse:
    """Spends allowances within this process; keys are kept as salted hashes, never in clear."""

    def __init__(self, sweep_seconds: float = SWEEP_SECONDS) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._salt = secrets.token_bytes(16)
        self._sweep_seconds = sweep_seconds
        self._pausing = False
        self._closed = False

    def __len__(self) -> int:
        return len(self._storage.events)

    async def spend(self, key: str, allowance: Allowance) -> float:
        """Spend once: 0.0 when that was allowed, else the seconds to wait, and nothing was spent.

        The same key with another allowance is another window. A closed purse allows nothing.
        """
        if self._closed:
            return float(allowance.seconds)
        self._space_sweeps()
        item = RateLimitItemPerSecond(allowance.count, allowance.seconds)
        hashed = hashlib.sha256(self._salt + key.encode(errors="surrogatepass")).hexdigest()
        if await self._limiter.hit(item, hashed):
            return 0.0
        stats = await self._limiter.get_window_stats(item, hashed)
        return SHORTEST_WAIT if stats.remaining else max(SHORTEST_WAIT, stats.reset_time - time.time())

    async def aclose(self) -> None:
        """Forget everything, and leave no task behind."""
        self._closed = True
        if self._storage.timer is not None:
            self._storage.timer.cancel()
            await asyncio.gather(self._storage.timer, return_exceptions=True)
        await self._storage.reset()

    def _space_sweeps(self) -> None:
        """Let the storage look for expired keys once in a while.

        limits 5.8 looks through all of them after every hit, unless its `timer` is busy, and asks a thread
        about each (0.2 ms a key, measured). A pause in the timer's place keeps it busy in between.
        """
        timer = self._storage.timer
        if timer is not None and not timer.done():
            return
        self._pausing = not self._pausing
        if self._pausing:
            self._storage.timer = asyncio.create_task(asyncio.sleep(self._sweep_seconds))
