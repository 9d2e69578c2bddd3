"""A text as a model reads it: cleaned of what no reader sees, and cut into overlapping windows."""

import re
import unicodedata
from collections.abc import Iterator

from moderation.phrases import SENTENCES

WINDOW = 400
"""Characters a model reads at once, about 90 tokens of English; a text scores as its highest window does."""
OVERLAP = 80
"""Characters that two neighbouring windows share, so that no sentence is cut for both."""
SPACES = re.compile(r"\s+")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """Return the text in NFKC with single spaces, without controls, zero-width signs or lone surrogates."""
    spaced = SPACES.sub(" ", SENTENCES.sub(" ", text))
    if not spaced.isascii():
        spaced = "".join(c for c in spaced if unicodedata.category(c) not in UNSEEN)
        spaced = SPACES.sub(" ", unicodedata.normalize("NFKC", spaced))
    if not spaced.isprintable():
        spaced = "".join(c for c in spaced if c.isprintable())
    return spaced.strip()


def windows(text: str) -> Iterator[str]:
    """Yield pieces of at most WINDOW characters that together are the text; one for a short or empty text.

    A piece ends at a space when there is one in its last fifth.
    """
    start = 0
    while len(text) - start > WINDOW:
        end = text.rfind(" ", start + WINDOW - OVERLAP, start + WINDOW)
        end = end if end > 0 else start + WINDOW
        yield text[start:end]
        start = _resumed(text, end)
    yield text[start:]


def _resumed(text: str, end: int) -> int:
    """Return where the window after one that ends here begins: at a word, OVERLAP characters back."""
    space = text.find(" ", end - OVERLAP, end)
    return space + 1 if space > 0 else end - OVERLAP
