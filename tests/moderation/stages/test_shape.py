"""Texts that are no texts."""

import pytest

from moderation.draft import LONGEST, LONGEST_TITLE, Draft, Kind
from moderation.stages.shape import misshapen
from moderation.verdict import Lane, Outcome


def rule(draft: Draft) -> str | None:
    finding = misshapen(draft)
    return None if finding is None else finding.rule


def test_a_refusal_of_the_shape_is_in_its_own_lane() -> None:
    finding = misshapen(Draft(""))

    assert finding is not None
    assert (finding.rule, finding.outcome, finding.lane) == ("empty", Outcome.REFUSE, Lane.SHAPE)


@pytest.mark.parametrize("kind", Kind)
def test_a_text_may_be_as_long_as_its_kind_allows(kind: Kind) -> None:
    assert rule(Draft("a" * LONGEST[kind], kind=kind)) is None
    assert rule(Draft("a" * (LONGEST[kind] + 1), kind=kind)) == "too-long"


def test_a_title_has_its_own_length() -> None:
    assert rule(Draft("a", title="a" * LONGEST_TITLE)) is None
    assert rule(Draft("a", title="a" * (LONGEST_TITLE + 1))) == "too-long"


@pytest.mark.parametrize(
    "text", ["\u2800\u2800", "\u200b", "\u0301\u0302", "\ufe0f", "\u3164", "\u202e \u2066"]
)
def test_a_text_in_which_nothing_can_be_seen_is_unreadable(text: str) -> None:
    assert rule(Draft(text)) == "unreadable"
    assert rule(Draft("a", title=text)) == "unreadable"


def test_half_a_character_pair_is_unreadable() -> None:
    assert rule(Draft("a\ud800")) == "unreadable"
    assert rule(Draft("a", title="\udc00b")) == "unreadable"


def test_a_name_and_a_title_are_one_line() -> None:
    assert rule(Draft("a\nb", kind=Kind.NAME)) == "unreadable"
    assert rule(Draft("a\nb", kind=Kind.LINE)) is None
    assert rule(Draft("a", title="a\nb")) == "unreadable"


@pytest.mark.parametrize("text", ["a", "\U0001f499", "?", "\u0928\u092e\u0938\u094d\u0924\u0947", "1"])
def test_the_least_visible_sign_is_a_text(text: str) -> None:
    assert rule(Draft(text)) is None
