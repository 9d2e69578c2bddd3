"""How the days and hours of a date are said: in a time zone, in the community's language."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time


def said_day(day: date, locale: Locale) -> str:
    """Return a day with its weekday and year."""
    return _day(day, locale)


def said_clock(moment: datetime, zone: str, locale: Locale) -> str:
    """Return what a clock in the zone shows then, to the minute."""
    local = moment.astimezone(ZoneInfo(zone))
    return _clock(local.hour, local.minute, locale)


def said_hours(starts_at: datetime, ends_at: datetime, zone: str, locale: Locale) -> str:
    """Return from when to when, where the day of the start is said; if it ends on another one, that too."""
    where = ZoneInfo(zone)
    first, last = starts_at.astimezone(where), ends_at.astimezone(where)
    start, end = _clock(first.hour, first.minute, locale), _clock(last.hour, last.minute, locale)
    if first.date() == last.date():
        return f"{start} – {end}"
    return f"{start} – {_day(last.date(), locale)}, {end}"


def said_moment(moment: datetime, zone: str, locale: Locale) -> str:
    """Return a day and an hour."""
    day = _day(moment.astimezone(ZoneInfo(zone)).date(), locale)
    return f"{day}, {said_clock(moment, zone, locale)}"


def named_moment(moment: datetime, zone: str, locale: Locale) -> str:
    """Return a day and an hour with the zone they are told in: "…, 6:00 PM (Europe/Berlin)"."""
    return f"{said_moment(moment, zone, locale)} ({zone.replace('_', ' ')})"


def said_span(starts_at: datetime, ends_at: datetime, zone: str, locale: Locale) -> str:
    """Return the day and from when to when."""
    day = _day(starts_at.astimezone(ZoneInfo(zone)).date(), locale)
    return f"{day}, {said_hours(starts_at, ends_at, zone, locale)}"


def said_month(day: date, locale: Locale) -> str:
    """Return the month with its year, as a heading says it."""
    return format_date(day, "LLLL yyyy", locale=locale)


def weekdays(locale: Locale) -> tuple[str, ...]:
    """Return the names of the days of the week, from the day it begins with there."""
    names = locale.days["stand-alone"]["wide"]
    return tuple(names[(locale.first_week_day + number) % 7] for number in range(7))


@lru_cache(maxsize=24 * 60)
def _clock(hour: int, minute: int, locale: Locale) -> str:
    """A calendar says the same few times again and again, and Babel takes its time over each."""
    return format_time(time(hour, minute), "short", locale=locale)


@lru_cache(maxsize=2 * 366)
def _day(day: date, locale: Locale) -> str:
    return format_date(day, "full", locale=locale)
