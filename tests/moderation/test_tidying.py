"""Tidied text: nothing hidden, nothing lost that a script needs."""

import unicodedata

import pytest
from hypothesis import given, settings

from moderation.tidying import MOST_MARKS, tidy
from tests.moderation.nasty import nasty_texts


@given(nasty_texts)
@settings(max_examples=500)
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = tidy(text)

    assert tidy(once) == once


@given(nasty_texts)
@settings(max_examples=500)
def test_a_tidy_text_is_composed_and_trimmed(text: str) -> None:
    once = tidy(text)

    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert not {c for c in once if unicodedata.category(c) == "Cc"} - {"\n", "\t"}


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f9d1\U0001f3fd\u200d\U0001f91d\u200d\U0001f9d1\U0001f3ff",
        "\U0001f642\u200d\u2194\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "SMS\u200c\u0647\u0627",
        "\u0915\u094d\u200d\u0937",
        "one\ttwo\n\nthree",
        "\u845b\U000e0100",
    ],
)
def test_emoji_and_scripts_keep_what_they_are_spelt_with(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("ju\u200bnk\u200cie\u200d", "junkie"),
        ("ju\u00adn\u2060k\ufeffie", "junkie"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("e\u200d\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("\U0001f600\u200dx", "\U0001f600x"),
        ("hi\U000e0041\U000e0042", "hi"),
        ("\u3164\u2000 a \n", "a"),
        ("\u0645\u06cc\u200c\u200c\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    ],
)
def test_what_hides_in_a_text_is_taken_out(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_a_letter_keeps_only_so_many_marks() -> None:
    text = "a" + "\u0316" * 5_000 + "b"

    assert len(tidy(text)) == MOST_MARKS + 2


def test_lone_surrogates_are_left_for_the_shape_stage() -> None:
    assert tidy("a\ud800b") == "a\ud800b"
