"""What the team changed in the policy that ships, and what comes of both: never wider than ours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from moderation.policy import PolicyFile
from moderation.rulebook import MASKABLE, Rule
from moderation.signs import Bounds, Hearing
from moderation.toxicity.thresholds import Thresholds
from moderation.verdict import Outcome

WATCHFUL = frozenset({"threat", "care", "sourcing"})
"""Labels whose rule no space can soften: their scores may be lowered, which holds more, never raised."""

Scores = Mapping[str, Mapping[str, Mapping[str, float]]]
Signs = Mapping[str, Mapping[str, tuple[float, float]]]
"""(perhaps, surely) by model and label."""


@dataclass(frozen=True, slots=True)
class Own:
    """What differs from what ships: outcomes by rule, scores by model, audience and label, signs by model."""

    usual: Mapping[str, Outcome] = field(default_factory=dict)
    scores: Scores = field(default_factory=dict)
    signs: Signs = field(default_factory=dict)

    def as_json(self) -> str:
        """Return it as it is kept."""
        usual = {name: outcome.name.lower() for name, outcome in self.usual.items()}
        told = {"usual": usual, "scores": self.scores, "signs": self.signs}
        return json.dumps(told, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what was kept; ValueError where somebody damaged it."""
        try:
            told = json.loads(text)
            return cls(
                {name: Outcome[one.upper()] for name, one in told.get("usual", {}).items()},
                {
                    model: {
                        audience: {label: float(score) for label, score in labels.items()}
                        for audience, labels in audiences.items()
                    }
                    for model, audiences in told.get("scores", {}).items()
                },
                {
                    model: {label: (float(one[0]), float(one[1])) for label, one in labels.items()}
                    for model, labels in told.get("signs", {}).items()
                },
            )
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise ValueError("What the team changed in the policy cannot be read.") from error


def version_of(shipped: PolicyFile, number: int) -> str:
    """Return what findings are kept with: the shipped version, and the team's number where it has one."""
    return f"{shipped.version}+{number}" if number else shipped.version


def composed(shipped: PolicyFile, own: Own, version: str) -> PolicyFile:
    """Return the policy that comes of both, under that version.

    Bounds stay the shipped ones: an outcome outside of them is moved into them, what we do not know is left
    out, and the scores of a watchful label are never above ours. So an older version stays usable after an
    upgrade, and nothing that is kept can make the house less careful than it ships.
    """
    rules = {name: _rule(name, rule, own.usual.get(name)) for name, rule in shipped.rulebook.rules.items()}
    scores = {
        model: {
            audience: {
                label: _score(label, ours, own.scores.get(model, {}).get(audience, {}).get(label))
                for label, ours in labels.items()
            }
            for audience, labels in audiences.items()
        }
        for model, audiences in shipped.thresholds.by_model.items()
    }
    signs = {
        model: {
            label: _sign(label, ours, own.signs.get(model, {}).get(label)) for label, ours in labels.items()
        }
        for model, labels in shipped.hearing.by_model.items()
    }
    return PolicyFile(
        replace(shipped.rulebook, version=version, rules=rules), Thresholds(version, scores), Hearing(signs)
    )


def _rule(name: str, rule: Rule, chosen: Outcome | None) -> Rule:
    if chosen is None or (chosen is Outcome.MASK and name not in MASKABLE):
        return rule
    return replace(rule, usual=rule.outcome(chosen))


def _score(label: str, ours: float, chosen: object) -> float:
    if isinstance(chosen, bool) or not isinstance(chosen, int | float) or not 0 < chosen <= 1:
        return ours
    return min(float(chosen), ours) if label in WATCHFUL else float(chosen)


def _sign(label: str, ours: Bounds, chosen: tuple[float, float] | None) -> Bounds:
    """Return ours with what was chosen; where the model denies a label, or is certain, is ours to say."""
    if chosen is None:
        return ours
    perhaps, sure = _score(label, ours.perhaps, chosen[0]), _score(label, ours.sure, chosen[1])
    perhaps = min(perhaps, sure)
    return Bounds(min(ours.against, perhaps), perhaps, sure, max(ours.certain, sure))
