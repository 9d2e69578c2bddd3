"""Words with what was found marked in them: nothing lost, nothing twice."""

from hypothesis import given
from hypothesis import strategies as st

from forum.desk.quoting import Piece, pieces
from moderation.verdict import Span

SPANS = st.lists(st.builds(Span, st.integers(0, 30), st.integers(0, 30)))


def test_overlapping_findings_are_one_mark() -> None:
    told = pieces("stop taking it now", [Span(5, 11), Span(0, 7)])

    assert told == (Piece("stop taking", marked=True), Piece(" it now", marked=False))


@given(st.text(max_size=25), SPANS)
def test_the_pieces_are_the_words_whatever_the_spans(words: str, spans: list[Span]) -> None:
    told = pieces(words, spans)

    assert "".join(one.words for one in told) == words
    assert all(one.words for one in told)
    marked = {at for span in spans for at in range(span.start, min(span.end, len(words)))}
    assert sum(len(one.words) for one in told if one.marked) == len(marked)
