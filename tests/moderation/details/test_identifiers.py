"""Numbers by which offices know a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.identifiers import NAMED, PARTS, SCHEMES, identifiers
from moderation.details.numerals import has_figures


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in identifiers(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("my ssn is 078051120", "078051120"),
        ("SSN 219-09-9999 or without dashes", "219-09-9999"),
        ("NI is AB 12 34 56 C", "AB 12 34 56 C"),
        ("nhs no 943 476 5919", "943 476 5919"),
        ("943 476 5919 is on my letter", "943 476 5919"),
        ("PPS 1234567T", "1234567T"),
        ("046 454 286 on the old card, sin that is", "046 454 286"),
        ("tfn 123 456 782", "123 456 782"),
        ("aadhaar 2345 6789 0123", "2345 6789 0123"),
        ("PAN ABCPE1234F", "ABCPE1234F"),
        ("my passport number is 533401372", "533401372"),
        ("patient id 00482913", "00482913"),
        ("his plate is AB12 CDE", "AB12 CDE"),
        ("social starts 078, then 05, ends 1120", "1120"),
    ],
)
def test_a_personal_number_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "form 1040 and form 8962",
        "bus 42, platform 3",
        "Zoom ID 123 456 7890",
        "page 417 and page 86",
        "id rather be at home",
        "GGT 612 down to 88",
    ],
)
def test_any_other_number_is_none(text: str) -> None:
    assert found(text) == []


@given(data=st.data())
def test_no_personal_number_is_without_a_figure(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([*(scheme.shape for scheme in SCHEMES), NAMED, PARTS]))
    text = data.draw(st.from_regex(pattern))

    assert has_figures(text) or not pattern.search(text)
