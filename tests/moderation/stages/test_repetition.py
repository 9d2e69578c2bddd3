"""The same again, and again."""

import pytest

from moderation.draft import Draft, Kind, Standing
from moderation.stages.repetition import flooding, repeated
from moderation.verdict import Finding, Outcome

LETTER = "I have been sober for ninety days, and I want to thank you all."


def again(text: str, *recent: str) -> Finding | None:
    return repeated(Draft(text, Standing(recent=recent)))


def test_a_copy_of_a_recent_text_is_held() -> None:
    finding = again(LETTER.upper() + "!!", "hello", LETTER)

    assert finding == Finding("repeats", Outcome.HOLD, "the same text as a recent one")


def test_a_short_text_is_held_the_third_time_running() -> None:
    assert again("yes", "Yes!") is None
    assert again("yes", "yes", "no", "yes") is None
    assert again("yes", "Yes!", "yes") == Finding("repeats", Outcome.HOLD, "the same text 3 times running")


def test_texts_without_letters_are_compared_as_they_are() -> None:
    assert again("\U0001f499", "\U0001f64f", "?") is None
    assert again("\U0001f499", "\U0001f499", "\U0001f499") is not None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("a" * 60, "sign"),
        ("!" * 80 + " no", "sign"),
        ("buy now " + "pills " * 30, "word"),
        ("a b\n" * 9, "line"),
    ],
)
def test_one_thing_over_and_over_is_held(text: str, unit: str) -> None:
    assert flooding(Draft(text)) == Finding("flood", Outcome.HOLD, f"mostly one {unit}, over and over")


@pytest.mark.parametrize(
    "text", ["no" + "o" * 40, "ha " * 10, LETTER * 3, "just for today\n" * 4, "\n".join(map(str, range(41)))]
)
def test_ordinary_emphasis_is_no_flood(text: str) -> None:
    assert flooding(Draft(text)) is None


def test_a_chat_line_has_only_so_many_lines() -> None:
    lines = "\n".join(f"line {number}" for number in range(41))

    assert flooding(Draft(lines, kind=Kind.LINE)) == Finding(
        "flood", Outcome.HOLD, "41 lines in one chat line"
    )
    assert flooding(Draft(lines)) is None
