"""Words as they are typed, and what they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.danger.spelling import spelt


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dont", "do not"),
        ("can't", "can not"),
        ("he'll", "he will"),
        ("mum's", "mum 's"),
        ("tonite", "tonight"),
        ("su1c1de", "suicide"),
        ("suicde", "suicide"),
        ("k*ll", "kill"),
        ("c*tting", "cutting"),
        ("diiiie", "die"),
        ("heart", "heart"),
        ("2mg", "2mg"),
    ],
)
def test_a_slip_of_the_thumb_is_mended_and_a_word_stays(typed: str, meant: str) -> None:
    assert spelt(typed) == meant


@given(st.text(max_size=40))
def test_every_word_stands_for_something(word: str) -> None:
    assert spelt(word) == spelt(word)
