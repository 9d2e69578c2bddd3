"""Whose a detail is."""

import pytest

from moderation.details.owners import others

DETAIL = "07911 123456"


@pytest.mark.parametrize(
    "text",
    [
        "my number is X",
        "call me on X, my mum says hello",
        "X if you want a chat",
        "X, ask for the fella with the dogs",
        "my sister opened it with me. X",
        "that is X, as my mam had me",
        "X, they would not take it at the clinic",
    ],
)
def test_a_detail_is_the_authors_own_in_doubt(text: str) -> None:
    told = text.replace("X", DETAIL)

    assert not others(told, told.index(DETAIL), told.index(DETAIL) + len(DETAIL))


@pytest.mark.parametrize(
    "text",
    [
        "her number is X",
        "my mum says ring her, X",
        "call my sponsor on X",
        "bf's number X",
        "X, tell her I gave it to you",
        "get hold of our Steve. He is up all night. X",
        "Dave's number: X",
        "they live at X",
    ],
)
def test_a_detail_with_somebody_else_beside_it_is_theirs(text: str) -> None:
    told = text.replace("X", DETAIL)

    assert others(told, told.index(DETAIL), told.index(DETAIL) + len(DETAIL))
