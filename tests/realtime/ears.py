"""Who listens in tests of backplanes."""

import asyncio
from collections.abc import Callable

from realtime.envelope import Envelope

SOON = 20.0
"""Seconds until what should come counts as never coming: long, for machines that are busy."""


async def becomes(true: Callable[[], bool]) -> None:
    """Wait until something holds of which nobody tells."""
    async with asyncio.timeout(SOON):
        while not true():  # noqa: ASYNC110 -- there is no event to wait for
            await asyncio.sleep(0.002)


class Ear:
    """Hears envelopes, and lets a test wait for them."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self._heard = asyncio.Event()

    def __call__(self, envelope: Envelope) -> None:
        self.frames.append(envelope.frame)
        self._heard.set()

    async def hears(self, count: int) -> list[str]:
        """Wait until so many envelopes came."""
        async with asyncio.timeout(SOON):
            while len(self.frames) < count:
                self._heard.clear()
                await self._heard.wait()
        return self.frames
