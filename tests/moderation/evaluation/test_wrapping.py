"""Claims about wrapped text: narrow, whole, and unable to steer a terminal."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from moderation.evaluation.wrapping import visible, wrapped


@given(st.text(max_size=400), st.sampled_from(["", "    "]))
def test_no_line_is_wider_than_a_terminal(text: str, indent: str) -> None:
    told = list(wrapped(text, indent))

    assert all(cell_len(line) <= 80 and line.startswith(indent) for line in told)


@example("\ufe00")
@given(st.text(max_size=400))
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    told = "".join(wrapped(text))

    assert told.replace(" ", "") == "".join(visible(text).split())


def test_words_that_take_two_columns_a_sign_are_cut_where_they_must() -> None:
    told = list(wrapped("漢" * 45))

    assert told == ["漢" * 40, "漢" * 5]


def test_a_sign_that_steers_the_terminal_is_a_space() -> None:
    assert list(wrapped("calm\x1b[2Jnow\r\nhere")) == ["calm [2Jnow here"]


def test_of_nothing_there_are_no_lines() -> None:
    assert list(wrapped(" \n ")) == []
