"""A pattern of words and word classes that stand near each other in one sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, Self

GAP = re.compile(r"~(\d)")
NOT = re.compile(r"-(\d?)(.+)")
WORD = re.compile(r"\w+")
SHORT = 4
EVERYWHERE: Mapping[str, int] = {
    "*": 99,
    "@opening": 99,
    "@told": 99,
    "@urged": 99,
    "@negation": 30,
    "@number": 20,
}
"""How seldom a class helps to tell a text apart: it only decides which step is looked up first."""


class Marked(Protocol):
    """A text in which it is marked, one bit a word, where a word or a class of words stands."""

    def mask(self, name: str) -> int:
        """Return the places of a word, of an `@class`, or of all sentences with such a `%class`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What must be true of a word: it is one of these, or none of them is (or stands shortly before)."""

    names: tuple[str, ...]
    barred: bool = False
    before: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the part of such a text: `a|b`, `-a` for not that, `-3a` for not in three words before."""
        found = NOT.fullmatch(text)
        if found is None:
            return cls(tuple(text.split("|")))
        return cls(tuple(found[2].split("|")), True, int(found[1] or 0))

    def mask(self, text: Marked) -> int:
        """Return where it is true; a barred part is -1 where it is not (all ones but those)."""
        places = 0
        for name in self.names:
            places |= text.mask(name)
        if not self.barred:
            return places
        return ~(spread(places, self.before - 1) if self.before else places)


@dataclass(frozen=True, slots=True)
class Step:
    """One word of the pattern: all its parts, and how many words may stand between it and the one before."""

    parts: tuple[Part, ...]
    gap: int = 0

    def mask(self, text: Marked) -> int:
        """Return the words that all parts are true of."""
        places = -1
        for part in self.parts:
            places &= part.mask(text)
            if not places:
                return 0
        return places


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps from left to right, as `@opening&stop|quit ~3 @medicine`.

    Matching is bit-parallel (Baeza-Yates and Gonnet, 1992): a bounded number of shifts for each step,
    whatever the text, so the work is linear in its length.
    """

    steps: tuple[Step, ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the pattern of a line; raise ValueError for one without a step that is anything at all."""
        steps: list[Step] = []
        gap = 0
        for piece in text.split():
            between = GAP.fullmatch(piece)
            if between:
                gap = int(between[1])
                continue
            steps.append(Step(tuple(map(Part.read, piece.split("&"))), gap))
            gap = 0
        if not steps or any(all(part.barred for part in step.parts) for step in steps):
            raise ValueError(f"This pattern has a step that names nothing: {text}")
        return cls(tuple(steps))

    @classmethod
    def lines(cls, text: str) -> tuple[Self, ...]:
        """Return the patterns of a text, one a line; a line that begins with # is a comment."""
        lines = (line.strip() for line in text.splitlines())
        return tuple(cls.read(line) for line in lines if line and not line.startswith("#"))

    @property
    def words(self) -> Iterator[str]:
        """The plain words that it names, and phrases joined by `_`."""
        names = (name for step in self.steps for part in step.parts for name in part.names)
        return (name for name in names if WORD.fullmatch(name))

    @property
    def rarest(self) -> frozenset[str]:
        """The names of which one must stand in a text that matches: those of the step that is seen least."""
        sets = (part.names for step in self.steps for part in step.parts if not part.barred)
        return frozenset(min(sets, key=lambda names: sum(map(_weight, names))))

    def ends(self, text: Marked) -> int:
        """Return where the last step stands, of every place that has all steps."""
        masks = []
        for step in self.steps:
            masks.append(step.mask(text))
            if not masks[-1]:
                return 0
        places = masks[0]
        for step, mask in zip(self.steps[1:], masks[1:], strict=True):
            places = spread(places, step.gap) & mask
            if not places:
                return 0
        return places

    def start(self, text: Marked, end: int) -> int:
        """Return the place where the pattern that ends here starts."""
        place = 1 << end
        for step, earlier in zip(self.steps[:0:-1], self.steps[-2::-1], strict=True):
            place = _back(place, step.gap) & earlier.mask(text)
        return place.bit_length() - 1


def _weight(name: str) -> int:
    if name[0] in "*%@":
        return EVERYWHERE.get(name, 10)
    return 5 if len(name) <= SHORT else 1


def spread(places: int, gap: int) -> int:
    """Return the places up to `gap` words after the next of each."""
    reached = places << 1
    for _ in range(gap):
        reached |= reached << 1
    return reached


def _back(places: int, gap: int) -> int:
    reached = places >> 1
    for _ in range(gap):
        reached |= reached >> 1
    return reached
