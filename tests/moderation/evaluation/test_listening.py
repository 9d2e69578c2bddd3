"""Claims about listening: what is listened to says what it always says, and fails as it always fails."""

import pytest

from moderation.draft import Draft
from moderation.evaluation.listening import ListenedScorer, Listener, Said, asked
from moderation.signs import Sign, Strength
from moderation.verdict import Finding
from tests.moderation.evaluation.cases import HELD
from tests.moderation.scorers import CALM, Answers, Raises

SIGN = Sign("care", 0.9, Strength.SURE, "model@1")


def holds(draft: Draft) -> Finding | None:
    return HELD


def fails(draft: Draft) -> Finding | None:
    raise LookupError(draft.text)


def babbles(draft: Draft) -> Finding | None:
    return "a finding"  # type: ignore[return-value]


def test_a_stage_says_the_same_under_its_own_name() -> None:
    listener = Listener()

    stage = listener.stage(holds)

    assert stage(Draft("hello")) is HELD
    assert stage.__name__ == "holds"
    assert listener.said == [Said("holds", HELD)]


def test_the_signs_that_a_stage_is_given_are_noted() -> None:
    listener = Listener()

    listener.stage(holds)(Draft("hello", signs={"care": SIGN}))

    assert listener.signs == (SIGN,)


@pytest.mark.parametrize(("stage", "failed"), [(fails, "LookupError"), (babbles, "TypeError")])
def test_a_stage_that_fails_is_noted_without_a_word_of_the_text_and_still_fails(
    stage: type, failed: str
) -> None:
    listener = Listener()

    with pytest.raises(RuntimeError, match=failed):
        listener.stage(stage)(Draft("my secret"))

    assert listener.said == [Said(stage.__name__, failed=failed)]
    assert "my secret" not in repr(asked(stage, Draft("my secret")))


async def test_a_scorer_answers_the_same_and_its_scores_are_noted() -> None:
    scorer = ListenedScorer(Answers())

    assert await scorer.score(["hello"]) == (CALM,)
    assert scorer.name == "answers"
    assert scorer.scores == CALM


async def test_a_scorer_that_fails_or_answers_nonsense_leaves_no_scores() -> None:
    failing, babbling = ListenedScorer(Raises()), ListenedScorer(Answers(["calm"]))

    with pytest.raises(RuntimeError):
        await failing.score(["hello"])
    with pytest.raises((TypeError, ValueError)):
        await babbling.score(["hello"])

    assert (failing.scores, babbling.scores) == ({}, {})
