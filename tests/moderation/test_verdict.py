"""How findings add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.markup import render
from moderation.verdict import Finding, Lane, Outcome, Span, weigh

HELD = Finding("links", Outcome.HOLD, "3 links from a new member")
REFUSED = Finding("empty", Outcome.REFUSE, "there is no text", Lane.SHAPE)


def test_without_a_finding_there_is_no_objection() -> None:
    verdict = weigh([], render("hello"), text="hello", title="a title")

    assert verdict.outcome is Outcome.PUBLISH
    assert (verdict.text, verdict.title, verdict.findings) == ("hello", "a title", ())


def test_the_gravest_finding_decides_and_all_are_kept() -> None:
    verdict = weigh(iter([HELD, REFUSED]), render("hello"))

    assert verdict.outcome is Outcome.REFUSE
    assert verdict.findings == (HELD, REFUSED)


def test_outcomes_are_ordered_by_gravity() -> None:
    assert list(Outcome) == sorted(Outcome)
    assert Outcome.PUBLISH < Outcome.NUDGE < Outcome.MASK < Outcome.HOLD < Outcome.REFUSE


def test_only_a_nudge_and_a_mask_are_questions_to_the_author() -> None:
    assert [outcome for outcome in Outcome if outcome.asks] == [Outcome.NUDGE, Outcome.MASK]


@pytest.mark.parametrize("gentle", [Outcome.PUBLISH, Outcome.NUDGE, Outcome.MASK])
def test_a_question_never_softens_a_hold(gentle: Outcome) -> None:
    asking = Finding("own-details", gentle, "their own", spans=(Span(0, 5, "name"),))

    assert weigh([asking, HELD], render("hello")).outcome is Outcome.HOLD


@given(st.lists(st.sampled_from(Outcome)))
def test_one_more_finding_never_makes_a_verdict_gentler(outcomes: list[Outcome]) -> None:
    findings = [Finding("links", outcome, "links") for outcome in outcomes]

    assert weigh([*findings, HELD], render("hello")).outcome >= weigh(findings, render("hello")).outcome


def test_spans_are_in_the_order_of_the_text() -> None:
    assert sorted([Span(5, 9, "b"), Span(0, 7), Span(5, 6, "c")]) == [
        Span(0, 7),
        Span(5, 6, "c"),
        Span(5, 9, "b"),
    ]


def test_a_verdict_shows_no_word_of_the_text_when_printed() -> None:
    assert "hello" not in repr(weigh([], render("hello"), text="hello", title="hello"))
