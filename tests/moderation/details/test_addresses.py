"""Postal addresses of several countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.addresses import (
    BETWEEN_NUMBERS,
    BOX,
    CODE,
    CODE_CUE,
    EUROPEAN,
    FLAT,
    HOUSE_NO,
    STREET,
    TOLD,
    addresses,
)
from moderation.details.numerals import has_figures


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in addresses(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("I live at 22 acacia avenue, come round", "22 acacia avenue"),
        ("Flat 3, 18 Harbour Terrace, Galway, H91 X2Y3", "Flat 3, 18 Harbour Terrace, Galway, H91 X2Y3"),
        ("send it to 4021 N Maple Dr Apt 12B, Tulsa, OK 74103", "4021 N Maple Dr Apt 12B, Tulsa, OK 74103"),
        ("Unit 4, 7 Banksia Parade, Bendigo VIC 3550", "Unit 4, 7 Banksia Parade, Bendigo VIC 3550"),
        ("im Lindenweg 22, 50999 Köln", "Lindenweg 22, 50999 Köln"),
        ("12 rue des Lilas, 75011 Paris", "12 rue des Lilas, 75011 Paris"),
        ("Calle Mayor 14, Madrid", "Calle Mayor 14, Madrid"),
        ("H.No. 4-118, Shanti Nagar, Pune 411001", "H.No. 4-118, Shanti Nagar, Pune 411001"),
        ("PO Box 551, Gander, NL A1V 1W8", "PO Box 551, Gander, NL A1V 1W8"),
        ("my postcode is SW9 8QT", "SW9 8QT"),
        ("I live on Cedar Road, past the chippy", "Cedar Road"),
        ("number 3 on Rowan Close", "number 3 on Rowan Close"),
        ("Flat 112 Thistle House, third floor", "Flat 112 Thistle House, third floor"),
    ],
)
def test_an_address_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "221B Baker Street is full",
        "the meeting is in the church hall, 12 Mill Lane",
        "a 20 minute walk down the street",
        "I live in Manchester",
        "12 steps, one way",
        "Sat in Phoenix Park with the deer",
        "2 people drive me up the wall",
    ],
)
def test_a_place_that_finds_nobody_is_none(text: str) -> None:
    assert found(text) == []


@given(data=st.data())
def test_no_numbered_address_is_without_a_figure(data: st.DataObject) -> None:
    pattern = data.draw(
        st.sampled_from([STREET, EUROPEAN, BOX, HOUSE_NO, FLAT, BETWEEN_NUMBERS, TOLD, CODE, CODE_CUE])
    )
    text = data.draw(st.from_regex(pattern))

    assert has_figures(text) or not pattern.search(text)


def test_a_street_without_a_number_is_an_address_where_somebody_lives() -> None:
    assert found("she lives on Acacia Avenue now") == ["Acacia Avenue"]
