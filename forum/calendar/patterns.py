"""Patterns: the few ways of repeating that a form offers, as RFC 5545 rules, and back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from forum.calendar.recurrence import ENDLESS, Rule, until_of
from forum.calendar.rule_days import WEEKDAYS
from forum.errors import Invalid
from forum.language import N_, Words

MOST_EVERY = 99
LONGEST_MONTH = 31
TO_THE_END = time(23, 59, 59)


class Repeats(StrEnum):
    """How often; the words of an own rule are for those who know them."""

    ONCE = ""
    DAYS = "days"
    WEEKS = "weeks"
    MONTH_DAY = "month-day"
    MONTH_WEEKDAY = "month-weekday"
    OWN = "own"

    @property
    def words(self) -> Words:
        """What a manager chooses from."""
        return REPEATS[self]


REPEATS = {
    Repeats.ONCE: N_("Once"),
    Repeats.DAYS: N_("Every so many days"),
    Repeats.WEEKS: N_("Every so many weeks, on weekdays"),
    Repeats.MONTH_DAY: N_("Every so many months, on a day of the month"),
    Repeats.MONTH_WEEKDAY: N_("Every so many months, such as on the second Tuesday"),
    Repeats.OWN: N_("By a rule of your own (RRULE)"),
}
NTH: Mapping[str, Words] = {
    "1": N_("first"),
    "2": N_("second"),
    "3": N_("third"),
    "4": N_("fourth"),
    "-1": N_("last"),
}
FREQUENCY = {
    Repeats.DAYS: "DAILY",
    Repeats.WEEKS: "WEEKLY",
    Repeats.MONTH_DAY: "MONTHLY",
    Repeats.MONTH_WEEKDAY: "MONTHLY",
}

Form = Mapping[str, str]


def rule_in(form: Form, zone: ZoneInfo) -> Rule | None:
    """Return the rule that a form describes, None for one date; Invalid names every field to mend."""
    try:
        repeats = Repeats(form.get("repeats", ""))
    except ValueError:
        raise Invalid({"repeats": N_("Choose how often.")}) from None
    if repeats is Repeats.ONCE:
        return None
    if repeats is Repeats.OWN:
        return Rule.read(form.get("rule", ""))
    errors: dict[str, Words] = {}
    parts = {"FREQ": FREQUENCY[repeats], **_every(form, errors)}
    parts |= _on(repeats, form, errors) | _end(form, zone, errors)
    if errors:
        raise Invalid(errors)
    return Rule(parts)


def _every(form: Form, errors: dict[str, Words]) -> dict[str, str]:
    every = _number(form.get("every") or "1")
    if not 1 <= every <= MOST_EVERY:
        errors["every"] = N_("Choose a number from 1 to %(most)s.", most=MOST_EVERY)
    return {"INTERVAL": str(every)} if every > 1 else {}


def _on(repeats: Repeats, form: Form, errors: dict[str, Words]) -> dict[str, str]:
    match repeats:
        case Repeats.WEEKS:
            days = [day for day in WEEKDAYS if form.get(f"on_{day}")]
            if not days:
                errors["weekdays"] = N_("Choose at least one weekday.")
            return {"BYDAY": ",".join(days)}
        case Repeats.MONTH_DAY:
            day = _number(form.get("month_day", ""))
            if not 1 <= day <= LONGEST_MONTH:
                errors["month_day"] = N_("Choose a day from 1 to 31.")
            return {"BYMONTHDAY": str(day)}
        case Repeats.MONTH_WEEKDAY:
            nth, weekday = form.get("nth", ""), form.get("nth_weekday", "")
            if nth not in NTH or weekday not in WEEKDAYS:
                errors["nth"] = N_("Choose which weekday of the month.")
            return {"BYDAY": nth + weekday}
    return {}


def _end(form: Form, zone: ZoneInfo, errors: dict[str, Words]) -> dict[str, str]:
    match form.get("ends", ""):
        case "count":
            count = _number(form.get("count", ""))
            if count < 1:
                errors["count"] = N_("Say how many times, as a number.")
            return {"COUNT": str(count)}
        case "until":
            try:
                day = date.fromisoformat(form.get("until", ""))
                local = datetime.combine(day, TO_THE_END, zone)
                return {"UNTIL": f"{local.astimezone(UTC):%Y%m%dT%H%M%SZ}".zfill(len("20261231T000000Z"))}
            except (ValueError, OverflowError):
                errors["until"] = N_("Say until which date, such as 2027-06-30.")
        case _:
            errors["ends"] = ENDLESS
    return {}


def _number(typed: str) -> int:
    """Return a whole number of at most six digits, or -1."""
    plain = typed.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= len("999999") else -1


def form_of(told: str, zone: ZoneInfo) -> dict[str, str]:
    """Return the fields of the form that a kept rule would be described with."""
    if not told:
        return {"repeats": Repeats.ONCE.value}
    rule = Rule.read(told)
    on = _fields_of_days(rule.parts)
    if on is None:
        return {"repeats": Repeats.OWN.value, "rule": told}
    return {**on, "every": rule.parts.get("INTERVAL", "1"), **_fields_of_end(rule, zone)}


def _fields_of_days(parts: Mapping[str, str]) -> dict[str, str] | None:
    """Return the fields of what the form can say, or None for what it cannot."""
    match {name: value for name, value in parts.items() if name not in ("INTERVAL", "COUNT", "UNTIL")}:
        case {"FREQ": "DAILY", **rest} if not rest:
            return {"repeats": Repeats.DAYS.value}
        case {"FREQ": "WEEKLY", "BYDAY": days, **rest} if not rest:
            return {"repeats": Repeats.WEEKS.value, **{f"on_{day}": "on" for day in days.split(",")}}
        case {"FREQ": "MONTHLY", "BYMONTHDAY": day, **rest} if not rest and _number(day) > 0:
            return {"repeats": Repeats.MONTH_DAY.value, "month_day": day}
        case {"FREQ": "MONTHLY", "BYDAY": day, **rest} if not rest and day[:-2] in NTH:
            return {"repeats": Repeats.MONTH_WEEKDAY.value, "nth": day[:-2], "nth_weekday": day[-2:]}
    return None


def _fields_of_end(rule: Rule, zone: ZoneInfo) -> dict[str, str]:
    until = until_of(rule, zone)
    if until is None:
        return {"ends": "count", "count": rule.parts["COUNT"]}
    return {"ends": "until", "until": until.date().isoformat()}
