"""Names that say who somebody is."""

import pytest

from moderation.details.names import names


def found(text: str) -> list[tuple[str, bool]]:
    return [(text[one.start : one.end], one.others) for one in names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my real name is dave hutchinson", "dave hutchinson"),
        ("I'm Tomasz Ackerley from Stoke", "Tomasz Ackerley"),
        ("hi everyone, Imran Chowdhury here", "Imran Chowdhury"),
        ("Signed, Margaret O'Driscoll-Byrne", "Margaret O'Driscoll-Byrne"),
        ("people know me as Jerome Aldersey", "Jerome Aldersey"),
        ("my surname's Abernathy", "Abernathy"),
    ],
)
def test_the_authors_own_full_name_is_found(text: str, name: str) -> None:
    assert (name, False) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my brother Kevin Ashdown is back on heroin", "Kevin Ashdown"),
        ("Lisa Hargreaves from our Tuesday meeting relapsed", "Lisa Hargreaves"),
        ("pray for Tania Brookes, she overdosed", "Tania Brookes"),
        ("did you hear Noel Farraday is in rehab", "Noel Farraday"),
    ],
)
def test_somebody_elses_name_with_what_they_went_through_is_theirs(text: str, name: str) -> None:
    assert (name, True) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kevin Ashdown opened the shop",
        "my brother Kevin is back on heroin",
        "I'm Irish Catholic and it explains a lot",
        "Joanna here, five weeks off the vodka",
        "reading Stephen King on his drinking",
        "shoutout Miguel, 90 days!!",
        "Narcotics Anonymous saved my brother",
        "YOU ARE ALL DRUNK AGAIN",
        "keep your full name and street out of it",
    ],
)
def test_a_name_that_tells_nothing_is_none(text: str) -> None:
    assert found(text) == []
