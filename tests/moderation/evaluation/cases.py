"""Cases and verdicts made by hand."""

from moderation.evaluation.corpus import Answer, Case, Part
from moderation.evaluation.judging import Judged
from moderation.markup import render
from moderation.verdict import Finding, Lane, Outcome, Span, weigh

HELD = Finding("claim", Outcome.HOLD, "a cure", kind="cure")
RAISED = Finding("care", Outcome.PUBLISH, "in danger", Lane.CARE, kind="active")
RAISED_AND_HELD = Finding("care-method", Outcome.HOLD, "in danger", Lane.CARE)
NUDGED = Finding("language", Outcome.NUDGE, "kinder words")
FAILED = Finding("unscored", Outcome.HOLD, "the scorer failed", Lane.FAULT)


def case(want: str = "publish", kind: str = "chat", text: str = "hello", **more: object) -> Case:
    details = more.get("details", ())
    assert isinstance(details, tuple)
    part = str(more.get("part", ""))
    return Case(text, Answer(want), kind, str(more.get("stage", "")), Part(part) if part else None, details)


def judged(given: Case, *findings: Finding) -> Judged:
    return Judged(given, weigh(findings, render(given.text), text=given.text))


def mask(text: str, *seen: str) -> Finding:
    """Return a finding about the author's own details, wherever these words stand first."""
    spans = tuple(Span(text.index(one), text.index(one) + len(one), "phone number") for one in seen)
    return Finding("own-details", Outcome.MASK, "their own", kind="phone number", spans=spans)
