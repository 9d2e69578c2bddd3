"""Claims about lines that begin with a number: they are read, or the line that cannot be is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.counted_lines import MOST_LINES, Counted, NotCounted, as_lines, counted

WORDS = st.from_regex(r"[a-z]{1,20}( [a-z]{1,20}){0,3}", fullmatch=True)


def test_each_line_is_a_number_and_words() -> None:
    assert counted("10 Welcome\n\n  30  Sharing, each in turn  ") == (
        Counted(10, "Welcome"),
        Counted(30, "Sharing, each in turn"),
    )
    assert counted("") == ()


def test_a_line_without_a_number_counts_what_is_said_or_cannot_be_read() -> None:
    assert counted("Bread\n2 Salad", otherwise=1) == (Counted(1, "Bread"), Counted(2, "Salad"))
    with pytest.raises(NotCounted) as refused:
        counted("10 Welcome\nBread")
    assert refused.value.line == 2


@pytest.mark.parametrize(
    "typed", ["0 Nothing", "10", "1000 Much", "5 " + "x" * 101, "5\tx\n" * (MOST_LINES + 1)]
)
def test_a_line_of_nothing_too_much_or_one_too_many_cannot_be_read(typed: str) -> None:
    with pytest.raises(NotCounted):
        counted(typed)


@given(st.lists(st.builds(Counted, st.integers(1, 999), WORDS), max_size=MOST_LINES))
def test_lines_are_read_as_they_are_written(lines: list[Counted]) -> None:
    assert counted(as_lines(lines)) == tuple(lines)


@given(st.text())
def test_whatever_is_typed_is_lines_or_a_plain_error(typed: str) -> None:
    try:
        found = counted(typed, otherwise=1)
    except NotCounted as error:
        found = (Counted(error.line, ""),)

    assert all(one.number >= 1 for one in found)
