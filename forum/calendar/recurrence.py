"""Recurrence: an RFC 5545 rule is read, checked and expanded to the dates that the clocks of a zone show."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from forum.calendar.local_times import local_of
from forum.calendar.rule_days import days_of
from forum.errors import Invalid
from forum.language import N_, Words

MOST_DATES = 400
"""More than one a day for a year: all dates are kept as rows, and looked at by a person."""
YEARS = 5
LONGEST_RULE = 300

WEEKDAY = r"(?:[+-]?(?:0?[1-9]|[1-4]\d|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)"
MONTH_DAY = r"[+-]?(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
POSITION = r"[+-]?[1-9]\d{0,2}"
PARTS: Mapping[str, str] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"0*[1-9]\d{0,2}",
    "COUNT": r"0*[1-9]\d{0,5}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "BYDAY": f"{WEEKDAY}(?:,{WEEKDAY})*",
    "BYMONTHDAY": f"{MONTH_DAY}(?:,{MONTH_DAY})*",
    "BYMONTH": f"{MONTH}(?:,{MONTH})*",
    "BYSETPOS": f"{POSITION}(?:,{POSITION})*",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
}
"""What a rule may say: days, never hours, as every date begins at the same time of day."""
UNREAD = N_(
    "This rule could not be read. It looks like FREQ=WEEKLY;BYDAY=TU;COUNT=10 and can use %(parts)s.",
    parts=", ".join(PARTS),
)
ENDLESS = N_("This never ends. Say until which date it goes on, or how many times.")
NEVER = N_("This never happens: no date between the first day and five years later fits.")
TOO_MANY = N_("These are more than %(most)s dates. Choose an earlier end.", most=MOST_DATES)
TOO_LONG = N_("This goes on for more than five years. Choose an earlier end.")


class RuleNotPossible(Invalid):
    """A rule that cannot be read, never ends, never happens, or happens too often; `why` says which."""

    reason = "rule"

    def __init__(self, why: Words) -> None:
        super().__init__({"rule": why})
        self.why = why


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in its parts, each known to be of a form that RFC 5545 (3.3.10) allows; it has an end."""

    parts: Mapping[str, str]

    def __str__(self) -> str:
        """Return it as RFC 5545 writes it, without the property's name."""
        return ";".join(f"{name}={value}" for name, value in self.parts.items())

    @classmethod
    def read(cls, typed: str) -> "Rule":
        """Return the rule that was typed; RuleNotPossible, saying why, for what is none or has no end."""
        plain = "".join(typed.split()).upper().removeprefix("RRULE:").rstrip(";")
        if len(plain) > LONGEST_RULE:
            raise RuleNotPossible(UNREAD)
        parts: dict[str, str] = {}
        for part in plain.split(";"):
            name, _, value = part.partition("=")
            if name in parts or not re.fullmatch(PARTS.get(name, "(?!)"), value, re.ASCII):
                raise RuleNotPossible(UNREAD)
            parts[name] = value
        if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys() or _says_too_much(parts):
            raise RuleNotPossible(UNREAD)
        if not {"COUNT", "UNTIL"} & parts.keys():
            raise RuleNotPossible(ENDLESS)
        return cls(parts)

    def with_count(self, count: int) -> "Rule":
        """Return the rule that ends after so many dates, whatever its end was."""
        kept = {name: value for name, value in self.parts.items() if name not in ("COUNT", "UNTIL")}
        return Rule({**kept, "COUNT": str(count)})


def until_of(rule: Rule, zone: ZoneInfo) -> datetime | None:
    """Return the last local time that a rule's UNTIL lets in; a date means all of that day.

    Written in UTC, as RFC 5545 wants it beside a zone, it is read by the clocks of that zone.
    """
    told = rule.parts.get("UNTIL", "")
    if not told:
        return None
    try:
        day = datetime.strptime(told[:8], "%Y%m%d").replace(tzinfo=UTC)
        if len(told) == len("20261231"):
            return datetime.combine(day, time(23, 59, 59))
        moment = datetime.strptime(told.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return local_of(moment, zone) if told.endswith("Z") else moment.replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise RuleNotPossible(UNREAD) from None


def _says_too_much(parts: Mapping[str, str]) -> bool:
    """Whether it numbers weekdays, or names days of a month, of what is shorter than a month."""
    short = parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", ""))
    return bool(short) or (parts["FREQ"] == "WEEKLY" and "BYMONTHDAY" in parts)


def expanded(rule: Rule, start: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the rule's dates from a local start on, in order, as the clocks of the zone show them.

    RuleNotPossible where there is none, more than 400, or one more than five years after the start. However
    rare the dates of a rule are, nothing is looked for beyond these years.
    """
    count, until = int(rule.parts.get("COUNT", MOST_DATES + 1)), until_of(rule, zone)
    horizon = start + relativedelta(years=YEARS)
    last = min(until or horizon, horizon)
    days = days_of(rule.parts, start.date(), last.date())
    dates = (datetime.combine(day, start.time()) for day in days)
    found = tuple(islice((date for date in dates if date <= last), min(count, MOST_DATES + 1)))
    if not found:
        raise RuleNotPossible(NEVER)
    if len(found) > MOST_DATES or ("COUNT" in rule.parts and count > MOST_DATES):
        raise RuleNotPossible(TOO_MANY)
    beyond = until is not None and until > horizon + timedelta(days=1)
    if beyond or ("COUNT" in rule.parts and len(found) < count):
        raise RuleNotPossible(TOO_LONG)
    return found
