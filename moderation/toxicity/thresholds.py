"""Where a score becomes a hold: thresholds by model, audience and label, from one file with a version."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from moderation.rulebook import THREAT
from moderation.toxicity.labels import LABELS
from moderation.verdict import Finding, Outcome

OTHER = "other"
"""The thresholds of a model that has none of its own."""
STRICTEST = "public"
"""The audience that an unknown one is judged as."""
FAMILY = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which a text is held: `by_model[family][audience][label]`, each above 0 and at most 1."""

    version: str
    by_model: Mapping[str, Mapping[str, Mapping[str, float]]]

    @classmethod
    def load(cls) -> Self:
        """Return the policy that ships with us."""
        return cls.read(files("moderation").joinpath("policy.toml").read_text("utf-8"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the policy of a file's text; raise ValueError, naming the place, where it makes no sense."""
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"The toxicity policy cannot be read: {error}") from error
        version, models = told.get("version"), told.get("models")
        if not isinstance(version, str) or not version:
            raise ValueError("The toxicity policy has no version.")
        if not isinstance(models, dict) or OTHER not in models:
            raise ValueError(f"The toxicity policy has no thresholds for any other model ([models.{OTHER}]).")
        return cls(version, {model: _audiences(model, told) for model, told in models.items()})

    def audiences(self, model: str) -> Mapping[str, Mapping[str, float]]:
        """Return a model's thresholds by audience and label; its family is its name up to the first sign."""
        return self.by_model.get(family_of(model), self.by_model[OTHER])

    def of(self, model: str, audience: str) -> Mapping[str, float]:
        """Return the thresholds by label for what a model scored and an audience would read."""
        audiences = self.audiences(model)
        return audiences.get(audience, audiences[STRICTEST])

    def judge(self, scores: Mapping[str, float], model: str, audience: str = STRICTEST) -> Finding | None:
        """Hold a text for a threat, or else the label that passes its threshold by most; never refuse.

        A threat goes before all else, because it has a rule of its own, which no space can soften.
        """
        held_from = self.of(model, audience)
        passed = [label for label in held_from if scores.get(label, 0.0) >= held_from[label]]
        if not passed:
            return None
        label = max(passed, key=lambda label: (label == THREAT, scores[label] / held_from[label]))
        detail = f"{label.replace('_', ' ')} {scores[label]:.2f}, held from {held_from[label]:.2f}"
        return Finding(
            "toxicity",
            Outcome.HOLD,
            detail,
            label=label,
            score=scores[label],
            model=model,
            policy=self.version,
        )


def family_of(model: str) -> str:
    """Return what a model's thresholds go by: its name up to the first sign that is no small letter."""
    found = FAMILY.match(model)
    return found.group() if found else OTHER


def _audiences(model: str, told: object) -> Mapping[str, Mapping[str, float]]:
    if not isinstance(told, dict) or STRICTEST not in told:
        raise ValueError(f"The toxicity policy has no [models.{model}.{STRICTEST}].")
    return {audience: _labels(f"models.{model}.{audience}", labels) for audience, labels in told.items()}


def _labels(place: str, told: object) -> Mapping[str, float]:
    if not isinstance(told, dict) or not told:
        raise ValueError(f"The toxicity policy has no thresholds in [{place}].")
    for label, value in told.items():
        if label not in LABELS:
            raise ValueError(f"The toxicity policy names an unknown label in [{place}]: {label}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            raise ValueError(f"The toxicity policy must have a number above 0, and at most 1, in [{place}].")
    return {label: float(value) for label, value in told.items()}
