"""What a model reads of a text, in which pieces."""

import sys
import unicodedata
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.toxicity.windows import OVERLAP, WINDOW, plain, windows


def numbered(lengths: list[int]) -> str:
    """Return a text of words of these lengths, in which every letter is another one."""
    ends = set(accumulate(length + 1 for length in lengths))
    return "".join(
        " " if place + 1 in ends else chr(0x10000 + place) for place in range(max(ends, default=0))
    )


def test_a_plain_text_has_single_spaces_and_nothing_unseen() -> None:
    assert plain(" a\u200b\u00ad b\n\n\tc\x00\ud800\u2028d \uff45\ufb01\u3000") == "a b c d efi"


def test_a_sentence_in_one_character_does_not_become_eighteen() -> None:
    assert plain("a\ufdfa" * 3) == "a a a"


@given(
    st.text() | st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Mn", "Zs", "Lo"]))
)
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_every_character_that_nfkc_changes_is_plain_after_one_cleaning() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    once = [plain(f"a{c}b") for c in characters if not unicodedata.is_normalized("NFKC", c)]

    assert all(map(str.isprintable, once))
    assert [text for text in once if plain(text) != text] == []


@pytest.mark.parametrize("text", ["", "a", "a b", "x" * WINDOW])
def test_a_short_text_is_one_window(text: str) -> None:
    assert list(windows(text)) == [text]


@given(st.lists(st.integers(min_value=1, max_value=900), max_size=30))
def test_windows_are_small_and_cover_the_text_with_no_gap(lengths: list[int]) -> None:
    text = numbered(lengths)
    pieces = list(windows(text))
    starts = [text.index(piece) if piece.strip() else 0 for piece in pieces]
    ends = [start + len(piece) for start, piece in zip(starts, pieces, strict=True)]

    assert all(len(piece) <= WINDOW for piece in pieces)
    assert starts[0] == 0
    assert ends[-1] == len(text)
    assert all(
        start <= end + 1 and end - start <= OVERLAP for end, start in zip(ends, starts[1:], strict=False)
    )
    assert all(earlier < later for earlier, later in pairwise(starts))


@given(st.lists(st.integers(min_value=1, max_value=OVERLAP - 1), max_size=100))
def test_every_word_of_less_than_the_overlap_is_whole_in_some_window(lengths: list[int]) -> None:
    text = numbered(lengths)
    pieces = list(windows(text))

    assert all(any(word in piece.split(" ") for piece in pieces) for word in text.split())


def test_a_text_without_a_space_is_cut_all_the_same() -> None:
    pieces = list(windows("x" * 100_000))

    assert len(pieces) == 1 + -(-(100_000 - WINDOW) // (WINDOW - OVERLAP))
    assert sum(map(len, pieces)) == 100_000 + (len(pieces) - 1) * OVERLAP
