"""Compares what two policies make of the same messages: counts what would change, and tells it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from forum.messages.submission import cares
from moderation.rulebook import rule_of
from moderation.verdict import Lane, Outcome, Verdict


class Fate(StrEnum):
    """What becomes of a message."""

    HELD = "held"
    PUBLISHED = "published"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Compared:
    """A message as both policies judge it; `ruled`: did a moderator let others read it, if one ruled."""

    id: UUID
    before: Verdict
    after: Verdict
    ruled: bool | None = None


@dataclass(slots=True)
class Comparison:
    """What would newly become of messages: how many, by which rule, and, where asked for, which ones."""

    before: str
    after: str
    """The versions of the two policies."""
    scorer: str
    ids: dict[Fate, list[UUID]] | None = None
    messages: int = 0
    failed: int = 0
    """Messages that could not be judged, so that they prove nothing."""
    ruled: int = 0
    agreed_before: int = 0
    agreed_after: int = 0
    was: Counter[Fate] = field(default_factory=Counter)
    becomes: Counter[Fate] = field(default_factory=Counter)
    newly: Counter[Fate] = field(default_factory=Counter)
    rules: dict[Fate, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, one: Compared) -> None:
        """Count a message."""
        self.messages += 1
        if any(found.lane is Lane.FAULT for found in (*one.before.findings, *one.after.findings)):
            self.failed += 1
            return
        if one.ruled is not None:
            self.ruled += 1
            self.agreed_before += _is_read(one.before) == one.ruled
            self.agreed_after += _is_read(one.after) == one.ruled
        fate, before = fate_of(one.after), fate_of(one.before)
        self.was[before] += 1
        self.becomes[fate] += 1
        if fate is not before:
            self.newly[fate] += 1
            self.rules[fate].update(_behind(one))
            if self.ids is not None:
                self.ids.setdefault(fate, []).append(one.id)

    def as_json(self) -> Mapping[str, object]:
        """Return it as plain values."""
        told: dict[str, object] = {
            "policy": {"before": self.before, "after": self.after},
            "scorer": self.scorer,
            "messages": self.messages,
            "failed": self.failed,
            "newly": {
                fate.value: {"messages": self.newly[fate], "rules": dict(self.rules[fate].most_common())}
                for fate in Fate
            },
            "rulings": {
                "messages": self.ruled,
                "agreed_before": self.agreed_before,
                "agreed_after": self.agreed_after,
            },
        }
        if self.ids is not None:
            told["ids"] = {fate.value: [str(one) for one in self.ids.get(fate, ())] for fate in Fate}
        return told


def lines(told: Comparison) -> Iterator[str]:
    """Yield it as lines for a terminal; never a word of a message."""
    yield f"Policy {told.before} (in force) and {told.after} (draft), {told.scorer}"
    yield f"{told.messages:,} messages"
    if told.before == told.after:
        yield "Both have the same version: give the draft one of its own before it is used."
    if told.failed:
        yield f"{told.failed:,} could not be judged, and are not counted below."
    yield ""
    for fate in Fate:
        by_rule = ", ".join(f"{rule} {count:,}" for rule, count in told.rules[fate].most_common())
        yield f"newly {fate.value:<10} {told.newly[fate]:>7,}  {by_rule}".rstrip()
        yield from (f"  {one}" for one in (told.ids or {}).get(fate, ()))
    same = told.messages - told.failed - told.newly.total()
    yield f"{'as before':<16} {same:>7,}"
    yield ""
    if told.ruled:
        yield f"Moderators ruled on {told.ruled:,} of them. A policy agrees where it shows others what"
        yield f"they let others read, or keeps what they did not: in force {told.agreed_before:,},"
        yield f"draft {told.agreed_after:,}."
    else:
        yield "Moderators ruled on none of them."


def fate_of(verdict: Verdict) -> Fate:
    """Return what becomes of a text; where somebody may be in danger, no author is asked."""
    if verdict.outcome.asks and cares(verdict.findings):
        return Fate.HELD if verdict.outcome is Outcome.MASK else Fate.PUBLISHED
    if verdict.outcome.asks:
        return Fate.ASKED
    return {Outcome.PUBLISH: Fate.PUBLISHED, Outcome.HOLD: Fate.HELD}.get(verdict.outcome, Fate.REFUSED)


def _is_read(verdict: Verdict) -> bool:
    """Whether others may read it as it was written, without a moderator."""
    return verdict.outcome <= Outcome.NUDGE


def _behind(one: Compared) -> set[str]:
    """Return the rules that make the difference: those of the graver verdict that ask for its outcome."""
    graver = max(one.before, one.after, key=lambda verdict: verdict.outcome)
    return {rule_of(found) for found in graver.findings if found.outcome is graver.outcome}
