"""When the demo's gatherings are: days and hours by the clocks of their zone, seen from now."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.demo.gatherings_story import When

ROUND = timedelta(minutes=5)


def starts_in(when: When, now: datetime) -> list[datetime]:
    """Return when its dates begin, in UTC, the first first."""
    if when.in_minutes is not None:
        return [_rounded(now + timedelta(minutes=when.in_minutes))]
    return [_start(when, day) for day in days_of(when, now)]


def days_of(when: When, now: datetime) -> list[date]:
    """Return the days of a gathering in its zone: from the first on, or the first such weekday after it."""
    first = now.astimezone(ZoneInfo(when.zone)).date() + timedelta(days=when.first)
    if when.weekday is not None:
        first += timedelta(days=(when.weekday - first.weekday()) % 7)
    return [first + timedelta(days=when.every * number) for number in range(when.times)]


def _start(when: When, day: date) -> datetime:
    local = datetime.combine(day, time.fromisoformat(when.at), ZoneInfo(when.zone))
    return local.astimezone(UTC)


def _rounded(moment: datetime) -> datetime:
    """Return the next moment whose minutes a clock's face names, this one if it is such."""
    since = (moment - moment.replace(minute=0, second=0, microsecond=0)) % ROUND
    return moment + (ROUND - since) % ROUND
