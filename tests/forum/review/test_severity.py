"""Severity: danger above all, and what nobody has heard of waits like anything else."""

from hypothesis import given
from hypothesis import strategies as st

from forum.messages.explanations import WHY
from forum.review.reporting import REASONS
from forum.review.severity import (
    OF_REASON,
    OF_RULE,
    OTHERWISE,
    WORST,
    Gravity,
    gravity_of_findings,
    gravity_of_report,
)
from moderation.rulebook import Rulebook
from moderation.verdict import Finding, Outcome

SHAPE = {"empty", "too-long", "unreadable"}
"""What is refused for its form waits for nobody."""


def found(rule: str, label: str | None = None) -> Finding:
    """Return what a rule found."""
    return Finding(rule, Outcome.HOLD, "", label=label)


def test_every_rule_and_every_reason_has_its_step() -> None:
    assert set(OF_RULE) == set(Rulebook.load().rules) | set(WHY) - SHAPE
    assert set(OF_REASON) == set(REASONS)


def test_the_gravest_finding_counts_and_names_the_rule() -> None:
    several = [found("links"), found("others-details"), found("repeats")]

    assert gravity_of_findings(several) == Gravity(3, "others-details")
    assert gravity_of_findings([found("toxicity", "insult")]) == Gravity(2, "toxicity")
    assert gravity_of_findings([found("toxicity", "identity_attack")]) == Gravity(3, "toxicity")


def test_a_threat_is_as_grave_as_danger() -> None:
    assert gravity_of_findings([found("toxicity", "threat")]) == Gravity(WORST, "threat")
    assert gravity_of_findings([found("care")]) == Gravity(WORST, "care")
    assert gravity_of_report("worried") == Gravity(WORST, "worried")


def test_what_is_not_known_waits_like_what_could_not_be_judged() -> None:
    assert gravity_of_findings([]) == Gravity(OTHERWISE, "")
    assert gravity_of_findings([found("of-tomorrow")]) == Gravity(OTHERWISE, "of-tomorrow")
    assert gravity_of_report("of-tomorrow") == Gravity(OTHERWISE, "of-tomorrow")


@given(st.lists(st.sampled_from(sorted(OF_RULE))), st.lists(st.sampled_from(sorted(OF_REASON))))
def test_joining_never_makes_anything_less_grave(rules: list[str], reasons: list[str]) -> None:
    gravity = gravity_of_findings(map(found, rules))
    for reason in reasons:
        joined = gravity.joined(gravity_of_report(reason))

        assert 0 <= gravity.severity <= joined.severity <= WORST
        assert joined in (gravity, gravity_of_report(reason))
        gravity = joined
