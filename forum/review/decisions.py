"""A decision as a moderator sends it, and what it needs before anything is looked at."""

from dataclasses import dataclass, field
from uuid import UUID

from forum.errors import Invalid
from forum.guidelines import BY_SLUG
from forum.language import N_, Words
from forum.notes.notes import note_of
from forum.review.outcomes import Action, Measure

LONGEST_HOURS = 720
"""Thirty days: our own choice. Whatever needs longer is a suspension, which somebody lifts."""

REASONED = frozenset({Action.REFUSE, Action.ASK_CHANGE, Action.TAKE_DOWN, Action.RENAME})
"""What is decided against somebody names a guideline."""
WITHOUT_MEASURE = frozenset({Action.SEEN, Action.ESCALATE, Action.UPHOLD, Action.DECLINE})
LETTERED = frozenset({Action.ASK_CHANGE, Action.RENAME})
"""What cannot be understood without a word to the member."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator chose, on the `version` of the item that they saw.

    `reason` is a guideline's slug; `note`, on release, the claim class whose source note goes under the
    message; `hours` belong to a pause, or to a removal that ends by itself; `letter` are the team's words to
    the member, which `wording` (the key of the text they began from) says nothing more about.
    """

    item_id: UUID
    moderator_id: UUID
    version: int
    action: str
    reason: str = ""
    note: str = ""
    measure: str = ""
    hours: int | None = None
    letter: str = field(default="", repr=False)
    wording: str = ""


def check(decision: Decision) -> None:
    """Raise Invalid, with every field that needs another look."""
    wrong = dict(filter(None, (_action(decision), _reason(decision), _note(decision))))
    wrong |= dict(filter(None, (_measure(decision), _hours(decision), _letter(decision))))
    if wrong:
        raise Invalid(wrong)


Wrong = tuple[str, Words] | None


def _action(decision: Decision) -> Wrong:
    if decision.action not in set(Action):
        return "action", N_("Choose what is to be done.")
    if decision.action in (Action.UPHOLD, Action.DECLINE):
        return "action", N_("An appeal is answered in words, on its own page.")
    return None


def _reason(decision: Decision) -> Wrong:
    needed = decision.action in REASONED or decision.measure
    if (needed or decision.reason) and decision.reason not in BY_SLUG:
        return "reason", N_("Choose the guideline that it is about: the author reads it.")
    return None


def _note(decision: Decision) -> Wrong:
    if decision.note and note_of(decision.note) is None:
        return "note", N_("Choose a note from the list, or none.")
    return None


def _measure(decision: Decision) -> Wrong:
    if decision.measure not in set(Measure):
        return "measure", N_("Choose from the list, or leave it at nothing more.")
    if decision.measure and decision.action in WITHOUT_MEASURE:
        return "measure", N_("This goes with a decision about the words, not with this one.")
    return None


def _hours(decision: Decision) -> Wrong:
    hours, measure = decision.hours, decision.measure
    if hours is None and measure != Measure.PAUSE:
        return None
    if hours is None or not 1 <= hours <= LONGEST_HOURS:
        return "hours", N_("Choose how many hours, from 1 to 720.")
    if measure not in (Measure.PAUSE, Measure.REMOVAL):
        return "hours", N_("Hours belong to a pause, or to being away from a room.")
    return None


def _letter(decision: Decision) -> Wrong:
    if decision.letter.strip():
        return None
    if decision.measure == Measure.WARN:
        return "letter", N_("Write what the warning is about: without words nobody can learn from it.")
    if decision.action in LETTERED:
        return "letter", N_("Write what needs another look: the member reads it.")
    return None
