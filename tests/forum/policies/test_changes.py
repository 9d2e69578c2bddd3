"""Claims about changes: what went and what came, word by word, loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from forum.policies.changes import Piece, changes, plain

TEXTS = st.lists(st.sampled_from(["be", "kind", "to", "people", "now"]), max_size=40).map(" ".join)


def test_plain_is_what_a_reader_sees() -> None:
    assert plain("<p>Be <em>kind</em> &amp; fair.</p>\n<p>Now.</p>") == "Be kind & fair. Now."


def test_a_change_says_what_went_and_what_came() -> None:
    assert changes("Be kind to people.", "Be fair to people.") == (
        Piece("same", "Be"),
        Piece("gone", "kind"),
        Piece("new", "fair"),
        Piece("same", "to people."),
    )


def test_what_is_far_from_a_change_is_left_out() -> None:
    before = " ".join(map(str, range(40)))

    assert changes(before, before + " more") == (
        Piece("cut"),
        Piece("same", "34 35 36 37 38 39"),
        Piece("new", "more"),
    )


@given(TEXTS, TEXTS)
def test_nothing_is_said_of_what_is_the_same_and_every_new_word_is_shown(before: str, after: str) -> None:
    pieces = changes(before, after)

    assert (pieces == ()) == (before == after)
    if not any(piece.kind == "cut" for piece in pieces) and pieces:
        assert " ".join(p.words for p in pieces if p.kind != "new") == before
        assert " ".join(p.words for p in pieces if p.kind != "gone") == after
