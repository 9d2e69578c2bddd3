"""Claims about judging: one word for each verdict, the pipeline of members, details that stay hidden."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from moderation.draft import Draft
from moderation.evaluation.corpus import Answer
from moderation.evaluation.judging import AT_ONCE, answer_of, judge
from moderation.toxicity.scorer import open_scorer
from moderation.verdict import Finding, Outcome
from tests.moderation.evaluation.cases import (
    FAILED,
    HELD,
    NUDGED,
    RAISED,
    RAISED_AND_HELD,
    case,
    judged,
    mask,
)
from tests.moderation.scorers import Answers, Raises

TEXT = "I live at 4 Elm Row, and the number is 555 0100."
MASKED = mask(TEXT, "4 Elm Row", "555 0100")


class Busy(Answers):
    """Notes how many texts it had at once."""

    now, most = 0, 0

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return await super().score(texts)


@pytest.mark.parametrize(
    ("findings", "answer"),
    [
        ((), "publish"),
        ((NUDGED,), "nudge"),
        ((NUDGED, MASKED), "private"),
        ((MASKED, HELD), "hold"),
        ((Finding("empty", Outcome.REFUSE, "no text"),), "hold"),
        ((RAISED,), "care"),
        ((RAISED_AND_HELD,), "care"),
        ((HELD, MASKED, RAISED), "care"),
    ],
)
def test_a_verdict_is_one_word_and_care_comes_first(findings: tuple[Finding, ...], answer: str) -> None:
    verdict = judged(case(text=TEXT), *findings).verdict

    assert answer_of(verdict) == Answer(answer)


@pytest.mark.parametrize(
    ("want", "finding", "satisfied"),
    [
        ("hold", HELD, True),
        ("hold", MASKED, False),
        ("private", MASKED, True),
        ("private", HELD, True),
        ("private", NUDGED, False),
        ("nudge", NUDGED, True),
        ("nudge", HELD, False),
        ("care", RAISED_AND_HELD, True),
        ("care", HELD, False),
        ("publish", RAISED, False),
        ("hold", FAILED, False),
        ("private", FAILED, False),
    ],
)
def test_only_the_wanted_answer_satisfies_but_a_hold_keeps_private_too(
    want: str, finding: Finding, satisfied: bool
) -> None:
    assert judged(case(want, text=TEXT), finding).satisfied is satisfied


@pytest.mark.parametrize(
    ("want", "finding", "falsely"),
    [
        ("publish", HELD, True),
        ("publish", MASKED, True),
        ("nudge", HELD, True),
        ("publish", NUDGED, False),
        ("publish", RAISED, False),
        ("private", HELD, False),
        ("care", HELD, False),
    ],
)
def test_what_others_may_read_is_falsely_held_by_a_hold_or_a_mask(
    want: str, finding: Finding, falsely: bool
) -> None:
    assert judged(case(want, text=TEXT), finding).falsely_held is falsely


@pytest.mark.parametrize(
    ("findings", "hidden"),
    [
        ((), 0),
        ((MASKED,), 2),
        ((mask(TEXT, "4 Elm Row"),), 1),
        ((mask(TEXT, "4 Elm", "555 0100"),), 1),
        ((mask(TEXT, "4 Elm", " Row, and"),), 1),
        ((HELD,), 2),
        ((RAISED,), 0),
        ((Finding("spam", Outcome.MASK, "", spans=MASKED.spans),), 0),
        ((Finding("own-details", Outcome.NUDGE, "", spans=MASKED.spans),), 0),
    ],
)
def test_a_detail_is_hidden_by_a_hold_or_a_mask_over_all_of_it(
    findings: tuple[Finding, ...], hidden: int
) -> None:
    given = case("private", text=TEXT, details=("4 Elm Row", "555 0100"))

    assert judged(given, *findings).hidden == hidden


@pytest.mark.parametrize(
    ("left", "hidden"), [((), 1), ((NUDGED,), 1), ((mask(TEXT, "555 0100"),), 2), ((HELD,), 2)]
)
def test_what_is_asked_about_once_more_after_it_was_masked_waits(
    left: tuple[Finding, ...], hidden: int
) -> None:
    given = case("private", text=TEXT, details=("4 Elm Row", "555 0100"))
    after = judged(given, *left).verdict

    assert replace(judged(given, mask(TEXT, "4 Elm Row")), masked=after).hidden == hidden


def test_what_only_the_model_heard_cannot_be_masked_and_waits() -> None:
    given = case("private", text=TEXT, details=("4 Elm Row", "555 0100"))

    assert judged(given, Finding("own-details", Outcome.MASK, "")).hidden == 2


def test_where_somebody_may_be_in_danger_details_wait() -> None:
    given = case("private", text=TEXT, details=("4 Elm Row", "555 0100"))

    assert judged(given, RAISED, mask(TEXT, "4 Elm Row")).hidden == 2


async def test_what_is_left_after_masking_is_judged_once_more() -> None:
    text = "Write to me: jo@example.com. You are worthless."
    [plain, unkind] = await judge(
        open_scorer("lexicon:"),
        [case("private", text="Write to me: jo@example.com."), case("private", text=text)],
    )

    assert plain.masked is not None
    assert plain.masked.outcome is Outcome.PUBLISH
    assert "jo@" not in plain.masked.text
    assert unkind.masked is None


def test_a_detail_that_is_said_twice_must_be_masked_twice() -> None:
    twice = "555 0100! I mean it: 555 0100."

    assert judged(case("private", text=twice, details=("555 0100",)), mask(twice, "555 0100")).hidden == 0


def test_rules_are_named_with_their_kind_or_their_label() -> None:
    scored = Finding("toxicity", Outcome.HOLD, "", label="insult", score=0.9)

    assert judged(case(), HELD, scored, NUDGED).rules == ("claim:cure", "toxicity:insult", "language")


async def test_cases_meet_the_pipeline_that_messages_meet_in_their_order() -> None:
    cases = [case("hold", text="You are worthless."), case(text="Thank you all for tonight.")]

    done = await judge(open_scorer("lexicon:"), cases)

    assert [one.case for one in done] == cases
    assert [one.answer for one in done] == [Answer.HOLD, Answer.PUBLISH]


async def test_another_list_of_stages_can_be_judged() -> None:
    def never(draft: Draft) -> Finding:
        return HELD

    [done] = await judge(Answers(), [case("hold")], [never])

    assert done.verdict.findings[0].rule == "claim"
    assert done.satisfied


async def test_no_more_than_a_few_are_scored_at_once() -> None:
    scorer = Busy()

    await judge(scorer, [case(text=f"hello {number}") for number in range(20)], [])

    assert scorer.most == AT_ONCE
    assert len(scorer.asked) == 20


async def test_a_scorer_that_fails_satisfies_nobody() -> None:
    [done] = await judge(Raises(), [case("hold")], [])

    assert done.answer is Answer.HOLD
    assert [finding.rule for finding in done.faults] == ["unscored"]
    assert not done.satisfied
