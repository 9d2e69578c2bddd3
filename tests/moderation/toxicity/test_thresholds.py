"""From a score to a hold."""

from moderation.toxicity.labels import LABELS
from moderation.toxicity.thresholds import HOLD_AT, judge
from moderation.verdict import Finding, Outcome


def test_every_threshold_has_a_known_label() -> None:
    assert HOLD_AT.keys() <= set(LABELS)


def test_a_low_score_is_no_objection() -> None:
    assert judge({"toxicity": 0.84, "insult": 0.1}, "m") is None
    assert judge({}, "m") is None


def test_the_label_furthest_past_its_threshold_is_named() -> None:
    finding = judge({"toxicity": 0.9, "threat": 0.9, "insult": 0.7}, "m")

    assert finding == Finding(
        "toxicity", Outcome.HOLD, "threat 0.90, held from 0.50", label="threat", score=0.9, model="m"
    )


def test_swearing_alone_holds_nothing() -> None:
    assert judge({"obscene": 1.0}, "m") is None


def test_a_score_never_refuses() -> None:
    finding = judge(dict.fromkeys(LABELS, 1.0), "m")

    assert finding is not None
    assert finding.outcome is Outcome.HOLD
