"""A text as it is read for details: plain characters, spelt words joined, and the way back."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\uff0d"), "-")
APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4`"), "'")
PLAIN_SIGNS = {**DASHES, **APOSTROPHES, ord("\u3002"): ".", ord("\uff61"): "."}
UNSEEN = frozenset("\ufe0e\ufe0f\u20e3\u200b\u200c\u200d\u2060\u00ad")
"""What changes how a character looks, such as the key around a keycap digit."""

SPELT = re.compile(
    r"(?<![\w-])[^\W_](?:-[^\W_]){2,}(?![\w])"
    r"|(?<![\w-])[A-Z]-[A-Z](?![\w-])"
    r"|(?<![\w.])[^\W\d_](?:\.[^\W_]){3,}(?!\w)"
    r"|(?<![\w*])[^\W\d_](?:[*_][^\W_]){2,}(?!\w)"
    r"|(?<![^\W_])\d(?: \d){2,}(?!\w)"
    r"|(?<!\S)\d(?: {2,3}\d){2,}(?!\w)"
)
"""Letters or digits set apart by one sign; each alternative has a single loop, so the search is linear."""
SPACED = re.compile(r"(?<!\S)[^\W_](?: [^\W_]){3,}(?!\w)")
SPACED_TOO = re.compile(r"(?<![^\W_])[^\W_](?: [^\W_])+(?![^\W_])")
"""Beside a word with spaces between its letters, two letters are such a word too."""
JOINTS = re.compile(r"[-.*_ ]+")
LIKE_DIGITS = str.maketrans("oOlI", "0011")
WITH_LETTERS = re.compile(r"(?<![^\W_])(?=[^\W_]{0,15}\d)[oOlI\d]{3,16}(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, and for each of its characters where it stood in the original."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def where(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of the characters from start up to end (of which there is one)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def rewritten(self, changes: Iterable[tuple[int, int, str]]) -> Self:
        """Return the reading with new words from start up to end of each change; changes come in order."""
        pieces, starts, ends, done = list[str](), list[int](), list[int](), 0
        old_starts = self.starts or range(len(self.text))
        old_ends = self.ends or range(1, len(self.text) + 1)
        for start, end, new in [*changes, (len(self.text), len(self.text), "")]:
            pieces += self.text[done:start], new
            starts += old_starts[done:start]
            ends += old_ends[done:start]
            if new:
                starts += [old_starts[start]] * len(new)
                ends += [old_ends[end - 1]] * len(new)
            done = end
        return type(self)("".join(pieces), tuple(starts), tuple(ends))


def read(text: str) -> Reading:
    """Return the text with plain characters (NFKC, any script's digits as 0 to 9), spelt words joined."""
    reading = Reading(text) if text.isascii() else _plain(text)
    for spelt in (SPELT, SPACED_TOO) if SPACED.search(reading.text) else (SPELT,):
        reading = _joined(reading, spelt)
    digits = WITH_LETTERS.sub(lambda found: found.group().translate(LIKE_DIGITS), reading.text)
    return Reading(digits, reading.starts, reading.ends)


def _plain(text: str) -> Reading:
    letters, starts, ends = list[str](), list[int](), list[int]()
    for place, character in enumerate(text):
        plain = character if character < "\x80" else _plain_character(character)
        letters.append(plain)
        starts += [place] * len(plain)
        ends += [place + 1] * len(plain)
    return Reading("".join(letters), tuple(starts), _to_the_last_mark(text, ends))


def _plain_character(character: str) -> str:
    if character in UNSEEN:
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character).translate(PLAIN_SIGNS)
    return plain if len(plain) < len("sentence") else " "


def _to_the_last_mark(text: str, ends: list[int]) -> tuple[int, ...]:
    """Return the ends with the unseen marks that follow a character counted to it."""
    longest = list(range(1, len(text) + 2))
    for place in range(len(text) - 1, -1, -1):
        if text[place] in UNSEEN:
            longest[place] = longest[place + 1]
    return tuple(longest[end] - 1 if end < len(text) and text[end] in UNSEEN else end for end in ends)


def _joined(reading: Reading, spelt: re.Pattern[str]) -> Reading:
    changes = [
        (found.start() + joint.start(), found.start() + joint.end(), "")
        for found in spelt.finditer(reading.text)
        for joint in JOINTS.finditer(found.group())
    ]
    return reading.rewritten(changes) if changes else reading
