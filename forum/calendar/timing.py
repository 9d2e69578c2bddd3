"""Timing: when a gathering is, as a form says it, with every mistake named at its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forum.calendar.dates import Planned, When, dates_of
from forum.calendar.local_times import (
    Shown,
    UnknownZone,
    local_of,
    offset_words,
    read_local,
    reading_of,
    written,
    zone_of_name,
)
from forum.calendar.patterns import rule_in
from forum.calendar.recurrence import MOST_DATES, NEVER, YEARS, Rule
from forum.errors import Invalid
from forum.language import N_, Words

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 24 * 60
LONGEST_OUTING_MINUTES = 7 * LONGEST_MINUTES
YEAR = timedelta(days=366)
STRIKE = "strike_"
"""With a date after it: the name of a tick that leaves this date out."""
BETWEEN = re.compile(r"[\s,;]+")

Form = Mapping[str, str]
Errors = dict[str, Words]


@dataclass(frozen=True, slots=True)
class Timing:
    """When: a zone, how long, by which rule, and the dates that come of it, without those left out.

    `starts` is None, and there are no dates, while a draft has no day yet.
    """

    zone: ZoneInfo
    minutes: int
    starts: datetime | None
    fold: int
    rule: Rule | None
    struck: frozenset[date]
    dates: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the two moments that a local time can stand for: the time to type, its fold, and its offset."""

    local: str
    fold: int
    offset: str
    shown: Shown
    moment: datetime


def timing_in(form: Form, now: datetime, most_minutes: int, *, draft: bool) -> Timing:
    """Return when the form says; Invalid names all that is wrong. A draft may be without a day."""
    errors: Errors = {}
    zone = _zone(form, errors)
    minutes = _minutes(form, most_minutes, errors)
    starts, fold = _starts(form, zone, now, errors, draft=draft)
    rule = _rule(form, zone, errors)
    struck = _struck(form, errors)
    if errors:
        raise Invalid(errors)
    dates: tuple[Planned, ...] = ()
    if starts is not None:
        every = dates_of(When(starts, zone, minutes, rule, fold))
        dates = tuple(one for one in every if one.recurs.date() not in struck)
        _check_dates(dates, starts, zone, form)
    return Timing(zone, minutes, starts, fold, rule, struck, dates)


def _zone(form: Form, errors: Errors) -> ZoneInfo:
    try:
        return zone_of_name(form.get("zone", ""))
    except UnknownZone:
        errors["zone"] = N_("There is no such time zone. Choose one from the list.")
        return ZoneInfo("UTC")


def _minutes(form: Form, most: int, errors: Errors) -> int:
    typed = form.get("minutes", "").strip()
    minutes = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len("10080") else 0
    if typed.startswith("-") or typed == "0":
        errors["minutes"] = N_("It ends before it begins. Say how many minutes it lasts.")
    elif not SHORTEST_MINUTES <= minutes <= most:
        errors["minutes"] = N_(
            "Say how many minutes it lasts, from %(least)s to %(most)s.", least=SHORTEST_MINUTES, most=most
        )
    return minutes


def typed_start(form: Form) -> datetime | None:
    """Return the local start that a form says, if it is one; `at` is one that was offered and chosen."""
    return read_local(form.get("at") or f"{form.get('date', '')}T{form.get('time', '')[:5]}")


def _starts(
    form: Form, zone: ZoneInfo, now: datetime, errors: Errors, *, draft: bool
) -> tuple[datetime | None, int]:
    if draft and not form.get("date") and not form.get("at"):
        return None, 0
    starts = typed_start(form)
    today = local_of(now, zone)
    if starts is None:
        errors["date"] = N_("Say on which day and at what time it begins, such as 2027-03-14 and 19:00.")
    elif not abs(starts - today) <= YEARS * YEAR:
        errors["date"] = N_("Choose a day within five years from now.")
        starts = None
    return starts, 1 if form.get("fold") == "1" else 0


def _rule(form: Form, zone: ZoneInfo, errors: Errors) -> Rule | None:
    try:
        return rule_in(form, zone)
    except Invalid as invalid:
        errors.update(invalid.fields)
        return None


def _struck(form: Form, errors: Errors) -> frozenset[date]:
    typed = [one for one in BETWEEN.split(form.get("except", "")) if one]
    typed += [name.removeprefix(STRIKE) for name in form if name.startswith(STRIKE)]
    try:
        if len(typed) > MOST_DATES * 2:
            raise ValueError
        return frozenset(map(date.fromisoformat, typed))
    except ValueError:
        errors["except"] = N_("Write each date to leave out as 2026-12-24, one a line.")
        return frozenset()


def _check_dates(dates: tuple[Planned, ...], starts: datetime, zone: ZoneInfo, form: Form) -> None:
    """The first day must be one that the clocks show once, or it must be said which hour is meant."""
    if not dates:
        raise Invalid({"except": NEVER})
    shown = reading_of(starts, zone).shown if dates[0].recurs == starts else Shown.ONCE
    if shown is Shown.NEVER:
        raise Invalid({"time": skipped(zone)})
    if shown is Shown.TWICE and form.get("fold") not in ("0", "1"):
        raise Invalid({"fold": doubled(zone)})


def skipped(zone: ZoneInfo) -> Words:
    """Return what is said of a time that the clocks skip."""
    return N_(
        "In %(zone)s the clocks go forward then, and this time is not there. Choose one of the two below.",
        zone=zone.key,
    )


def doubled(zone: ZoneInfo) -> Words:
    """Return what is said of a time that the clocks show twice."""
    return N_(
        "In %(zone)s the clocks go back then, and show this time twice. Choose which one you mean.",
        zone=zone.key,
    )


def offers(form: Form) -> tuple[Offer, ...]:
    """Return the two moments that a form's start can stand for, the earlier first; none where it is plain."""
    starts = typed_start(form)
    if starts is None:
        return ()
    try:
        zone = zone_of_name(form.get("zone", ""))
        reading = reading_of(starts, zone)
    except (UnknownZone, OverflowError):
        return ()
    if reading.shown is Shown.ONCE:
        return ()
    found = [
        Offer(written(local_of(moment, zone)), fold, offset_words(moment, zone), reading.shown, moment)
        for fold, moment in enumerate(reading.moments)
    ]
    return tuple(sorted(found, key=lambda one: one.moment))
