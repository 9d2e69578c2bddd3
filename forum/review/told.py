"""What an author is told of a decision, from what is known: why, who found it, who decided, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.language import Words
from forum.messages.explanations import explain, guideline_words
from forum.messages.restoring import waits
from forum.messages.tables import Message, State
from forum.review import reason_words as said
from forum.review.decided import MACHINE, Decided, is_against, refused_by_machine
from forum.review.tables import Appeal, Ruling
from moderation.verdict import Finding


@dataclass(frozen=True, slots=True)
class Imposed:
    """A measure beside a decision: what it means, and until when, None where it has no end of its own."""

    words: Words
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Appealed:
    """Where an appeal stands: open (one can), late, pending, upheld or declined."""

    state: str
    words: Words
    until: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a message, and of what was decided about it."""

    message: Message
    rulings: Sequence[Ruling]
    findings: tuple[Finding, ...]
    decided: Decided | None
    appeal: Appeal | None

    @property
    def outcome(self) -> str:
        """What the author is told became of it."""
        if self.message.state == State.WITHDRAWN:
            return "withdrawn"
        if waits(self.message):
            return "edit" if self.message.revises_id else "held"
        if self.decided is not None:
            return self.decided.ruling.outcome if self.decided.ruling else "machine"
        return next((one.outcome for one in self.rulings if one.undone_at is None), "published")


def is_told(known: Known) -> bool:
    """Whether there is anything to tell: nobody learns here that a report came to nothing."""
    stands = known.decided is not None or known.appeal is not None or waits(known.message)
    return stands or refused_by_machine(known.message) or any(map(was_told, known.rulings))


def was_told(ruling: Ruling) -> bool:
    """Whether its author heard of a ruling."""
    return ruling.outcome not in said.SILENT or bool(ruling.measure)


def why(known: Known) -> tuple[Words, ...]:
    """The guideline of the ruling, or what was found."""
    ruling = _ruling(known)
    if ruling is not None and ruling.reason:
        return (guideline_words(ruling.reason),)
    if known.outcome in ("held", "edit", "machine"):
        return explain(known.findings)
    return ()


def _ruling(known: Known) -> Ruling | None:
    """The ruling that stands, against the author or not."""
    if waits(known.message):
        return None
    against = known.decided.ruling if known.decided else None
    return against or next((one for one in known.rulings if one.undone_at is None and was_told(one)), None)


def found(known: Known) -> Words | None:
    """Whether a person or a machine found it."""
    ruling = _ruling(known)
    found_by = ruling.found_by if ruling else MACHINE
    if ruling is None and not known.findings:
        return None
    return said.FOUND_BY.get(found_by)


def who_decided(known: Known) -> Words | None:
    """Whether a person or a machine decided, or nobody yet."""
    if waits(known.message):
        return said.NOBODY_YET
    if _ruling(known) is not None:
        return said.BY_PERSON
    return said.BY_MACHINE if known.decided is not None else None


def means(known: Known) -> tuple[Words, ...]:
    """What follows for the words."""
    usual = said.MEANS.get(known.outcome, ())
    gone = not known.message.text and known.message.state != State.WITHDRAWN
    return (*usual, said.WORDS_GONE) if gone else usual


def imposed(known: Known) -> tuple[Imposed, ...]:
    """What follows for the member, and stands."""
    return tuple(
        Imposed(said.MEASURES[one.measure], None if one.measure == "suspend" else one.until)
        for one in known.rulings
        if is_against(one) and one.measure in said.MEASURES
    )


def appealed(known: Known, now: datetime) -> Appealed | None:
    """Where the appeal stands, or whether one can; None where there is nothing to appeal against."""
    if known.appeal is not None and (known.decided is None or _is_about(known.appeal, known.decided)):
        return told_of(known.appeal)
    if known.decided is None:
        return None
    state = "open" if now <= known.decided.until else "late"
    return Appealed(state, said.APPEALS[state], until=known.decided.until)


def _is_about(appeal: Appeal, decided: Decided) -> bool:
    return appeal.ruling_id == decided.ruling_id


def told_of(appeal: Appeal) -> Appealed:
    """Return where an appeal that was made stands."""
    state = appeal.outcome or "pending"
    return Appealed(state, said.APPEALS[state], at=appeal.decided_at or appeal.made_at)
