"""Typed words are understood as they were meant, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.meanings.spelling import LONG, folded, meant, nearly, neighbours

KNOWN = frozenset({"diazepam", "tramadol", "you", "stop", "xannies", "blue", "tonight"})
NEAR = neighbours(KNOWN)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("d1azepam", "diazepam"),
        ("tr@mad0l", "tramadol"),
        ("x@nn!es", "xannies"),
        ("b1ue", "blue"),
        ("STOOOOP", "stop"),
        ("u", "you"),
        ("2nite", "tonight"),
        ("diazapam", "diazepam"),
        ("diazepamm", "diazepam"),
        ("Don\u2019t", "dont"),
    ],
)
def test_a_disguised_or_misspelt_word_is_the_word_that_was_meant(typed: str, word: str) -> None:
    assert meant(typed, KNOWN, NEAR) == word


@pytest.mark.parametrize("word", ["blues", "stopped", "b12", "diamonds"])
def test_another_word_stays_what_it_is(word: str) -> None:
    assert meant(word, KNOWN, NEAR) == word


def test_only_long_words_have_neighbours() -> None:
    assert all(len(word) >= LONG for word in NEAR.values())


@given(st.text(max_size=40))
def test_any_word_has_a_meaning_and_one_more_spelling_than_letters(word: str) -> None:
    assert isinstance(meant(word, KNOWN, NEAR), str)
    assert len(list(nearly(folded(word)))) == len(folded(word)) + 1
