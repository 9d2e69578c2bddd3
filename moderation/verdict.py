"""What moderation answers: findings, and the verdict they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from moderation.markup import CleanHtml


class Outcome(IntEnum):
    """What happens to a text, by gravity."""

    PUBLISH = 0
    NUDGE = 3
    """The author is shown kinder words first, and may send it as it is."""
    MASK = 6
    """The author is shown what was found, and chooses: masked, changed, or read by a moderator first."""
    HOLD = 10
    REFUSE = 20

    @property
    def asks(self) -> bool:
        """Whether the author is asked before anything is written."""
        return self in (Outcome.NUDGE, Outcome.MASK)


class Lane(StrEnum):
    """Whose concern a finding is: its form, its conduct, someone's safety, or a failure of ours."""

    SHAPE = "shape"
    CONDUCT = "conduct"
    CARE = "care"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where in `Draft.words` something was seen: characters from `start` up to `end`, and what it is."""

    start: int
    end: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: the rule's key, what it asks for, and a few words for moderators.

    `kind` is the rule's own class of it (a claim's, a detail's), `spans` where it was seen. `label`, `score`
    (0 to 1) and `model` are set when a scorer objected; `policy` is the version that the outcome follows.
    """

    rule: str
    outcome: Outcome
    detail: str
    lane: Lane = Lane.CONDUCT
    label: str | None = None
    score: float | None = None
    model: str | None = None
    policy: str | None = None
    kind: str = ""
    spans: tuple[Span, ...] = ()


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
