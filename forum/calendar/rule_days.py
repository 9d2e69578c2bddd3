"""The days of a recurrence rule (RFC 5545, 3.3.10), period by period, and never past a last day.

Libraries look for the next date of a rule up to the year 9999: of `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31`
dateutil knows after eleven seconds that there is none. Here the last day is known first. The tests hold both
to the same dates.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = 7
DAY = timedelta(days=1)

Parts = Mapping[str, str]


def days_of(parts: Parts, start: date, last: date) -> Iterator[date]:
    """Yield the days of a rule in order, from `start` up to `last`; its COUNT and UNTIL are not looked at."""
    told = {**_implied(parts, start), **parts}
    for period in _periods(told, start, last):
        fitting = [day for day in period if _fits(told, day)]
        for day in _chosen(told, fitting):
            if start <= day <= last:
                yield day


def _implied(parts: Parts, start: date) -> Parts:
    """Return what the first day says where the rule does not (RFC 5545, at the end of 3.3.10)."""
    if {"BYDAY", "BYMONTHDAY"} & parts.keys():
        return {}
    match parts["FREQ"]:
        case "WEEKLY":
            return {"BYDAY": WEEKDAYS[start.weekday()]}
        case "MONTHLY":
            return {"BYMONTHDAY": str(start.day)}
        case "YEARLY":
            return {"BYMONTHDAY": str(start.day), "BYMONTH": str(start.month)}
    return {}


def _periods(parts: Parts, start: date, last: date) -> Iterator[Sequence[date]]:
    """Yield the days of each day, week, month or year that the rule's interval touches."""
    step, number = int(parts.get("INTERVAL", "1")), 0
    while (first := _first_day(parts, start, number * step)) <= last:
        after = _first_day(parts, start, number * step + 1)
        yield [first + DAY * ahead for ahead in range((after - first).days)]
        number += 1


def _first_day(parts: Parts, start: date, later: int) -> date:
    """Return the first day of the period that is so many periods later than the start's."""
    match parts["FREQ"]:
        case "DAILY":
            return start + DAY * later
        case "WEEKLY":
            since = (start.weekday() - WEEKDAYS.index(parts.get("WKST", "MO"))) % WEEK
            return start + DAY * (WEEK * later - since)
        case "MONTHLY":
            years, month = divmod(start.month - 1 + later, 12)
            return date(start.year + years, month + 1, 1)
    return date(start.year + later, 1, 1)


def _fits(parts: Parts, day: date) -> bool:
    if "BYMONTH" in parts and day.month not in _numbers(parts["BYMONTH"]):
        return False
    if "BYMONTHDAY" in parts:
        length = monthrange(day.year, day.month)[1]
        if not {day.day, day.day - length - 1} & _numbers(parts["BYMONTHDAY"]):
            return False
    return "BYDAY" not in parts or any(_is_weekday(parts, told, day) for told in parts["BYDAY"].split(","))


def _is_weekday(parts: Parts, told: str, day: date) -> bool:
    """Whether it is such a weekday; a numbered one counts in its month, or in a year without months."""
    if WEEKDAYS[day.weekday()] != told[-2:]:
        return False
    number = told[:-2]
    if not number:
        return True
    if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
        before, after = day - date(day.year, 1, 1), date(day.year, 12, 31) - day
    else:
        length = monthrange(day.year, day.month)[1]
        before, after = day - day.replace(day=1), day.replace(day=length) - day
    return int(number) in (before.days // WEEK + 1, -(after.days // WEEK) - 1)


def _chosen(parts: Parts, fitting: Sequence[date]) -> Sequence[date]:
    if "BYSETPOS" not in parts:
        return fitting
    wanted = _numbers(parts["BYSETPOS"])
    return [day for place, day in enumerate(fitting) if {place + 1, place - len(fitting)} & wanted]


def _numbers(told: str) -> set[int]:
    return set(map(int, told.split(",")))
