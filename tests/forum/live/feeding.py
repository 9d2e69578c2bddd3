"""A feed's listener, and hints of the lines that were said."""

import asyncio
import json
from typing import Any
from uuid import UUID

from forum.broadcasts import place_topic
from realtime import frames
from realtime.envelope import Envelope

SOON = 10.0


class Hearer:
    """Hears what a feed hands on, as a client would: changes by their seq."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self._heard = asyncio.Event()

    def __call__(self, envelope: Envelope) -> None:
        self.frames.append(json.loads(envelope.frame))
        self._heard.set()

    @property
    def seqs(self) -> list[int]:
        """Every seq that was told, in the order told."""
        told = []
        for frame in self.frames:
            if frame["type"] in ("message", "missed"):
                told += [item["seq"] for item in frame.get("items", [frame])]
        return told

    async def hears(self, seq: int) -> list[int]:
        """Wait until this seq was told; return all that were."""
        async with asyncio.timeout(SOON):
            while seq not in self.seqs:
                self._heard.clear()
                await self._heard.wait()
        return self.seqs


def hint(place_id: UUID, seq: int) -> Envelope:
    """Return the hint that something was published."""
    item = frames.Item(seq, place_id, None, "<li></li>")
    return Envelope.of(place_topic(place_id), frames.message(place_id, item))
