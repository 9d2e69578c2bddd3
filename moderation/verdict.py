"""What moderation answers: findings, and the verdict they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from moderation.markup import CleanHtml


class Outcome(IntEnum):
    """What happens to a text, by gravity; the gaps leave room for gentler answers."""

    PUBLISH = 0
    HOLD = 10
    REFUSE = 20


class Lane(StrEnum):
    """Whose concern a finding is: its form, its conduct, someone's safety, or a failure of ours."""

    SHAPE = "shape"
    CONDUCT = "conduct"
    CARE = "care"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: the rule's key, what it asks for, and a few words for moderators.

    `label`, `score` (0 to 1), `model` and `policy` (its version) are set when a scorer objected.
    """

    rule: str
    outcome: Outcome
    detail: str
    lane: Lane = Lane.CONDUCT
    label: str | None = None
    score: float | None = None
    model: str | None = None
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with its reasons; `text` and `title` are tidied, what may be stored."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    html: CleanHtml = field(repr=False)
    text: str = field(default="", repr=False)
    title: str = field(default="", repr=False)


def weigh(findings: Iterable[Finding], html: CleanHtml, *, text: str = "", title: str = "") -> Verdict:
    """Return the verdict of the gravest finding; no finding, no objection."""
    found = tuple(findings)
    return Verdict(max((f.outcome for f in found), default=Outcome.PUBLISH), found, html, text, title)
