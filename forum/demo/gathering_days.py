"""When the demo's gatherings are: days and hours by the clocks of their zone, seen from now."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.demo.gatherings_story import When


def days_of(when: When, now: datetime) -> list[date]:
    """Return the days of a gathering in its zone: from the first on, or the first such weekday after it."""
    first = now.astimezone(ZoneInfo(when.zone)).date() + timedelta(days=when.first)
    if when.weekday is not None:
        first += timedelta(days=(when.weekday - first.weekday()) % 7)
    return [first + timedelta(days=when.every * number) for number in range(when.times)]


def starts_of(when: When, day: date) -> datetime:
    """Return when it begins on a day, by the clocks of its zone, in UTC."""
    local = datetime.combine(day, time.fromisoformat(when.at), ZoneInfo(when.zone))
    return local.astimezone(UTC)


def local_of(when: When, day: date) -> str:
    """Return when it begins on a day, as the clocks of its zone show it."""
    return f"{day.isoformat()}T{when.at}"


def rule_of(when: When) -> str:
    """Return the RFC 5545 rule; empty for one date."""
    if when.times == 1:
        return ""
    return f"FREQ=WEEKLY;INTERVAL={when.every // 7};COUNT={when.times}"
