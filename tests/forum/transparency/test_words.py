"""What is counted has words, and what has none is never named."""

from forum.guidelines import GUIDELINES
from forum.messages.explanations import WHY
from forum.review.items import Kind
from forum.review.outcomes import MEASURES, OUTCOMES
from forum.review.reporting import REASONS
from forum.review.severity import OF_REASON, OF_RULE
from forum.transparency import words


def test_everything_that_makes_something_wait_has_words() -> None:
    assert set(OF_RULE) | set(OF_REASON) | set(REASONS) <= set(words.RULES)
    assert set(words.RULES) - set(WHY) - set(REASONS) == {"threat"}


def test_every_kind_but_appeals_and_every_outcome_that_decides_has_words() -> None:
    appeals = {"appeal-upheld", "appeal-declined"}

    assert set(words.KINDS) == {str(kind) for kind in Kind} - {"appeal"}
    assert {name.removeprefix("edit-") for name in OUTCOMES} - appeals - {"escalated"} == set(words.DECIDED)
    assert {str(name) for name in MEASURES} == set(words.BESIDES) - {words.NONE}
    assert {one.slug for one in GUIDELINES} == set(words.REASONS) - {words.NONE}


def test_what_has_no_words_is_something_else() -> None:
    assert words.known("held", words.KINDS) == "held"
    assert words.known("message:0190", words.KINDS) == words.OTHER
