"""How a score on a label of our own domain is heard: not at all, perhaps, or surely."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from importlib.resources import files
from typing import Self


class Strength(IntEnum):
    """How strong a sign is: a stage weighs it together with what its own rule saw."""

    NONE = 0
    PERHAPS = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Sign:
    """What a model heard of one label: the score (0 to 1), how strong that is, and which model it was."""

    label: str
    score: float
    strength: Strength
    model: str


Signs = Mapping[str, Sign]


@dataclass(frozen=True, slots=True)
class Hearing:
    """From which scores a sign is perhaps or surely one: `by_model[family][label]` is (perhaps, sure)."""

    by_model: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)

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
            label: Sign(label, scores[label], _strength(scores[label], *figures[label]), model)
            for label in figures
            if label in scores
        }


def _strength(score: float, perhaps: float, sure: float) -> Strength:
    if score >= sure:
        return Strength.SURE
    return Strength.PERHAPS if score >= perhaps else Strength.NONE


def _figures(place: str, told: object) -> Mapping[str, tuple[float, float]]:
    return {label: _bounds(f"[{place}.{label}]", one) for label, one in _table(f"[{place}]", told).items()}


def _table(place: str, told: object) -> Mapping[str, object]:
    if not isinstance(told, dict):
        raise ValueError(f"The policy must have a table in {place}.")
    return told


def _bounds(place: str, told: object) -> tuple[float, float]:
    if not isinstance(told, dict) or told.keys() != {"perhaps", "sure"}:
        raise ValueError(f"The policy must have perhaps and sure in {place}, and nothing else.")
    perhaps, sure = told["perhaps"], told["sure"]
    for value in (perhaps, sure):
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            raise ValueError(f"The policy must have a number above 0, and at most 1, in {place}.")
    if perhaps > sure:
        raise ValueError(f"The policy's perhaps must not lie above sure in {place}.")
    return float(perhaps), float(sure)
