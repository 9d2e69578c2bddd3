"""A text as it would be without its light disguises: borrowed letters, signs for letters, letters apart."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from moderation.toxicity.borrowed import in_latin_letters
from moderation.toxicity.spelt_out import joined
from moderation.toxicity.stems import undisguised_stems, undrawn_stems
from moderation.toxicity.windows import plain

PASSES = 8
"""How often we look again for what came to light; two are enough for anything that we have seen."""
TOKEN = re.compile(r"\S+")
AROUND = ".,;:?!\"'()[]{}“”‘’…-–—*_~`"
ADDRESS = re.compile(r"[a-z][a-z+.-]{0,20}://|www\.|[a-z]:\\|[^\s@]{1,64}@[^\s@.]{1,64}\.[a-z]")
"""What is no word at all: an address of a page, a mailbox or a file."""

TAG = re.compile(
    r"<(?:!--[^<>]{0,100}--|/?(?:b|big|br|code|del|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|tt|u|wbr)"
    r"(?:[ /][^<>]{0,100})?)>"
)
TAG_INSIDE = re.compile(rf"(?<=[a-z]){TAG.pattern}(?=[a-z])")
MARKS = ("***", "**", "__", "~~", "||", "``", "`", "*")
"""Markup that is a pair; an underscore alone makes nothing within a word."""

FIGURES = str.maketrans("013457@$", "oieastas")
FIGURED = re.compile(r"(?<![^\W_])[a-z]+(?:[013457@$]{1,2}[a-z]+)+(?![^\W_])")
"""A word with signs for letters between letters: not covid19, 12-step, B12, 2mg."""
FIGURE_RUN = re.compile(r"([013457@$])\1?")
LETTER = re.compile(r"[a-z]")
LETTERS = re.compile(r"[(\[{\"'“‘*_]*[a-z]+(?:['’][a-z]+)*[.,;:?!\"')\]}…”’*_]*")
BACKSLASH = re.compile(r"(?<=[a-z])\\(?=[a-z])")
ROUND = frozenset("0@")
"""What hardly anything else is meant by between two letters: n0t, m@d; a1c is a blood test."""
SHORTEST = 4
DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
SOUNDS = re.compile(r"[\W_]*(?:([a-z])\1+|[ivx]+)[\W_]*")
"""What has three of a letter by rights: aaa, zzz, viii."""


def undisguised(text: str) -> str:
    """Return a plain text with light disguises undone, in small letters; the same text if there are none.

    Borrowed look-alikes (in words that are otherwise Latin), combining marks, markup inside words, words
    whose letters stand apart, signs for letters, censored stems of `stems.txt`, and letters drawn out. It is
    for a second reading by a machine, never for showing: it may spell a harmless word wrongly.
    """
    tidy = _tidy(text)
    small = _small(tidy)
    before, now = "", _small(in_latin_letters(tidy))
    for _ in range(PASSES):
        before, now = now, _small(in_latin_letters(_with_letters(now)))
        if before == now:
            break
    if now != small:
        return now
    return text if tidy == text else tidy


def _tidy(text: str) -> str:
    ready = text.isprintable() and unicodedata.is_normalized("NFKC", text)
    return text if ready else plain(text)


def _small(text: str) -> str:
    # Small İ is i with a mark, which would count as one that somebody put there.
    return text.lower() if text.isascii() else _tidy(text.lower().replace("i\u0307", "i"))


def _with_letters(text: str) -> str:
    """Return a small-lettered text with letters for one layer of signs."""
    if TAG_INSIDE.search(text):
        text = TAG.sub("", text)
    return TOKEN.sub(_read, joined(text))


def _read(found: re.Match[str]) -> str:
    token = found.group()
    if not token.isalpha() and not token.strip(AROUND).isalpha() and not ADDRESS.match(token):
        token = _without_signs(token)
    if DRAWN_OUT.search(token) and not SOUNDS.fullmatch(token) and not ADDRESS.match(token):
        return DRAWN_OUT.sub(r"\1\1", undrawn_stems(token))
    return token


def _without_signs(token: str) -> str:
    if LETTERS.fullmatch(token):
        return token
    spelt = undisguised_stems(token)
    for mark in MARKS:
        if spelt.count(mark) > 1 and any(a.isalpha() and b.isalpha() for a, b in _beside(spelt, mark)):
            spelt = spelt.replace(mark, "")
    return FIGURED.sub(_figured, BACKSLASH.sub("", spelt))


def _beside(token: str, mark: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each mark in a token."""
    parts = token.split(mark)
    return ((before[-1:], after[:1]) for before, after in pairwise(parts))


def _figured(found: re.Match[str]) -> str:
    """Return the word with letters for its figures, unless it is short or has as many figures as letters."""
    word = found.group()
    runs = len(FIGURE_RUN.findall(word))
    letters = len(LETTER.findall(word))
    enough = len(word) >= SHORTEST or not ROUND.isdisjoint(word)
    return word.translate(FIGURES) if enough and letters > runs else word
