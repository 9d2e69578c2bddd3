"""Exact places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.coordinates import NEEDED, PLACE, coordinates


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in coordinates(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("I am at 51.5033, -0.1196 now", "51.5033, -0.1196"),
        ("52.4862 N, 1.8904 W", "52.4862 N, 1.8904 W"),
        ("the tent is at NT 259 736", "NT 259 736"),
        ("///filled.count.soap", "///filled.count.soap"),
        ("my what3words is filled.count.soap", "filled.count.soap"),
        ("https://maps.app.goo.gl/abcDEF", "https://maps.app.goo.gl/abcDEF"),
    ],
)
def test_an_exact_place_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "0.5 mg, then 0.25",
        "version 4.12.0.771",
        "51.5 kg, 49.2 kg",
        "half past six",
    ],
)
def test_a_mere_number_is_none(text: str) -> None:
    assert found(text) == []


@given(st.from_regex(PLACE))
def test_no_exact_place_is_without_the_signs_that_are_looked_for_first(text: str) -> None:
    assert NEEDED.search(text) or not PLACE.search(text)
