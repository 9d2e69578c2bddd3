"""Whole words and phrases found in a text, never parts of words."""

import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

Phrase = tuple[str, ...]


def _marks() -> str:
    """Return the combining marks as ranges of a character class; Python's \\w leaves them out of words."""
    points = (
        point for point in range(0x300, sys.maxunicode >> 3) if unicodedata.category(chr(point))[0] == "M"
    )
    runs = groupby(enumerate(points), key=lambda pair: pair[1] - pair[0])
    spans = [[point for _, point in run] for _, run in runs]
    return "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in spans)


LETTER = f"(?:[^\\W_]|[{_marks()}])"
TOKEN = re.compile(f"({LETTER}+(?:'{LETTER}+)*)|\\S")
APOSTROPHE = re.compile("[\u2019\u02bc\u2018\u00b4`]")
# Joiners and variation selectors change how a word looks, not which word it is.
UNHEARD = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Whole sentences in one character, which NFKC would make eighteen times as long; no listed word is in them.
SENTENCES = re.compile("[\ufdfa\ufdfb]")


def folded(text: str) -> str:
    """Return the text without differences of case, width, joiners and apostrophes (NFKC, casefolded)."""
    plain = UNHEARD.sub("", unicodedata.normalize("NFKC", SENTENCES.sub(" ", text)).casefold())
    return APOSTROPHE.sub("'", plain)


def tokens(text: str) -> Phrase:
    """Return the words and signs of a folded text, in order; an inner apostrophe belongs to its word."""
    return tuple(match.group() for match in TOKEN.finditer(text))


def words(text: str) -> Phrase:
    """Return the words alone of a folded text, in order."""
    return tuple(match.group() for match in TOKEN.finditer(text) if match.group(1))


def places(sequence: Sequence[str], phrases: Collection[Phrase]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each phrase's every occurrence, the longest first at each start.

    Work is bounded by the length of the sequence times the number of different phrase lengths.
    """
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    openings = {phrase[0] for phrase in phrases}
    for start, token in enumerate(sequence):
        if token in openings:
            yield from _places_at(sequence, start, lengths, phrases)


def _places_at(
    sequence: Sequence[str], start: int, lengths: Iterable[int], phrases: Collection[Phrase]
) -> Iterator[tuple[int, int]]:
    for length in lengths:
        window = tuple(sequence[start : start + length])
        if len(window) == length and window in phrases:
            yield start, start + length
