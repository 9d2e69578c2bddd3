"""What changed between two versions of a page, word by word, as readers saw them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

AROUND = 6
"""Words that stay beside a change, so that it can be understood; our own choice."""
MOST_WORDS = 2_000
"""Words compared at most: the comparison takes time by their square."""
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (`same`), went (`gone`) or came (`new`); `cut` are left out between two changes."""

    kind: str
    words: str = ""


def plain(html: str) -> str:
    """Return what a reader sees of clean html, without its marks."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from one plain text to the other; none where they say the same."""
    old, new = before.split()[:MOST_WORDS], after.split()[:MOST_WORDS]
    if old == new:
        return ()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces: list[Piece] = []
    for number, (how, a, b, c, d) in enumerate(steps):
        if how == "equal":
            pieces += _kept(old[a:b], first=number == 0, last=number == len(steps) - 1)
            continue
        pieces += [Piece("gone", " ".join(old[a:b]))] if a < b else []
        pieces += [Piece("new", " ".join(new[c:d]))] if c < d else []
    return tuple(pieces)


def _kept(words: Sequence[str], *, first: bool, last: bool) -> Iterator[Piece]:
    """Yield what stays beside a change, and that something is left out."""
    head, tail = [] if first else words[:AROUND], [] if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail):
        yield Piece("same", " ".join(words))
        return
    yield from [Piece("same", " ".join(head))] if head else []
    yield Piece("cut")
    yield from [Piece("same", " ".join(tail))] if tail else []
