"""Dates of birth, and all the other dates."""

import pytest

from moderation.details.birthdays import birthdays


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in birthdays(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("dob 14/02/1986", "14/02/1986"),
        ("born 14 march 1979 in Leeds", "14 march 1979"),
        ("my bday's the 4th of july 85", "the 4th of july 85"),
        ("my birthday is on 12 May", "12 May"),
        ("born on twelfth of december 1981", "twelfth of december 1981"),
        ("I say 3 June 1961 to every nurse I meet", "3 June 1961"),
    ],
)
def test_a_date_of_birth_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "sober since 14 March 2003",
        "02/05/2023 was day one",
        "my dad died on 3 June 1989",
        "the retreat runs 21/10 to 24/10",
        "I was born in 1974",
        "born again on the 9th of July",
    ],
)
def test_any_other_date_is_none(text: str) -> None:
    assert found(text) == []
