"""Clinicians by name."""

import pytest

from moderation.details.clinicians import clinicians


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in clinicians(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (
            "saw Dr Helena Marchetti at the Riverside Clinic today",
            "Dr Helena Marchetti at the Riverside Clinic",
        ),
        ("dr okafor upped it", "dr okafor"),
        ("my counsellor, Brian Tetley, says hi", "Brian Tetley"),
        ("my keyworker Angela Frost", "Angela Frost"),
        ("Mr Aldous Finch, my keyworker", "Mr Aldous Finch"),
        ("Nurse Bernadette Cole was kind", "Nurse Bernadette Cole"),
    ],
)
def test_a_named_clinician_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "the doctor laughed",
        "my doctor stayed, thank God",
        "Dr Bob and Bill W",
        "Dr Gabor Maté wrote about it",
        "I drink Dr Pepper now",
        "my therapist says feel it",
        "ask a doctor first",
    ],
)
def test_an_unnamed_or_public_one_is_none(text: str) -> None:
    assert found(text) == []
