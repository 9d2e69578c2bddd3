"""What a text tells of somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.stages.others_details import others_details
from moderation.verdict import Outcome


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("her number is 07911 123456", "phone number"),
        ("my ex lives at 22 Acacia Avenue, Derby", "address"),
        ("his dob is 14/02/1986", "date of birth"),
        ("my brother Kevin Ashdown is back on heroin", "full name"),
        ("she works at Henderson Motors in Bolton", "workplace"),
    ],
)
def test_somebody_elses_details_are_held(text: str, kind: str) -> None:
    finding = others_details(Draft(text))

    assert finding is not None
    assert (finding.rule, finding.outcome, finding.kind) == ("others-details", Outcome.HOLD, kind)
    assert finding.detail == f"somebody else's: {kind}"


@pytest.mark.parametrize(
    "text",
    [
        "my number is 07911 123456",
        "my brother Kevin is back on heroin",
        "my sponsor gave me her number on a bus ticket",
        "Matthew Perry said so in his book about drinking",
        "my mum works in a garage in Derby",
    ],
)
def test_the_authors_own_details_and_mere_stories_are_not(text: str) -> None:
    assert others_details(Draft(text)) is None


@given(st.text())
def test_no_text_makes_the_stage_fail(text: str) -> None:
    finding = others_details(Draft(text))

    assert finding is None or all(0 <= span.start < span.end <= len(text) for span in finding.spans)
