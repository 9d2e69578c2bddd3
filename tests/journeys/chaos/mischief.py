"""Mischief: what goes wrong, when, and for how long; the same for the same seed, as far as a machine is."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tests.journeys.chaos.own_postgres import Postgres
from tests.journeys.chaos.proxy import Fault, Proxy
from tests.journeys.web import Web
from tests.servers import Valkey

BETWEEN_FAULTS = (0.1, 0.6)
BETWEEN_BLOWS = (2.0, 4.0)
AWAY = (0.3, 2.0)
"""Seconds: between two harmed connections, between two killed servers, and how long one is away."""
WEB, VALKEY, POSTGRES, ROLLED = "web killed", "valkey killed", "postgres killed", "restarted in turn"
BLOWS = (WEB, VALKEY, POSTGRES, ROLLED)


@dataclass
class Mischief:
    """Does harm to a site, and counts it."""

    webs: Sequence[Web]
    proxies: Sequence[Proxy]
    valkey: Valkey
    postgres: Postgres
    dice: random.Random
    done: dict[str, int] = field(default_factory=dict)
    exits: list[float] = field(default_factory=list)
    """Seconds that web processes took to end when they were asked to."""

    async def reign(self, seconds: float) -> None:
        """Do harm for so long, and until all of it was done; end with everything running."""
        harming = asyncio.create_task(self._harm())
        try:
            clock = asyncio.get_running_loop().time
            until = clock() + seconds
            blows = self._round()
            while clock() < until or not self.everything_happened:
                blows = blows or self._round()
                await blows.pop()()
                await asyncio.sleep(self.dice.uniform(*BETWEEN_BLOWS))
        finally:
            harming.cancel()
            await asyncio.gather(harming, return_exceptions=True)

    @property
    def everything_happened(self) -> bool:
        """Whether each kind of harm was done at least once."""
        return set(self.done) == {*Fault, *BLOWS}

    def _round(self) -> list[Callable[[], Awaitable[None]]]:
        blows: list[Callable[[], Awaitable[None]]] = [
            lambda: self._kill_web(self.webs[0]),
            lambda: self._kill_web(self.webs[1]),
            lambda: self._kill(self.valkey, VALKEY),
            lambda: self._kill(self.postgres, POSTGRES),
            self._roll,
        ]
        self.dice.shuffle(blows)
        return blows

    async def _harm(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(*BETWEEN_FAULTS))
            links = [link for proxy in self.proxies for link in proxy.links]
            if links:
                fault = self.dice.choice(list(Fault))
                self.dice.choice(links).harm(fault, self.dice.uniform(0.05, 1.0))
                self._count(fault)

    async def _kill_web(self, web: Web) -> None:
        await asyncio.to_thread(web.end, signal.SIGKILL)
        await self._away(WEB)
        web.launch()
        await asyncio.to_thread(web.wait)

    async def _kill(self, server: Valkey | Postgres, what: str) -> None:
        await asyncio.to_thread(server.kill)
        await self._away(what)
        await asyncio.to_thread(server.start)

    async def _roll(self) -> None:
        """Restart one web process after the other, as a deployment does."""
        for web in self.webs:
            self.exits.append(await asyncio.to_thread(web.end, signal.SIGTERM))
            web.launch()
            await asyncio.to_thread(web.wait)
        self._count(ROLLED)

    async def _away(self, what: str) -> None:
        self._count(what)
        await asyncio.sleep(self.dice.uniform(*AWAY))

    def _count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1
