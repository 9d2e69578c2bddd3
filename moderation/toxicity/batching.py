"""A scorer over any model: off the event loop, whatever waits scored together, and never more than fits."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import isnan

from moderation.toxicity.disguises import undisguised
from moderation.toxicity.model import Model
from moderation.toxicity.windows import plain, windows

BATCH = 8
"""Pieces scored together. More would let a long text keep a short one waiting."""
WAITING = 400
"""Pieces that may wait: about two seconds of one slow core's work. Past that we are too busy."""
LONG_TEXT = 1_000
"""Characters beyond which a text is cut up in a thread too."""


class TooBusy(RuntimeError):
    """More waits to be scored than could be scored in time."""


@dataclass(slots=True)
class _Asked:
    """One text: the pieces still to score, the highest scores so far, and who waits for them."""

    pieces: deque[str]
    answer: asyncio.Future[list[float]]
    awaited: int
    highest: list[float] = field(default_factory=list)


class BatchingScorer:
    """Scores each text as it is written and as it reads without disguises, in windows, and keeps the highest.

    Texts take turns, a piece each, so that a long one does not hold up the others. A text whose caller has
    gone is scored no further.
    """

    def __init__(self, model: Model, batch: int = BATCH, waiting: int = WAITING) -> None:
        """Own the model, which `aclose` closes."""
        self.name = model.name
        self.labels = model.labels
        self._model = model
        self._batch = batch
        self._room = waiting
        self._waiting: deque[_Asked] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scorer")
        self._working: asyncio.Task[None] | None = None

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return one mapping for each text; raise TooBusy when too much waits already."""
        cut = [await _pieces(text) for text in texts]
        wanted = sum(map(len, cut))
        if wanted > self._room:
            raise TooBusy
        loop = asyncio.get_running_loop()
        asked = [_Asked(deque(pieces), loop.create_future(), len(pieces)) for pieces in cut]
        self._room -= wanted
        self._waiting.extend(asked)
        if self._working is None:
            self._working = loop.create_task(self._work())
        try:
            answers = await asyncio.gather(*(one.answer for one in asked))
        finally:
            for one in asked:
                one.answer.cancel()
        return [dict(zip(self.labels, scores, strict=True)) for scores in answers]

    async def aclose(self) -> None:
        """Stop: what waits is given up, what is being scored ends in its thread, and the model is closed."""
        while self._waiting:
            self._waiting.popleft().answer.cancel()
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        await asyncio.to_thread(self._thread.shutdown)
        self._model.close()

    async def _work(self) -> None:
        """Score batch after batch until nothing waits."""
        loop = asyncio.get_running_loop()
        try:
            while turn := self._next():
                pieces = [one.pieces.popleft() for one in turn]
                self._waiting.extend(one for one in turn if one.pieces)
                try:
                    rows = await loop.run_in_executor(self._thread, self._model.predict, pieces)
                    if len(rows) != len(pieces):
                        raise ValueError("the model answered for another number of pieces")
                    if any(isnan(score) for row in rows for score in row):
                        raise ValueError("a score is no number")  # max() would drop it, and the text pass
                except asyncio.CancelledError:
                    for one in turn:
                        one.answer.cancel()
                    raise
                except Exception as error:  # noqa: BLE001 - whoever waits for it is told, and holds
                    self._fail(turn, error)
                else:
                    self._keep(turn, rows)
        finally:
            self._working = None

    def _next(self) -> list[_Asked]:
        """Take the texts whose turn it is from the queue, each once; those that nobody awaits are dropped."""
        turn: list[_Asked] = []
        while self._waiting and len(turn) < self._batch:
            one = self._waiting.popleft()
            if one.answer.done():
                self._room += len(one.pieces)
            else:
                turn.append(one)
        return turn

    def _keep(self, turn: Sequence[_Asked], rows: Sequence[Sequence[float]]) -> None:
        for one, scores in zip(turn, rows, strict=True):
            self._room += 1
            one.awaited -= 1
            one.highest = list(map(max, one.highest or scores, scores))
            if not one.awaited and not one.answer.done():
                one.answer.set_result(one.highest)

    def _fail(self, turn: Sequence[_Asked], error: Exception) -> None:
        for one in turn:
            self._room += 1
            if not one.answer.done():
                one.answer.set_exception(error)


async def _pieces(text: str) -> list[str]:
    if len(text) > LONG_TEXT:
        return await asyncio.to_thread(pieces_of, text)
    return pieces_of(text)


def pieces_of(text: str) -> list[str]:
    """Return the windows of the text as written and of its undisguised copy, each piece once."""
    written = plain(text)
    return list(dict.fromkeys((*windows(written), *windows(undisguised(written)))))
