"""Terms: what a gathering is, for whom, and how many can come, as a form says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from forum.calendar.kinds import Format, ForWhom, Kind, Pathway, Transcript
from forum.errors import Invalid
from forum.language import N_, Words

MOST_SEATS = 100_000
LONGEST_CLOSING = 30 * 24 * 60
LONGEST_TURN = 60

Form = Mapping[str, str]
Errors = dict[str, Words]
One = TypeVar("One", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a form says beside words and dates; `capacity` is None for as many as like."""

    kind: Kind
    pathway: Pathway
    format: Format
    for_whom: ForWhom
    transcript: Transcript
    is_public: bool
    capacity: int | None
    closes_minutes: int
    turn_minutes: int
    takes_questions: bool
    votes_on_questions: bool

    @property
    def in_person(self) -> bool:
        """Whether there is a place to go to."""
        return self.format is not Format.ONLINE


def terms_in(form: Form) -> Terms:
    """Return what the form says; Invalid names every field that needs another look."""
    errors: Errors = {}
    terms = Terms(
        kind=_one(Kind, "kind", form, errors),
        pathway=_one(Pathway, "pathway", form, errors),
        format=_one(Format, "format", form, errors),
        for_whom=_one(ForWhom, "for_whom", form, errors),
        transcript=_one(Transcript, "transcript", form, errors),
        is_public="is_public" in form,
        capacity=_number("capacity", (1, MOST_SEATS), form, errors)
        if form.get("capacity", "").strip()
        else None,
        closes_minutes=_number("closes", (0, LONGEST_CLOSING), form, errors),
        turn_minutes=_number("turn_minutes", (1, LONGEST_TURN), form, errors),
        takes_questions="takes_questions" in form,
        votes_on_questions="votes_on_questions" in form,
    )
    if terms.kind is Kind.OUTING and not terms.in_person and "format" not in errors:
        errors["format"] = N_("An outing or a shared meal needs a place. Choose in person, or both.")
    if errors:
        raise Invalid(errors)
    return terms


def _one(kind: type[One], name: str, form: Form, errors: Errors) -> One:
    try:
        return kind(form.get(name, ""))
    except ValueError:
        errors[name] = N_("Choose one from the list.")
        return next(iter(kind))


def _number(name: str, bounds: tuple[int, int], form: Form, errors: Errors) -> int:
    least, most = bounds
    typed = form.get(name, "").strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len("100000") else -1
    if not least <= number <= most:
        errors[name] = N_("Use a number from %(least)s to %(most)s.", least=least, most=most)
    return number
