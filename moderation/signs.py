"""How a score on a label of our own domain is heard: as a denial, not at all, perhaps, or surely."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from importlib.resources import files
from typing import Self

NEEDED = ("against", "perhaps", "sure")


class Strength(IntEnum):
    """How strong a sign is: a stage weighs it together with what its own rule saw."""

    AGAINST = -1
    """The model is sure that it is nothing of the kind."""
    NONE = 0
    PERHAPS = 1
    SURE = 2
    CERTAIN = 3
    """So sure that no excuse which a rule has seen in the words speaks against it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a model heard of one label: the score (0 to 1), how strong that is, and which model it was."""

    label: str
    score: float
    strength: Strength
    model: str


Signs = Mapping[str, Sign]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Scores of one label: below `against` it is denied, from each of the others it is heard more strongly.

    Without `certain` no score is above every excuse.
    """

    against: float
    perhaps: float
    sure: float
    certain: float = math.inf

    def strength(self, score: float) -> Strength:
        """Return how strong a sign this score is."""
        if score >= self.certain:
            return Strength.CERTAIN
        if score >= self.sure:
            return Strength.SURE
        if score >= self.perhaps:
            return Strength.PERHAPS
        return Strength.AGAINST if score < self.against else Strength.NONE


@dataclass(frozen=True, slots=True)
class Hearing:
    """From which scores a label is denied, perhaps or surely heard: `by_model[family][label]` tells."""

    by_model: Mapping[str, Mapping[str, Bounds]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """Return the figures of the policy that ships with us."""
        return cls.read(files("moderation").joinpath("policy.toml").read_text("utf-8"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the figures of a policy's text; ValueError, naming the place, where they make no sense."""
        told = _table("[signs]", tomllib.loads(text).get("signs", {}))
        return cls({model: _figures(f"signs.{model}", labels) for model, labels in told.items()})

    def signs(self, scores: Mapping[str, float], model: str, family: str) -> Signs:
        """Return a sign for every label that this family of models has figures for."""
        figures = self.by_model.get(family, {})
        return {
            label: Sign(label, scores[label], bounds.strength(scores[label]), model)
            for label, bounds in figures.items()
            if label in scores
        }


def _figures(place: str, told: object) -> Mapping[str, Bounds]:
    return {label: _bounds(f"[{place}.{label}]", one) for label, one in _table(f"[{place}]", told).items()}


def _table(place: str, told: object) -> Mapping[str, object]:
    if not isinstance(told, dict):
        raise ValueError(f"The policy must have a table in {place}.")
    return told


def _bounds(place: str, told: object) -> Bounds:
    if not isinstance(told, dict) or not set(NEEDED) <= told.keys() <= {*NEEDED, "certain"}:
        raise ValueError(
            f"The policy must have against, perhaps and sure in {place}, perhaps certain, and nothing else."
        )
    for value in told.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"The policy must have numbers from 0 to 1 in {place}.")
    bounds = Bounds(**{name: float(value) for name, value in told.items()})
    if not bounds.against <= bounds.perhaps <= bounds.sure <= bounds.certain or bounds.perhaps == 0:
        raise ValueError(
            f"The policy's against, perhaps, sure and certain must rise, and perhaps lie above 0, in {place}."
        )
    return bounds
