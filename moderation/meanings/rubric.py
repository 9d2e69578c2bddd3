"""What the patterns of a stage count for: signs with points, and how strong they are together."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from moderation.meanings.passage import Passage
from moderation.meanings.pattern import Pattern
from moderation.meanings.vocabulary import vocabulary
from moderation.signs import Strength
from moderation.verdict import Span


@dataclass(frozen=True, slots=True)
class Sign:
    """Patterns that say the same: their kind, what they count for, and which sentences do not count.

    Points below zero speak against the kind: an excuse.
    """

    kind: str
    points: int
    patterns: tuple[Pattern, ...]
    unless: tuple[str, ...] = ()

    def span(self, passage: Passage, patterns: Iterable[Pattern]) -> tuple[int, int] | None:
        """Return the characters of the first of its patterns that the passage has."""
        for pattern in patterns:
            ends = pattern.ends(passage)
            for name in self.unless if ends else ():
                ends &= ~passage.mask("@quoted" if name == "quoted" else f"%{name}")
            if ends:
                end = (ends & -ends).bit_length() - 1
                return passage.span(pattern.start(passage, end), end)
        return None


@dataclass(frozen=True, slots=True)
class Weighed:
    """How strongly the rules speak, of which kind, where, and whether anything speaks against it."""

    strength: Strength
    kind: str = ""
    spans: tuple[Span, ...] = ()
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Rubric:
    """A stage's signs, and from how many points they are perhaps or surely what it looks for.

    `index` says by name which patterns, as (sign, pattern), a passage with that name may have.
    """

    perhaps: int
    sure: int
    signs: tuple[Sign, ...]
    index: Mapping[str, tuple[tuple[int, int], ...]]

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the rubric of such a file; raise ValueError or KeyError where it makes no sense."""
        told = tomllib.loads(text)
        usual = tuple(told.get("unless", ()))
        signs = tuple(
            Sign(
                one.get("kind", ""),
                one["points"],
                Pattern.lines(one["seen"]),
                tuple(one.get("unless", usual)),
            )
            for one in told["sign"]
        )
        return cls(told["perhaps"], told["sure"], signs, _index(signs))

    def weigh(self, passage: Passage) -> Weighed:
        """Return what the signs in the passage add up to; the kind is that of the weightiest sign."""
        seen = [
            (sign, Span(*place, sign.kind))
            for sign, patterns in self._candidates(passage)
            if (place := sign.span(passage, patterns)) is not None
        ]
        against = [sign for sign, _ in seen if sign.points < 0]
        kinds = [sign for sign, _ in seen if sign.kind and sign.points > 0]
        kind = max(kinds, key=lambda sign: sign.points).kind if kinds else ""
        spans = tuple(sorted({span for sign, span in seen if sign.points > 0}))
        return Weighed(self._strength(sum(sign.points for sign, _ in seen)), kind, spans, bool(against))

    def _candidates(self, passage: Passage) -> Iterable[tuple[Sign, list[Pattern]]]:
        places = set(self.index.get("*", ()))
        for name in passage.names():
            places.update(self.index.get(name, ()))
        found: dict[int, list[Pattern]] = {}
        for sign, pattern in sorted(places):
            found.setdefault(sign, []).append(self.signs[sign].patterns[pattern])
        return [(self.signs[sign], patterns) for sign, patterns in found.items()]

    def _strength(self, points: int) -> Strength:
        if points >= self.sure:
            return Strength.SURE
        return Strength.PERHAPS if points >= self.perhaps else Strength.NONE


def _index(signs: tuple[Sign, ...]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the patterns by their rarest names; one with a name that patterns make is under `*`."""
    index: dict[str, tuple[tuple[int, int], ...]] = {}
    made = {f"@{name}" for name in vocabulary().made}
    for at, sign in enumerate(signs):
        for number, pattern in enumerate(sign.patterns):
            names = pattern.rarest
            for name in names if names.isdisjoint(made) else {"*"}:
                index[name] = (*index.get(name, ()), (at, number))
    return index


@cache
def rubric(name: str) -> Rubric:
    """Return a rubric that ships with us: claims, sourcing or spam."""
    return Rubric.read(files("moderation.meanings").joinpath(f"{name}.toml").read_text("utf-8"))
