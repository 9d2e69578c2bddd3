"""Signs as people write them down."""

import re

import pytest

from moderation.danger.farewell import FAREWELL
from moderation.danger.overdose import OVERDOSE
from moderation.danger.self_harm import SELF_HARM
from moderation.danger.sign import Index, signs
from moderation.danger.speech import heard
from moderation.danger.suicide import SUICIDE
from moderation.danger.violence import VIOLENCE
from moderation.danger.withdrawal import WITHDRAWAL
from moderation.signs import Strength

ALL = (*SUICIDE, *FAREWELL, *SELF_HARM, *OVERDOSE, *WITHDRAWAL, *VIOLENCE)
WITHIN_A_WORD = re.compile(r"\[\^ \|\][+*]")


def seen(line: str, text: str) -> list[str]:
    speech = heard(text)
    return [speech.line[one.start : one.end] for one in Index(signs("a", Strength.SURE, line)).seen(speech)]


def test_a_gap_lets_so_many_words_through_and_no_sentence() -> None:
    assert seen("cold ~2 water", "cold and clear water") == ["cold and clear water "]
    assert seen("cold ~1 water", "cold and clear water") == []
    assert seen("cold ~2 water", "Cold. Water") == []


def test_choices_stems_phrases_and_what_may_be_missing() -> None:
    assert seen("warm|cold very? swim*", "cold swimming") == ["cold swimming "]
    assert seen("ice_cold water %", "ice cold water!") == ["ice cold water | "]


def test_a_sentence_ends_at_its_stop_or_with_the_text() -> None:
    assert seen("ice_cold water %", "ice cold water") == ["ice cold water "]
    assert seen("ice_cold water and|%", "ice cold water") == ["ice cold water "]
    assert seen("ice_cold water %", "ice cold water works") == []


def test_a_line_of_common_words_has_nothing_to_be_found_by() -> None:
    with pytest.raises(ValueError, match="Nothing to look for"):
        signs("a", Strength.SURE, "i am")


def test_a_stem_is_not_too_short() -> None:
    with pytest.raises(ValueError, match="Too short"):
        signs("a", Strength.SURE, "ab*")


def test_no_pattern_repeats_without_bound_across_words() -> None:
    """What repeats freely stays within one word, and gaps are counted: work grows as the text does."""
    free = [
        one.pattern.pattern
        for one in ALL
        if set("*+") & set(WITHIN_A_WORD.sub("", unescaped(one.pattern.pattern)))
    ]

    assert free == []
    assert all(int(most) <= 9 for one in ALL for most in re.findall(r"\{0,(\d+)\}", one.pattern.pattern))


def unescaped(pattern: str) -> str:
    return re.sub(r"\\.", "", pattern)
