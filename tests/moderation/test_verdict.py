"""How findings add up."""

from moderation.markup import render
from moderation.verdict import Finding, Lane, Outcome, weigh

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
    assert Outcome.PUBLISH < Outcome.HOLD < Outcome.REFUSE


def test_a_verdict_shows_no_word_of_the_text_when_printed() -> None:
    assert "hello" not in repr(weigh([], render("hello"), text="hello", title="hello"))
