"""Outcomes and measures have words, each."""

from forum.review.outcomes import LEFT_UP, LET_READ, MEASURES, OF_APPEALS, OPEN_STILL, OUTCOMES, Measure


def test_every_outcome_that_is_sorted_somewhere_has_words() -> None:
    assert set(OUTCOMES) >= LET_READ | OF_APPEALS | OPEN_STILL | LEFT_UP


def test_every_measure_has_words() -> None:
    assert set(MEASURES) == set(Measure) - {Measure.NONE}
