"""How grave something is that waits, so that the gravest is read first.

From 0 to 4, by the harm that the words, or a wait, can do. The steps and their order are our own choice:

4: somebody's life or safety: danger, threats, a member who is worried about another.
3: harm that cannot be taken back: who somebody is and that they are in recovery, which the law protects like
   a diagnosis (42 CFR Part 2); hate against a group, which drives away whoever belongs to it.
2: harm to whoever reads it: contempt, dealing, listed words, advice on medicine and withdrawal, and shame
   over medication, without which fewer survive (Sordo et al. 2017, BMJ 357:j1550). Appeals stand here too:
   somebody waits for an answer about their own words.
1: a nuisance, or only a question: advertising, links, one's own details, what could not be judged.
0: the same thing again and again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.rulebook import rule_of
from moderation.verdict import Finding

WORST = 4
APPEALS = 2
OTHERWISE = 1
"""Of a rule that is not listed: it waits like anything that could not be judged."""

OF_RULE = {
    "care": 4,
    "care-method": 4,
    "threat": 4,
    "others-details": 3,
    "toxicity": 2,
    "claim": 2,
    "sourcing": 2,
    "words": 2,
    "spam": 1,
    "links": 1,
    "own-details": 1,
    "language": 1,
    "asked-for": 1,
    "unscored": 1,
    "stage-failed": 1,
    "repeats": 0,
    "flood": 0,
}
OF_LABEL = {"severe_toxicity": 3, "identity_attack": 3}
"""What a scorer calls by these names is graver than its rule."""
OF_REASON = {
    "worried": 4,
    "private": 3,
    "unkind": 2,
    "health-claim": 2,
    "medication-shaming": 2,
    "dealing": 2,
    "other": 1,
}


@dataclass(frozen=True, slots=True)
class Gravity:
    """How grave, from 0 to 4, and the rule or the report's reason that says so."""

    severity: int
    rule: str

    def joined(self, other: "Gravity") -> "Gravity":
        """Return the graver of the two; of two alike, the one that came first."""
        return other if other.severity > self.severity else self


def gravity_of_findings(findings: Iterable[Finding]) -> Gravity:
    """Return the gravest of what was found; without findings, what could not be judged."""
    return max(map(_of_finding, findings), key=lambda one: one.severity, default=Gravity(OTHERWISE, ""))


def gravity_of_report(reason: str) -> Gravity:
    """Return how grave a report's reason is."""
    return Gravity(OF_REASON.get(reason, OTHERWISE), reason)


def _of_finding(found: Finding) -> Gravity:
    rule = rule_of(found)
    return Gravity(max(OF_RULE.get(rule, OTHERWISE), OF_LABEL.get(found.label or "", 0)), rule)
