"""A text as plain words in sentences, each with its place in the text."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from moderation.danger.spelling import spelt
from moderation.verdict import Span

LONGEST_WORD = 40
TOKEN = re.compile(
    r"(?<![^\W_])(?:[a-zA-Z]([-./*_])){3,14}[a-zA-Z](?![^\W_])"  # spelt apart: a.b.c.d
    r"|[^\W_]+(?:['’‘ʼ`´*@$!|][^\W_]+){0,3}"
    r"|[.!?;:\n…]+"
    r"|[,()\[\]—–]|['‘’\"“”]"
)
APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
STOP = "|"
PAUSE = ","
QUOTE = '"'
AFTER_WILL = frozenset(
    [
        "be",
        "never",
        "just",
        "do",
        "end",
        "not",
        "kill",
        "see",
        "have",
        "go",
        "always",
        "miss",
        "die",
        "take",
        "get",
        "jump",
    ]
)
"""What follows "ill" where an apostrophe is missing."""
QUOTES = frozenset("'‘’\"“”")


@dataclass(frozen=True, slots=True)
class Speech:
    """The words as one line of plain words, " i am | you are ", with `|` for the end of a sentence.

    `starts` are the places of the words in `line`, `spans` (start, end) their places in the text.
    """

    line: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int, what: str) -> Span:
        """Return where in the text a piece of the line came from."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 2)) - 1
        return Span(self.spans[max(first, 0)][0], self.spans[max(last, 0)][1], what)

    def sentence(self, at: int) -> str:
        """Return the sentence around a place of the line."""
        return self.line[self.line.rfind(STOP, 0, at) + 1 : self._end(at)]

    def _end(self, at: int) -> int:
        end = self.line.find(STOP, at)
        return len(self.line) if end < 0 else end


@lru_cache(maxsize=2)  # several stages hear the same text, one after another
def heard(text: str) -> Speech:
    """Return the text as speech: small letters, contractions in full, slips mended, quotation marks apart."""
    parts, starts, spans, at = [" "], [], [], 1
    for found in TOKEN.finditer(text):
        said = _plain(found.group(), found.group(1))
        if parts[-1] == "ill " and said in AFTER_WILL:
            parts[-1], at = "i will ", at + len("i will") - len("ill")
        starts.append(at)
        spans.append(found.span())
        parts.append(said + " ")
        at += len(said) + 1
    return Speech("".join(parts), tuple(starts or [0]), tuple(spans or [(0, 0)]))


def _plain(token: str, apart: str | None) -> str:
    if token.isascii() and token.isalpha() and len(token) <= LONGEST_WORD:
        return spelt(token.lower())
    first = token[0]
    if first in QUOTES:
        return QUOTE
    if not first.isalnum():
        return STOP if first in ".!?;:\n…" else PAUSE
    if apart:
        token = token.replace(apart, "")
    word = unicodedata.normalize("NFKC", token[:LONGEST_WORD]).casefold().translate(APOSTROPHES)
    return spelt(word.replace(" ", ""))
