"""Small real scorers: one that answers, and one for every way to fail."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from moderation.toxicity.labels import LABELS

CALM = dict.fromkeys(LABELS, 0.0)


class Answers:
    """A scorer that always gives the same answer."""

    name = "answers"
    labels: tuple[str, ...] = LABELS

    def __init__(self, answer: object = (CALM,)) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        self.asked.extend(texts)
        return self.answer  # type: ignore[return-value]

    async def aclose(self) -> None: ...


class Raises(Answers):
    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        raise RuntimeError(texts[0])


class Hangs(Answers):
    ended = False

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        try:
            await asyncio.Event().wait()
        finally:
            self.ended = True
        return [CALM]


class Stubborn(Answers):
    """Swallows its cancellation, and ends later: with an answer, or by raising."""

    def __init__(self, raises: bool = False) -> None:
        super().__init__()
        self.raises = raises
        self.release = asyncio.Event()

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        while not self.release.is_set():
            try:
                await self.release.wait()
            except asyncio.CancelledError:
                continue
        if self.raises:
            raise RuntimeError(texts[0])
        return [CALM]


class Blocks(Answers):
    """Blocks the whole loop past the deadline, and then answers well."""

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        time.sleep(0.1)  # noqa: ASYNC251 - that is what it is for
        return [CALM]


class GivesUp(Answers):
    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        raise asyncio.CancelledError
