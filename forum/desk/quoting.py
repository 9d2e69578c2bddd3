"""Quoting: the words as they were typed, with what was found marked inside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from moderation.verdict import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the words; `marked` where something was found in it."""

    words: str = field(repr=False)
    marked: bool


def pieces(words: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Return the words in stretches: joined they are the words again, whatever the spans."""
    found: list[Piece] = []
    at = 0
    for start, end in _joined(spans, len(words)):
        found += [Piece(words[at:start], marked=False), Piece(words[start:end], marked=True)]
        at = end
    found.append(Piece(words[at:], marked=False))
    return tuple(piece for piece in found if piece.words)


def _joined(spans: Iterable[Span], length: int) -> list[tuple[int, int]]:
    """Return where something was found, each character once, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, span.start), min(span.end, length)) for span in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
