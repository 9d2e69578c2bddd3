"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.numerals import WORDS, has_figures, in_digits
from moderation.details.reading import read


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("oh double-seven double-oh, nine double-oh", "07700 900"),
        ("zero-seven-seven-zero", "0770"),
        ("six zeros, double oh seven", "000000 007"),
        ("double7 nine00", "77900"),
        ("twenty six, Oak Road", "26, Oak Road"),
        ("nineteen eighty-eight", "1988"),
        ("fifty three point three four, minus six point two", "53.34, -6.2"),
        ("nine hundred four five six", "900456"),
        ("one of them had a drink", "one of them had a drink"),
        ("call 07911 123456", "call 07911 123456"),
    ],
)
def test_a_number_in_words_is_read_in_digits(text: str, digits: str) -> None:
    assert in_digits(read(text)).text == digits


@given(st.lists(st.sampled_from([*WORDS, "7", "12", ",", "-", "and"])).map(" ".join))
def test_any_run_of_number_words_keeps_its_places(text: str) -> None:
    reading = in_digits(read(text))

    for place in range(len(reading.text)):
        start, end = reading.where(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(st.text())
def test_a_text_has_figures_where_a_pattern_for_digits_would_see_one(text: str) -> None:
    assert has_figures(text) == any(character.isdecimal() for character in text)
