"""Scoring over a model: together, in turns, bounded, and never on the event loop."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.toxicity.batching import BATCH, BatchingScorer, TooBusy, pieces_of
from moderation.toxicity.labels import LABELS
from moderation.toxicity.windows import WINDOW
from tests.moderation.toxicity.models import RUDE, Breaks, Reads, Waits

LONG = "kind words " * 200


@pytest.fixture
async def opened() -> AsyncIterator[Callable[[Reads], BatchingScorer]]:
    scorers: list[BatchingScorer] = []

    def over(model: Reads, waiting: int = 400) -> BatchingScorer:
        scorers.append(BatchingScorer(model, waiting=waiting))
        return scorers[-1]

    yield over
    for scorer in scorers:
        await scorer.aclose()


async def test_every_text_gets_every_label_in_order(opened: Callable[[Reads], BatchingScorer]) -> None:
    scorer = opened(Reads())

    kind, rude, empty = await scorer.score(["hello", f"you are {RUDE}", ""])

    assert kind == empty == dict.fromkeys(LABELS, 0.0)
    assert rude == dict.fromkeys(LABELS, 1.0)


async def test_no_texts_are_no_scores(opened: Callable[[Reads], BatchingScorer]) -> None:
    assert await opened(Reads()).score([]) == []


async def test_what_waits_is_scored_together(opened: Callable[[Reads], BatchingScorer]) -> None:
    model = Waits()
    scorer = opened(model)
    first = asyncio.create_task(scorer.score(["one"]))
    await asyncio.to_thread(model.reached.wait)
    rest = [asyncio.create_task(scorer.score([word])) for word in ("two", "three", "four")]
    await asyncio.sleep(0)

    model.go.set()
    await asyncio.gather(first, *rest)

    assert model.asked == [["one"], ["two", "three", "four"]]


async def test_a_batch_stays_small(opened: Callable[[Reads], BatchingScorer]) -> None:
    model = Reads()

    await opened(model).score([f"text {number}" for number in range(3 * BATCH)])

    assert [len(batch) for batch in model.asked] == [BATCH] * 3


async def test_a_long_text_does_not_hold_up_a_short_one(opened: Callable[[Reads], BatchingScorer]) -> None:
    model = Waits()
    scorer = opened(model)
    long = asyncio.create_task(scorer.score([LONG * 3]))
    await asyncio.to_thread(model.reached.wait)
    short = asyncio.create_task(scorer.score(["short"]))
    await asyncio.sleep(0)

    model.go.set()
    await asyncio.gather(long, short)

    assert ["short" in batch for batch in model.asked[:3]].count(True) == 1


async def test_the_worst_window_counts(opened: Callable[[Reads], BatchingScorer]) -> None:
    [scores] = await opened(Reads()).score([f"{LONG} {RUDE} {LONG}"])

    assert scores["toxicity"] == 1.0


async def test_a_disguise_is_read_through(opened: Callable[[Reads], BatchingScorer]) -> None:
    model = Reads()

    [scores] = await opened(model).score(["you are w.o.r.t.h.l.e.s.s"])

    assert scores["toxicity"] == 1.0
    assert "you are w.o.r.t.h.l.e.s.s" in model.asked[0]


async def test_an_ordinary_text_is_read_once(opened: Callable[[Reads], BatchingScorer]) -> None:
    model = Reads()

    await opened(model).score(["Good morning, everybody."])

    assert model.asked == [["Good morning, everybody."]]


async def test_past_the_bound_it_is_too_busy_and_recovers(
    opened: Callable[..., BatchingScorer],
) -> None:
    model = Waits()
    scorer = opened(model, waiting=2)
    waiting = [asyncio.create_task(scorer.score([word])) for word in ("one", "two")]
    await asyncio.to_thread(model.reached.wait)

    with pytest.raises(TooBusy):
        await scorer.score(["three"])

    model.go.set()
    await asyncio.gather(*waiting)
    assert len(await scorer.score(["three", "four"])) == 2


async def test_a_text_that_nobody_waits_for_is_not_scored(
    opened: Callable[..., BatchingScorer],
) -> None:
    model = Waits()
    scorer = opened(model, waiting=3)
    first = asyncio.create_task(scorer.score(["one"]))
    await asyncio.to_thread(model.reached.wait)
    gone = asyncio.create_task(scorer.score(["gone"]))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)

    model.go.set()
    await first
    await scorer.score(["two", "three", "four"])

    assert [piece for batch in model.asked for piece in batch] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("model", [Breaks(), Breaks([]), Breaks([[0.0] * 6] * 9)])
async def test_a_model_that_fails_is_told_to_all_who_wait_and_asked_again_later(
    opened: Callable[..., BatchingScorer], model: Breaks
) -> None:
    scorer = opened(model, waiting=2)

    for _ in range(3):
        with pytest.raises((RuntimeError, ValueError)):
            await scorer.score(["one", "two"])


async def test_nonsense_in_a_later_window_is_not_lost_among_the_others(
    opened: Callable[[Reads], BatchingScorer],
) -> None:
    class Stumbles(Reads):
        def predict(self, pieces: Sequence[str]) -> list[list[float]]:
            return [[nan if RUDE in piece else 0.0] * 6 for piece in pieces]

    with pytest.raises(ValueError, match="no number"):
        await opened(Stumbles()).score([f"{LONG} {RUDE}"])


async def test_the_model_never_runs_on_the_event_loop(opened: Callable[[Reads], BatchingScorer]) -> None:
    class Tells(Reads):
        def predict(self, pieces: object) -> list[list[float]]:
            self.thread = threading.current_thread()
            return [[0.0] * 6]

    model = Tells()

    await opened(model).score(["hello"])

    assert model.thread is not threading.main_thread()


async def test_closing_gives_up_what_waits_and_closes_the_model() -> None:
    model = Waits()
    scorer = BatchingScorer(model)
    waiting = [asyncio.create_task(scorer.score([word])) for word in ("one", "two")]
    await asyncio.to_thread(model.reached.wait)

    closing = asyncio.create_task(scorer.aclose())
    await asyncio.sleep(0)
    model.go.set()
    await closing

    assert model.closed
    assert all(
        isinstance(answer, asyncio.CancelledError)
        for answer in await asyncio.gather(*waiting, return_exceptions=True)
    )


@given(st.text())
def test_any_text_becomes_at_least_one_piece_that_a_model_can_take(text: str) -> None:
    pieces = pieces_of(text)

    assert pieces
    assert all(len(piece) <= WINDOW for piece in pieces)
