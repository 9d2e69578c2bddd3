"""Patterns match words near each other, in a number of operations that the text's length does not change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.meanings.pattern import Pattern, spread


class Row:
    """Words in a row, counting how often it is asked."""

    def __init__(self, text: str) -> None:
        self._words = text.split()
        self.asked = 0

    def mask(self, name: str) -> int:
        self.asked += 1
        return sum(1 << at for at, word in enumerate(self._words) if name in (word, "*"))


@pytest.mark.parametrize(
    ("pattern", "text", "ends"),
    [
        ("stop ~2 pills", "stop taking those pills", 3),
        ("stop ~1 pills", "stop taking those pills", None),
        ("stop|bin pills", "bin pills", 1),
        ("stop&-2dont ~1 pills", "dont ever stop pills", None),
        ("stop&-1dont ~1 pills", "dont ever stop pills", 3),
        ("*&-pills", "pills please", 1),
        ("pills ~3 stop", "stop pills", None),
    ],
)
def test_a_pattern_matches_in_order_within_its_gaps(pattern: str, text: str, ends: int | None) -> None:
    found = Pattern.read(pattern).ends(Row(text))

    assert found == (0 if ends is None else 1 << ends)


def test_the_start_of_a_match_is_the_first_step() -> None:
    row = Row("please stop all of the pills now")

    assert Pattern.read("stop ~4 pills").start(row, 5) == 1


@pytest.mark.parametrize("text", ["", "-stop", "~3"])
def test_a_pattern_that_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names nothing"):
        Pattern.read(text)


def test_lines_leave_out_comments() -> None:
    assert len(Pattern.lines("# why\nstop\n\nbin ~1 it")) == 2


@given(st.lists(st.sampled_from(["stop", "pills", "dont", "x"]), max_size=2_000))
def test_the_longest_text_is_asked_no_more_often_than_the_shortest(words: list[str]) -> None:
    row = Row(" ".join(words))

    Pattern.read("stop&-3dont ~9 stop ~9 pills|x").ends(row)

    assert row.asked <= 5


@given(st.integers(0, 1 << 200), st.integers(0, 9))
def test_spreading_reaches_as_far_as_the_gap(places: int, gap: int) -> None:
    reached = spread(places, gap)

    assert reached.bit_length() <= places.bit_length() + gap + 1
    assert not places or reached.bit_length() == places.bit_length() + gap + 1
