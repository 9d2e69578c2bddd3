"""What the author tells of themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.stages.own_details import own_details
from moderation.verdict import Finding, Outcome, Span


def test_the_author_is_asked_about_their_own_number() -> None:
    finding = own_details(Draft("my number is 07911 123456"))

    assert finding == Finding(
        "own-details",
        Outcome.MASK,
        "the author's own: phone number",
        kind="phone number",
        spans=(Span(13, 25, "phone number"),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "her number is 07911 123456",
        "116 123, Samaritans, any hour",
        "90 days today, 3 meetings a week, 12 steps",
        "I took 10 mg, then 20 mg, at 09:30",
        "thank you @quiet-heron, page 417 it is",
        "sober since 14 March 2019, and it cost \u00a31,249.99",
        "Joanna here, from Leith",
    ],
)
def test_others_details_hotlines_counts_and_first_names_are_not_the_authors(text: str) -> None:
    assert own_details(Draft(text)) is None


@given(st.text())
def test_no_text_makes_the_stage_fail(text: str) -> None:
    finding = own_details(Draft(text))

    assert finding is None or all(0 <= span.start < span.end <= len(text) for span in finding.spans)
