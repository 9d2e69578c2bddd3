"""Letters that look like other letters, after the confusables of Unicode Technical Standard 39."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

IGNORED = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""What is drawn as nothing although its category does not say so (Default_Ignorable_Code_Point)."""
ALPHABETS = frozenset(
    {"ARMENIAN", "CANADIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "DESERET", "GREEK", "LATIN", "LISU", "OSAGE"}
)
"""Alphabets, as the names of their letters begin, whose letters are borrowed for Latin ones."""
SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
DRAWN_LIKE = MappingProxyType({"rn": "m", "\u0138": "k", "\u028d": "m", "\u025c": "3"})
"""Prototypes of the standard that a reader takes for one letter all the same: rn, kra, turned w, open e."""
ORDINARY_LATIN = "\u0250"
"""Letters below belong to the everyday spelling of some language: ı, ø, ł."""


@cache
def prototypes() -> Mapping[str, str]:
    """Return each look-alike character with the standard's original of it, perhaps several letters.

    The data are those of the package confusable-homoglyphs; its modules stay unimported, because they would
    keep ten times as much in memory as this table does.
    """
    text = files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    pairs: Mapping[str, list[str]] = json.loads(text, object_pairs_hook=_without_names)
    return MappingProxyType(dict(_directed(pairs)))


@cache
def latin_letters() -> Mapping[str, str]:
    """Return letters that look Latin and are not ASCII, each with its small ASCII letter (or digit)."""
    known = prototypes()
    small_capitals = (chr(point) for low, high in PHONETIC for point in range(low, high))
    found = ((letter, _taken_for(letter, known)) for letter in {*known, *small_capitals})
    return MappingProxyType({letter: taken for letter, taken in found if taken})


PHONETIC = ((0x250, 0x2B0), (0x1D00, 0x1D80), (0xA720, 0xA800))
"""Where Unicode keeps the small capitals."""


def skeleton(name: str) -> str:
    """Return what two names have in common when they look the same (UTS 39, 4), whatever their letters are.

    Case is kept, since it is seen: where names are compared without it, compare `skeleton(name).casefold()`.
    Skeletons are for comparing only, never for showing: m becomes rn, and 0 becomes O.
    """
    known = prototypes()
    seen = (c for c in unicodedata.normalize("NFD", name) if not _is_ignored(c))
    return unicodedata.normalize("NFD", "".join(known.get(c, c) for c in seen))


def _without_names(pairs: list[tuple[str, str]]) -> object:
    """Return the character alone of {"c": character, "n": name}; another object as it is."""
    keys = [key for key, _ in pairs]
    return _bare(pairs[0][1]) if keys == ["c", "n"] else {_bare(key): value for key, value in pairs}


def _directed(pairs: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    # The package lists both directions. An original has many look-alikes, a look-alike one original; where
    # two have only one another, the standard's own order is kept: the look-alike came first.
    passed: set[str] = set()
    for one, others in pairs.items():
        other = others[0]
        if len(one) == len(others) == 1 and other not in passed:
            passed.add(one)
            yield one, other
        elif len(one) == len(others) == 1 and len(pairs[other]) > 1:
            yield one, other


def _bare(characters: str) -> str:
    # The standard writes letters of right-to-left alphabets between left-to-right marks.
    return characters.replace("\u200e", "")


def _is_ignored(character: str) -> bool:
    return (
        character in IGNORED
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _taken_for(letter: str, known: Mapping[str, str]) -> str:
    """Return the small ASCII letter or digit that a letter of those alphabets looks like, or nothing."""
    if letter.isascii() or len(letter) > 1 or not letter.isalpha():
        return ""
    if unicodedata.name(letter, "").partition(" ")[0] not in ALPHABETS:
        return ""
    drawn = unicodedata.normalize("NFD", known.get(letter, letter))
    drawn = "".join(c for c in drawn if unicodedata.category(c)[0] != "M")
    drawn = DRAWN_LIKE.get(drawn, drawn)
    small_capital = unicodedata.name(drawn, "") if len(drawn) == 1 else ""
    if small_capital.startswith(SMALL_CAPITAL):
        drawn = small_capital.removeprefix(SMALL_CAPITAL)
    if drawn == "l" and letter.isupper():
        return "i"
    return drawn.lower() if len(drawn) == 1 and drawn.isascii() and drawn.isalnum() else ""
