"""From a score on a label of our own to a sign that a stage can weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.signs import Bounds, Hearing, Sign, Strength

FILE = """
[signs.waypost.claim]
against = 0.1
perhaps = 0.3
sure = 0.8
[signs.waypost.care]
against = 0.2
perhaps = 0.2
sure = 0.2
"""
HEARING = Hearing.read(FILE)
SCORES = st.floats(0, 1)


def claim(score: float) -> Sign:
    return HEARING.signs({"claim": score}, "waypost-1@3f2a9c01", "waypost")["claim"]


@pytest.mark.parametrize(
    ("score", "strength"),
    [
        (0.0, Strength.AGAINST),
        (0.09, Strength.AGAINST),
        (0.1, Strength.NONE),
        (0.29, Strength.NONE),
        (0.3, Strength.PERHAPS),
        (0.79, Strength.PERHAPS),
        (0.8, Strength.SURE),
        (1.0, Strength.SURE),
    ],
)
def test_a_score_is_as_strong_a_sign_as_the_figures_say(score: float, strength: Strength) -> None:
    assert claim(score) == Sign("claim", score, strength, "waypost-1@3f2a9c01")


def test_where_all_figures_are_the_same_a_sign_is_sure_or_denied() -> None:
    care = Bounds(0.2, 0.2, 0.2)

    assert (care.strength(0.2), care.strength(0.19)) == (Strength.SURE, Strength.AGAINST)


def test_where_the_figures_say_so_a_score_can_be_above_every_excuse() -> None:
    told = Hearing.read(FILE.replace("sure = 0.8", "sure = 0.8\ncertain = 0.9")).by_model["waypost"]["claim"]

    assert [told.strength(score) for score in (0.89, 0.9, 1.0)] == [
        Strength.SURE,
        Strength.CERTAIN,
        Strength.CERTAIN,
    ]


def test_only_labels_with_figures_are_signs() -> None:
    heard = HEARING.signs({"claim": 0.9, "toxicity": 0.9}, "waypost-1", "waypost")

    assert heard.keys() == {"claim"}


def test_a_model_without_figures_gives_no_sign() -> None:
    assert HEARING.signs({"claim": 1.0, "care": 1.0}, "other-1", "other") == {}
    assert Hearing.read('version = "9"') == Hearing({})


@given(SCORES, SCORES)
def test_a_higher_score_is_never_a_weaker_sign(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert claim(low).strength <= claim(high).strength


def test_the_figures_that_ship_make_sense() -> None:
    figures = [one for labels in Hearing.load().by_model.values() for one in labels.values()]

    assert all(0 <= one.against <= one.perhaps <= one.sure <= min(one.certain, 1) for one in figures)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("signs = 3", r"table in \[signs\]"),
        ("[signs]\nwaypost = 3", r"table in \[signs.waypost\]"),
        (
            "[signs.waypost]\nclaim = 0.5",
            r"against, perhaps and sure in \[signs.waypost.claim\], perhaps certain, and nothing else",
        ),
        (FILE.replace("sure = 0.8", ""), r"perhaps and sure in \[signs.waypost.claim\]"),
        (FILE + "never = 0.1", "nothing else"),
        (FILE.replace("0.3", "0").replace("0.1", "0"), "above 0"),
        (FILE.replace("0.8", "1.5"), "from 0 to 1"),
        (FILE.replace("0.8", "nan"), "from 0 to 1"),
        (FILE.replace("0.8", "true"), "from 0 to 1"),
        (FILE.replace("0.8", '"high"'), "from 0 to 1"),
        (FILE.replace("sure = 0.8", "sure = 0.8\ncertain = 0.7"), "must rise"),
        (FILE.replace("0.8", "0.2"), r"must rise, and perhaps lie above 0, in \[signs.waypost.claim\]"),
    ],
)
def test_figures_that_make_no_sense_are_refused_in_words(file: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Hearing.read(file)
