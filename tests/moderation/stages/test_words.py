"""The community's word list at work."""

import pytest

from moderation.draft import Draft, Policy
from moderation.stages.words import listed_words
from moderation.verdict import Finding, Outcome


def listed(text: str, *phrases: str) -> bool:
    return listed_words(Draft(text, policy=Policy(held_words=phrases))) is not None


def test_a_held_word_holds_and_a_refused_word_refuses() -> None:
    policy = Policy(held_words=("casino",), refused_words=("buy pills",))

    held = listed_words(Draft("A CASINO!", policy=policy))
    refused = listed_words(Draft("casino, buy\npills", policy=policy))

    assert held == Finding("words", Outcome.HOLD, "uses “casino”, which is on the word list")
    assert refused == Finding("words", Outcome.REFUSE, "uses “buy pills”, which is on the word list")


def test_no_town_is_held_for_the_letters_inside_its_name() -> None:
    towns = "Scunthorpe, Penistone, Clitheroe, Essex"

    assert not listed(towns, "cunt", "penis", "clit", "sex", "horpe")


@pytest.mark.parametrize(
    "text", ["junkies", "junkie's", "junkie\u2019s", "exjunkie", "junkie2", "junkie\u0301"]
)
def test_plurals_and_apostrophes_make_other_words(text: str) -> None:
    assert not listed(text, "junkie")


@pytest.mark.parametrize(
    "text",
    [
        "Junkie",
        "_junkie_",
        "**junkie**",
        "'junkie'",
        "ex-junkie",
        "xX_junkie_Xx",
        "\uff4aunkie",
        "jun\u200ckie",
        "junkie.",
    ],
)
def test_a_whole_word_is_found_in_any_dress(text: str) -> None:
    assert listed(text, "JUNKIE")


def test_words_end_where_the_script_says() -> None:
    assert not listed("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928")
    assert listed("\u0433\u0435\u0440\u043e\u0438\u043d!", "\u0413\u0415\u0420\u041e\u0418\u041d")


def test_a_phrase_may_hold_signs_and_emoji() -> None:
    assert listed("buy \U0001f48a here", "\U0001f48a")
    assert listed("what an A$$", "a$$")
    assert not listed("what a day", "a$$")


def test_a_phrase_is_found_across_lines_and_emphasis() -> None:
    assert listed("buy  **some**\npills", "buy some pills")
    assert not listed("buy pills", "buy some pills")


def test_the_title_is_read_too() -> None:
    assert listed_words(Draft("text", title="casino", policy=Policy(("casino",)))) is not None


def test_without_a_list_there_is_nothing_to_find() -> None:
    assert listed_words(Draft("casino")) is None
