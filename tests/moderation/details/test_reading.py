"""Texts in plain characters, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.reading import Reading, read


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\uff10\uff12\uff10 \uff17\uff19\uff14\uff16", "020 7946"),
        ("3\ufe0f\u20e31\ufe0f\u20e3 Oak Road", "31 Oak Road"),
        ("\u0660\u0661", "01"),
        ("o77oo 9oo", "07700 900"),
        ("S-o-r-r-e-l W-a-l-k", "Sorrel Walk"),
        ("b o b 4 7 @ e x a m p l e . c o m", "bob47 @ example . com"),
        ("H i l l  V i e w  o n  M y  R d", "Hill  View  on  My  Rd"),
        ("6 1 7 . 5 5 5", "617 . 555"),
        ("nothing to do, I am fine", "nothing to do, I am fine"),
    ],
)
def test_disguises_are_read_through(text: str, plain: str) -> None:
    assert read(text).text == plain


def test_a_place_in_the_reading_leads_back_to_the_original() -> None:
    text = "at 3\ufe0f\u20e31\ufe0f\u20e3 S-o-r-r-e-l now"
    reading = read(text)
    start = reading.text.index("31")

    place = reading.where(start, start + len("31 Sorrel"))

    assert text[slice(*place)] == "3\ufe0f\u20e31\ufe0f\u20e3 S-o-r-r-e-l"


def test_a_rewritten_word_stands_where_the_old_one_stood() -> None:
    reading = Reading("a bb c").rewritten([(2, 4, "xyz")])

    assert reading.text == "a xyz c"
    assert [reading.where(place, place + 1) for place in range(2, 5)] == [(2, 4)] * 3


@given(st.text())
def test_every_character_of_any_reading_has_its_place(text: str) -> None:
    reading = read(text)

    for place in range(len(reading.text)):
        start, end = reading.where(place, place + 1)
        assert 0 <= start < end <= len(text)
