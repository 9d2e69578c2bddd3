"""Planning: a form becomes a plan, or every mistake in it is named at once, in plain words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from forum.calendar.counted_lines import Counted, NotCounted, counted
from forum.calendar.hosting import Named, hosts_in
from forum.calendar.kinds import Format, Kind
from forum.calendar.terms import Terms, terms_in
from forum.calendar.timing import LONGEST_MINUTES, LONGEST_OUTING_MINUTES, Timing, timing_in
from forum.errors import ForumError, Invalid
from forum.language import N_, Words
from forum.naming import screen_name
from forum.services import Services
from moderation.draft import Kind as Said
from moderation.markup import tidy

SCREENED: Mapping[str, Said] = {"partner": Said.NAME, "area": Said.NAME, "venue": Said.VENUE}
"""What is shown as it was typed, and how the pipeline is told to read it."""
LINES: Mapping[str, int | None] = {"agenda": None, "slots": 1}
"""The lists of the form; a line without a number is not read, or counts one."""
TITLE = N_("Give it a title, so that others can tell what it is about.")
TEXT = N_("Say in a few words what people can expect.")

Form = Mapping[str, str]
Errors = dict[str, Words]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown as it was typed, once the pipeline has passed it."""

    partner: str
    area: str
    venue: str
    agenda: tuple[Counted, ...]
    slots: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A gathering as it is to be: all of it is possible, but for what only the moment of saving can tell."""

    terms: Terms
    timing: Timing
    shown: Shown
    hosts: Named
    draft: bool = False


async def planned(services: Services, form: Form, *, draft: bool) -> Plan:
    """Return the plan of a form; Invalid names every field that needs another look.

    A draft may lack a day, a host, a place: not what is there may be wrong.
    """
    errors: Errors = {}
    terms: Terms | None = None
    timing: Timing | None = None
    hosts: Named = {}
    with _noting(errors):
        terms = terms_in(form)
    with _noting(errors):
        timing = timing_in(form, services.clock(), _longest(form), draft=draft)
    with _noting(errors):
        async with services.database.reading() as session:
            hosts = await hosts_in(session, form, draft=draft)
    shown = await _shown(services, form, errors)
    _check_complete(form, errors, draft=draft)
    if terms is None or timing is None or errors:
        raise Invalid(errors)
    _check_agenda(shown, timing)
    return Plan(terms, timing, shown, hosts, draft)


@contextmanager
def _noting(errors: Errors) -> Iterator[None]:
    try:
        yield
    except Invalid as invalid:
        errors.update(invalid.fields)


def _longest(form: Form) -> int:
    return LONGEST_OUTING_MINUTES if form.get("kind") == Kind.OUTING else LONGEST_MINUTES


async def _shown(services: Services, form: Form, errors: Errors) -> Shown:
    names = {name: await _screened(services, name, form.get(name, ""), errors) for name in SCREENED}
    lines = {name: await _lines(services, name, form, errors) for name in LINES}
    return Shown(names["partner"], names["area"], names["venue"], lines["agenda"], lines["slots"])


async def _screened(services: Services, name: str, typed: str, errors: Errors) -> str:
    if not typed.strip():
        return ""
    try:
        return await screen_name(services, typed, SCREENED.get(name, Said.LINE))
    except ForumError as error:
        errors[name] = error.words
        return ""


async def _lines(services: Services, name: str, form: Form, errors: Errors) -> tuple[Counted, ...]:
    """Return a list whose words have passed the pipeline, all of them at once."""
    try:
        found = counted(form.get(name, ""), LINES[name])
    except NotCounted as error:
        errors[name] = N_(
            "Line %(line)s could not be read. Write a number, a space, and what it is, in 100 characters.",
            line=error.line,
        )
        return ()
    await _screened(services, name, "\n".join(one.words for one in found), errors)
    return found


def _check_complete(form: Form, errors: Errors, *, draft: bool) -> None:
    if not tidy(form.get("title", "")):
        errors["title"] = TITLE
    if not tidy(form.get("text", "")):
        errors["text"] = TEXT
    if draft:
        return
    if form.get("format") in (Format.PLACE, Format.BOTH) and not form.get("area", "").strip():
        errors.setdefault(
            "area", N_("Say roughly where: those who think of coming want to know how far it is.")
        )
    if form.get("kind") == Kind.JOINT and not form.get("partner", "").strip():
        errors.setdefault("partner", N_("Name the organisation that it is held with."))


def _check_agenda(shown: Shown, timing: Timing) -> None:
    planned_minutes = sum(one.number for one in shown.agenda)
    if planned_minutes > timing.minutes:
        raise Invalid(
            {
                "agenda": N_(
                    "The agenda takes %(planned)s minutes, and the gathering %(minutes)s.",
                    planned=planned_minutes,
                    minutes=timing.minutes,
                )
            }
        )
