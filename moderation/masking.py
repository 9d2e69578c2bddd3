"""Puts a plain word in brackets where a detail stood."""

from collections.abc import Iterable, Iterator

from moderation.verdict import Span


def masked(words: str, spans: Iterable[Span]) -> str:
    """Return the words with every span replaced by what it was, in square brackets: "[phone number]".

    Spans that overlap or touch are one, named as its longest part is; what lies outside is left out.
    """
    pieces, done = list[str](), 0
    for start, end, what in _merged(words, spans):
        pieces += words[done:start], f"[{what or 'detail'}]"
        done = end
    return "".join([*pieces, words[done:]])


def _merged(words: str, spans: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    inside = (Span(max(0, span.start), min(len(words), span.end), span.what) for span in spans)
    held: tuple[int, int, Span] | None = None
    for span in sorted(span for span in inside if span.start < span.end):
        if held is None or span.start > held[1]:
            if held is not None:
                yield held[0], held[1], held[2].what
            held = span.start, span.end, span
        else:
            longest = max(held[2], span, key=lambda one: one.end - one.start)
            held = held[0], max(held[1], span.end), longest
    if held is not None:
        yield held[0], held[1], held[2].what
