"""Stems that people disguise, and finding them behind signs: sh!t, f*ck, 5tupid, a$$."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

STAND_INS = {
    "a": "@4",
    "b": "8",
    "c": "(¢",
    "e": "3€",
    "g": "96",
    "h": "#",
    "i": "1!|",
    "l": "1|£",
    "o": "0",
    "s": "$5",
    "t": "7+",
    "z": "2",
}
"""Signs that are drawn somewhat like a letter."""
VOWELS = frozenset("aeiou")
STARS = r"*#%_.?@•\-"
"""What is written in a vowel's place by somebody who does not write it."""
SPLIT = r"[-._~`^\\]?"
"""What is put between two letters to part them."""
SPLITS = frozenset("-._~`^\\")
SHORT = 3
"""Letters of a stem that is too short to be recognised without one of them."""
WHOLE_BEFORE, WHOLE_AFTER = r"(?<![^\W_])", r"(?![^\W_]|[@$])"
STARRED = {"a**": "ass", "@$$": "ass", "f***": "fuck", "s***": "shit", "c***": "cunt", "b****": "bitch"}
"""What is understood although one letter of it is left, or none."""
STARRED_WORD = re.compile(
    rf"(?<![^\W_]|[*@$])(?:{'|'.join(map(re.escape, STARRED))})"
    rf"(?=(?:s|es|ed|er|ers|y|in|ing|head|heads|hole|holes)?(?![^\W_]|[*@$]))"
)


@cache
def stems() -> tuple[str, ...]:
    """Return the listed stems; `=` before one means that it is a word of its own."""
    text = files(__package__).joinpath("stems.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words() -> tuple[str, ...]:
    """Return the stems as they are written, without marks."""
    return tuple(stem.lstrip("=") for stem in stems())


def undisguised_stems(token: str) -> str:
    """Return a small-lettered token with the listed stems in their plain spelling."""
    if "*" in token or "@$$" in token:
        token = STARRED_WORD.sub(lambda found: STARRED[found.group()], token)
    return _disguised().sub(lambda found: _plain(found, token), token)


def undrawn_stems(token: str) -> str:
    """Return a small-lettered token with no letter of a listed stem drawn out: fuck for fuuuuck."""
    token = re.sub(r"([a-z])\1{3,}", r"\1\1\1", token)
    return _drawn_out().sub(lambda found: _short(found, token), token)


def holds_stem(word: str) -> bool:
    """Return whether a plainly written word has a listed stem in it."""
    return _plainly().search(word) is not None


@cache
def _plainly() -> re.Pattern[str]:
    return _any_of([list(word) for word in words()])


@cache
def _disguised() -> re.Pattern[str]:
    return _any_of([_behind_signs(word) for word in words()])


@cache
def _drawn_out() -> re.Pattern[str]:
    return _any_of([[_run(run.group()) for run in re.finditer(r"(.)\1*", word)] for word in words()])


def _any_of(patterns: Sequence[list[str]]) -> re.Pattern[str]:
    """Return a pattern of all stems; its number of the last group is that of the stem found, from 1.

    Stems share their first letter, and a group is an empty one at the end: the engine then gives up on
    nearly all of them at sight.
    """
    arms: dict[str, list[str]] = {}
    for number, (stem, letters) in enumerate(zip(stems(), patterns, strict=True)):
        whole = stem.startswith("=")
        first, rest = WHOLE_BEFORE * whole + letters[0], "".join(letters[1:]) + WHOLE_AFTER * whole
        arms.setdefault(first, []).append(f"{rest}(?P<n{number}>)")
    return re.compile("|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in arms.items()))


def _stem_of(found: re.Match[str]) -> str:
    return words()[int((found.lastgroup or "n0")[1:])]


def _behind_signs(word: str) -> list[str]:
    # What can be read in two ways is bounded by the vowels of a stem, so that the work stays linear.
    parting = SPLIT if len(word) > SHORT else ""
    *others, last = _letters(word)
    return [*(letter + parting for letter in others), last]


def _letters(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        signs = re.escape(letter + STAND_INS.get(letter, ""))
        if place == 0 or (len(word) <= SHORT and letter not in VOWELS):
            yield f"[{signs}]"
        elif letter not in VOWELS or len(word) <= SHORT:
            yield f"[{signs}*]"
        else:
            yield f"[{signs}{STARS}]\\*?"


def _run(letters: str) -> str:
    return f"{letters[0]}{{{len(letters)},3}}"


def _plain(found: re.Match[str], token: str) -> str:
    """Return the stem if what was found is a disguise of it, else what was found."""
    said, stem = found.group(), _stem_of(found)
    letters = sum(map(str.isalpha, said))
    numeric = any(map(str.isdecimal, said))
    if not letters or (2 * letters < len(stem) and numeric) or 2 * said.count("*") > len(stem):
        return said
    inside = found.start() > 0 and token[found.start() - 1].isalnum()
    return said if inside and SPLITS.intersection(said) else stem


def _short(found: re.Match[str], token: str) -> str:
    said = found.group()
    return _stem_of(found) if re.search(r"(.)\1\1", said) else said
