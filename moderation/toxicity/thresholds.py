"""Where a score becomes a hold."""

from collections.abc import Mapping
from types import MappingProxyType

from moderation.verdict import Finding, Outcome

HOLD_AT: Mapping[str, float] = MappingProxyType(
    {"toxicity": 0.85, "severe_toxicity": 0.5, "threat": 0.5, "insult": 0.7, "identity_attack": 0.5}
)
"""Scores from which a text is held; our own choice. Swearing alone hurts nobody: `obscene` holds nothing."""


def judge(scores: Mapping[str, float], model: str) -> Finding | None:
    """Hold a text for the label that passes its threshold by most; a score alone never refuses."""
    passed = [label for label in HOLD_AT if scores.get(label, 0.0) >= HOLD_AT[label]]
    if not passed:
        return None
    label = max(passed, key=lambda label: scores[label] / HOLD_AT[label])
    detail = f"{label.replace('_', ' ')} {scores[label]:.2f}, held from {HOLD_AT[label]:.2f}"
    return Finding("toxicity", Outcome.HOLD, detail, label=label, score=scores[label], model=model)
