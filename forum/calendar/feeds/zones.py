"""Describes a zone of the IANA database as calendar files do (VTIMEZONE, RFC 5545, 3.6.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@lru_cache(maxsize=64)
def described(zone: str, first: int, last: int) -> Timezone:
    """Return what the zone's clocks do from the first year to before the last.

    Each change is told by the clocks before it. icalendar 7 tells it by those after it, which makes every
    spring come an hour late.
    """
    clocks, start, end = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", zone)
    made.add_component(_observed(start.astimezone(clocks), start.astimezone(clocks)))
    for moment in _changes(clocks, start, end):
        made.add_component(_observed((moment - MINUTE).astimezone(clocks), moment.astimezone(clocks)))
    return made


def _changes(clocks: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the first minute of each new offset."""
    before = start
    while before < end:
        after = before + DAY
        if _offset(clocks, before) != _offset(clocks, after):
            yield _first_minute(clocks, before, after)
        before = after


def _first_minute(clocks: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(clocks, middle) == _offset(clocks, before):
            before = middle
        else:
            after = middle
    return after


def _offset(clocks: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(clocks).utcoffset()


def _observed(before: datetime, since: datetime) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if since.dst() else TimezoneStandard()
    was, now = before.utcoffset() or timedelta(), since.utcoffset() or timedelta()
    made.add("dtstart", (since.astimezone(UTC) + was).replace(tzinfo=None))
    made.add("tzoffsetfrom", was)
    made.add("tzoffsetto", now)
    made.add("tzname", since.tzname())
    return made
