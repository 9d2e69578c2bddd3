"""Letters of other alphabets, and marks on letters, that stand in a Latin text for Latin letters."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from moderation.lookalikes import ORDINARY_LATIN, latin_letters
from moderation.toxicity.stems import holds_stem

TOKEN = re.compile(r"\S+")
WORD = re.compile(r"[^\W_]+")
UNBORROWED = re.compile(r"[\x00-\x7f\u2010-\u205e\u20a0-\u20bf\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]*")
"""Punctuation, currencies and emoji: what a message in English may have in it beside ASCII."""
FRAMED = re.compile(
    "[\U0001f150-\U0001f169\U0001f172-\U0001f17d\U0001f180-\U0001f189]"
    "|(?<=[^\\W\\d_])[\U0001f170\U0001f171\U0001f17e\U0001f17f]"
    "|[\U0001f170\U0001f171\U0001f17e\U0001f17f](?=[^\\W\\d_])"
    "|(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff](?![\U0001f1e6-\U0001f1ff])"
)
"""Letters in black circles or squares, and lone halves of flags; not the blood groups, not flags."""
RECOGNISED = 4
"""Letters of a stem for which a word is taken that is wholly of another alphabet, among others that are."""


def in_latin_letters(text: str) -> str:
    """Return the text with borrowed letters as the small Latin ones that they look like, and without marks.

    A word changes if all its foreign letters are look-alikes, and it is otherwise Latin or stands in a text
    that otherwise is; in a text of another alphabet only if it then spells a listed stem.
    """
    if UNBORROWED.fullmatch(text):
        return text
    bare = FRAMED.sub(_unframed, text)
    if any(map(_is_mark, set(bare))):
        bare = TOKEN.sub(_without_marks, bare)
    known = latin_letters()
    if known.keys().isdisjoint(bare):
        return bare
    latin = sum(c.isascii() and c.isalpha() for c in bare)
    foreign = sum(c >= ORDINARY_LATIN and c.isalpha() and c not in known for c in bare)
    return WORD.sub(lambda found: _in_latin(found.group(), latin, foreign), bare)


def _in_latin(word: str, latin: int, foreign: int) -> str:
    """Return the word in Latin letters if it is a disguise in a text of so many letters of each kind."""
    if word.isascii():
        return word
    known = latin_letters()
    taken = "".join(known.get(c, c) for c in word)
    if taken == word or any(c >= ORDINARY_LATIN for c in taken):
        return word
    if not any(c >= ORDINARY_LATIN for c in word):
        return taken if holds_stem(taken.lower()) else word
    mixed = any(map(str.isascii, word))
    if (mixed and latin > foreign) or (latin and not foreign):
        return taken
    recognised = (mixed or len(taken) >= RECOGNISED) and holds_stem(taken.lower())
    return taken if recognised else word


def _without_marks(found: re.Match[str]) -> str:
    token = found.group()
    if not any(map(_is_mark, token)):
        return token
    bare = "".join(_unmarked(unicodedata.normalize("NFD", token)))
    return unicodedata.normalize("NFC", bare)


def _unmarked(decomposed: str) -> Iterator[str]:
    """Yield the characters without the marks that are on a Latin letter."""
    on_latin = False
    for character in decomposed:
        if not _is_mark(character):
            on_latin = character < ORDINARY_LATIN and character.isalpha()
        elif on_latin:
            continue
        yield character


def _is_mark(character: str) -> bool:
    return character >= ORDINARY_LATIN and unicodedata.category(character)[0] == "M"


def _unframed(found: re.Match[str]) -> str:
    return _frames().get(found.group(), found.group())


@cache
def _frames() -> Mapping[str, str]:
    marks = (chr(point) for point in range(0x1F150, 0x1F200))
    names = {mark: unicodedata.name(mark, "").lower() for mark in marks if not mark.isalpha()}
    return {mark: name[-1] for mark, name in names.items() if name[-2:-1] == " "}
