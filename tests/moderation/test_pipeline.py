"""Screening: what passes, and how every failure of ours ends in a hold."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs

from moderation.draft import Draft, Policy
from moderation.pipeline import LONG_TEXT, Pipeline
from moderation.stages import STAGES
from moderation.toxicity.scorer import open_scorer
from moderation.verdict import Finding, Lane, Outcome, Verdict
from tests.moderation.scorers import CALM, Answers, Blocks, GivesUp, Hangs, Raises, Stubborn

SECRET = "my name is Robin"
SOON = 2.0
"""Seconds within which even a screening that meets a hung scorer must end."""


@pytest.fixture(autouse=True)
async def nothing_left_behind() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    await asyncio.sleep(0)
    assert asyncio.all_tasks() <= before | {
        task for task in asyncio.all_tasks() if task is asyncio.current_task()
    }


async def screen(
    scorer: Answers, text: str = "hello", **stages: tuple[Callable[[Draft], Finding | None], ...]
) -> Verdict:
    async with asyncio.timeout(SOON):
        return await Pipeline(scorer, stages.get("stages", STAGES), deadline=0.05).screen(Draft(text))


def faults(verdict: Verdict) -> list[str]:
    return [finding.rule for finding in verdict.findings if finding.lane is Lane.FAULT]


async def test_a_kind_word_is_published_tidied_and_laid_out() -> None:
    scorer = Answers()

    verdict = await Pipeline(scorer).screen(Draft(" wel\u200bcome \r\n", title=" a\u0301 "))

    assert (verdict.outcome, verdict.findings) == (Outcome.PUBLISH, ())
    assert (verdict.text, verdict.title, verdict.html) == ("welcome", "\u00e1", "<p>welcome</p>\n")
    assert scorer.asked == ["\u00e1\nwelcome"]


async def test_an_unkind_word_is_held_by_the_scorer_that_ships() -> None:
    verdict = await Pipeline(open_scorer("lexicon://")).screen(Draft("you are worthless"))

    assert verdict.outcome is Outcome.HOLD
    assert verdict.findings[0].rule == "toxicity"


@pytest.mark.parametrize("scorer", [Raises, Hangs, Blocks, GivesUp])
async def test_a_scorer_that_fails_or_is_late_means_held(scorer: Callable[[], Answers]) -> None:
    verdict = await screen(scorer())

    assert verdict.outcome is Outcome.HOLD
    assert faults(verdict) == ["unscored"]
    assert verdict.text == "hello"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        [CALM, CALM],
        ["calm"],
        [{"toxicity": 0.0}],
        [CALM | {"threat": float("nan")}],
        [CALM | {"threat": 1.5}],
        [CALM | {"threat": -0.5}],
        [CALM | {"threat": "low"}],
        CALM,
    ],
)
async def test_a_scorer_that_answers_nonsense_means_held(answer: object) -> None:
    verdict = await screen(Answers(answer))

    assert verdict.outcome is Outcome.HOLD
    assert faults(verdict) == ["unscored"]


async def test_a_hung_scorer_is_cancelled() -> None:
    scorer = Hangs()

    await screen(scorer)

    assert scorer.ended


@pytest.mark.parametrize("raises", [False, True])
async def test_a_scorer_that_swallows_cancellation_is_left_behind(raises: bool) -> None:
    scorer = Stubborn(raises)

    verdict = await screen(scorer)
    scorer.release.set()
    await asyncio.sleep(0.01)

    assert faults(verdict) == ["unscored"]


async def test_a_scorer_that_could_never_hold_is_not_taken() -> None:
    scorer = Answers()
    scorer.labels = ("obscene",)

    with pytest.raises(ValueError, match="none of the labels"):
        Pipeline(scorer)


async def test_the_cancelling_of_a_screening_passes_through_and_reaches_the_scorer() -> None:
    scorer = Hangs()
    task = asyncio.create_task(Pipeline(scorer, deadline=60).screen(Draft("hello")))
    await asyncio.sleep(0.01)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert scorer.ended


def broken(draft: Draft) -> Finding | None:
    raise KeyError(draft.text)


def odd(draft: Draft) -> Finding | None:
    return draft.text  # type: ignore[return-value]


def objecting(draft: Draft) -> Finding | None:
    return Finding("objecting", Outcome.HOLD, "because")


@pytest.mark.parametrize("stage", [broken, odd])
async def test_a_stage_that_fails_means_held_and_the_others_are_kept(
    stage: Callable[[Draft], Finding | None],
) -> None:
    verdict = await screen(Raises(), stages=(objecting, stage, objecting))

    assert [finding.rule for finding in verdict.findings] == [
        "objecting",
        "stage-failed",
        "objecting",
        "unscored",
    ]
    assert faults(verdict) == ["stage-failed", "unscored"]
    assert verdict.outcome is Outcome.HOLD


async def test_a_fault_is_logged_without_a_word_of_the_text() -> None:
    with capture_logs() as logs:
        verdict = await screen(Raises(), SECRET, stages=(broken,))

    assert [(log["rule"], log["error"]) for log in logs] == [
        ("unscored", "RuntimeError"),
        ("stage-failed", "KeyError"),
    ]
    assert SECRET not in repr(logs) + repr(verdict)


@pytest.mark.parametrize("text", ["", "\u200b", "a\ud800", "a" * 10_001])
async def test_a_refused_shape_is_neither_scored_nor_kept(text: str) -> None:
    scorer = Answers()

    verdict = await screen(scorer, text)

    assert (verdict.outcome, len(verdict.findings)) == (Outcome.REFUSE, 1)
    assert (verdict.text, verdict.title, verdict.html) == ("", "", "")
    assert scorer.asked == []


async def test_a_refused_word_is_still_scored() -> None:
    scorer = Answers()

    verdict = await Pipeline(scorer).screen(Draft("casino", policy=Policy(refused_words=("casino",))))

    assert verdict.outcome is Outcome.REFUSE
    assert scorer.asked == ["casino"]


@pytest.mark.parametrize(("length", "here"), [(LONG_TEXT, True), (LONG_TEXT + 1, False)])
async def test_a_long_text_is_read_beside_the_loop(length: int, here: bool) -> None:
    readers: list[int] = []

    def noting(draft: Draft) -> Finding | None:
        readers.append(threading.get_ident())
        return None

    await screen(Answers(), "a" * length, stages=(noting,))

    assert (readers == [threading.get_ident()]) is here
