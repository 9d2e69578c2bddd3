"""The words of a statement cover everything that can be decided."""

import pytest

from forum.review.outcomes import OF_APPEALS, OPEN_STILL, OUTCOMES, Measure
from forum.review.reason_words import APPEALS, HEADINGS, MEASURES, OTHERWISE, SILENT

HANDLES = {"renamed"}


@pytest.mark.parametrize("outcome", sorted(set(OUTCOMES) - OF_APPEALS - OPEN_STILL - SILENT - HANDLES))
def test_every_outcome_has_its_heading(outcome: str) -> None:
    assert HEADINGS.get(outcome, OTHERWISE) is not OTHERWISE


def test_every_measure_and_every_state_of_an_appeal_is_told() -> None:
    assert set(MEASURES) == {one.value for one in Measure if one}
    assert set(APPEALS) == {"open", "late", "pending", "upheld", "declined"}
