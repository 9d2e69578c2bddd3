"""Numbers said in words, as digits: "oh double seven", "six zeros", "fifty three point two"."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from moderation.details.reading import Reading

ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TO_TWENTY = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
BY_TEN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NOTHING = ("zero", "oh", "o", "nought", "naught", "nil")
UNITS: Mapping[str, int] = MappingProxyType(
    {**dict.fromkeys(NOTHING, 0), **{word: number for number, word in enumerate(ONES, start=1)}}
)
TEENS: Mapping[str, int] = MappingProxyType({word: number for number, word in enumerate(TO_TWENTY, start=10)})
TENS: Mapping[str, int] = MappingProxyType({word: 10 * number for number, word in enumerate(BY_TEN, start=2)})
TIMES: Mapping[str, int] = MappingProxyType({"double": 2, "triple": 3, "treble": 3})
HUNDRED = "hundred"
SIGNS: Mapping[str, str] = MappingProxyType({"point": ".", "dot": ".", "minus": "-"})
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        **{f"{word}s": str(n) for word, n in UNITS.items() if word not in ("o", "six")},
        **{"zeroes": "0", "sixes": "6"},
    }
)
WORDS = (*UNITS, *TEENS, *TENS, *TIMES, HUNDRED, *SIGNS, *COUNTED)
WORD = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(WORDS)})(?![^\W\d_])|\d+",
    re.IGNORECASE,
)
GAP = re.compile(r"[ -]{0,2}|, ?")
FEW = 2
"""Digits written as such that may stand, after a space, in a number that is said in words."""

FIGURE = re.compile(r"\d")

Token = tuple[int, int, str]
"""Start, end, and the word in small letters."""


def has_figures(text: str) -> bool:
    """Return whether there is a figure at all: most details need one, and most texts have none."""
    return FIGURE.search(text) is not None


def in_digits(reading: Reading) -> Reading:
    """Return the reading with every number of two words or more in digits; a single word stays as it is."""
    tokens = [(m.start(), m.end(), m.group().lower()) for m in WORD.finditer(reading.text)]
    if all(word.isdigit() for _, _, word in tokens):
        return reading
    changes = [change for run in _runs(reading.text, tokens) for change in _changes(run)]
    return reading.rewritten(changes) if changes else reading


def _runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in tokens:
        if run and not _goes_on(text, run[-1], token):
            yield run
            run = []
        run.append(token)
    yield run


def _goes_on(text: str, last: Token, token: Token) -> bool:
    gap = text[last[1] : token[0]]
    if last[2].isdigit() or token[2].isdigit():
        return gap in ("", "-") or (gap == " " and max(_width(last), _width(token)) <= FEW)
    return GAP.fullmatch(gap) is not None


def _width(token: Token) -> int:
    return len(token[2]) if token[2].isdigit() else 0


def _changes(run: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a run as digits, and what stands between them as nothing, or a space for a comma."""
    while run and run[-1][2] in SIGNS:
        run = run[:-1]
    while run and run[0][2] in SIGNS and run[0][2] != "minus":
        run = run[1:]
    if len(run) < 2 or all(word.isdigit() or word in SIGNS for _, _, word in run):  # noqa: PLR2004 - two words
        return
    place = 0
    while place < len(run):
        digits, used = _said(run, place)
        yield run[place][0], run[place + used - 1][1], digits
        place += used
        if place < len(run):
            yield run[place - 1][1], run[place][0], _between(run[place - 1], run[place])


def _between(last: Token, token: Token) -> str:
    apart = token[0] - last[1] > len(" ")
    if token[2] == "minus":
        return ", "
    return " " if apart and last[2] not in SIGNS and token[2] not in SIGNS else ""


def _said(run: list[Token], place: int) -> tuple[str, int]:
    """Return what the words at a place say, and how many they are."""
    word = run[place][2]
    after = run[place + 1][2] if place + 1 < len(run) else ""
    if word in TIMES:
        return (_digits(after) * TIMES[word], 2) if after and after not in SIGNS else ("", 1)
    if after in COUNTED and _digits(word).isdigit() and len(_digits(word)) == 1:
        return COUNTED[after] * int(_digits(word)), 2
    if after == HUNDRED and word not in SIGNS:
        return _digits(word) + "00", 2
    if word in TENS and UNITS.get(after):
        return str(TENS[word] + UNITS[after]), 2
    return _digits(word), 1


def _digits(word: str) -> str:
    if word in SIGNS:
        return SIGNS[word]
    if word == HUNDRED:
        return "100"
    if word.isdigit():
        return word
    return COUNTED.get(word) or str({**UNITS, **TEENS, **TENS}.get(word, ""))
