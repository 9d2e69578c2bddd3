"""The week's roster: who means to be at the desk in each hour, and which hours nobody does.

Hours recur weekly by the clock of whoever signed up, and are read by the clock of whoever looks. So the week
is laid out in quarters of an hour of universal time: every zone's clock differs from it by a multiple of them
(IANA Time Zone Database, zones of today), and a clock that changes needs no case of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

DAYS, HOURS = range(7), range(24)
QUARTER = timedelta(minutes=15)
FARTHEST = timedelta(days=1)
"""No clock is farther from universal time."""


class Staffing(StrEnum):
    """How well an hour is staffed."""

    STAFFED = "staffed"
    PARTLY = "partly"
    """Somebody is there for a part of it: where two clocks differ by half an hour."""
    NOBODY = "nobody"
    SKIPPED = "skipped"
    """There is no such hour on that day: the clocks go forward."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Somebody's hour of every week, by the clock of a zone; `weekday` 0 is Monday."""

    account_id: UUID
    handle: str
    weekday: int
    hour: int
    time_zone: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one day, with everybody who is there in some of it."""

    day: date
    hour: int
    who: tuple[str, ...]
    staffing: Staffing


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of one day in a row: from `start` until `end`, which is 24 at midnight."""

    day: date
    start: int
    end: int


Grid = tuple[tuple[Cell, ...], ...]
"""Rows by hour, in each a cell for every day from Monday."""


def week_of(promises: Sequence[Promise], monday: date, zone: str) -> Grid:
    """Return the week that begins with this Monday, by the clock of `zone`.

    An hour that comes twice, when the clocks go back, is staffed when both are.
    """
    there = _by_hour(promises)
    quarters: dict[tuple[date, int], list[frozenset[str]]] = defaultdict(list)
    zones = {promise.time_zone: ZoneInfo(promise.time_zone) for promise in promises}
    for moment in _quarters(monday):
        local = moment.astimezone(ZoneInfo(zone))
        if timedelta(0) <= local.date() - monday < timedelta(weeks=1):
            quarters[local.date(), local.hour].append(_who(there, zones, moment))
    days = [monday + timedelta(days=day) for day in DAYS]
    return tuple(tuple(_cell(day, hour, quarters.get((day, hour), [])) for day in days) for hour in HOURS)


def unstaffed(grid: Grid) -> tuple[Span, ...]:
    """Return the hours in which nobody is there, or not all the time, in the order of the week."""
    found = []
    for day in DAYS:
        column = [row[day] for row in grid if row[day].staffing is not Staffing.SKIPPED]
        for is_open, cells in groupby(column, lambda cell: cell.staffing is not Staffing.STAFFED):
            run = list(cells)
            if is_open:
                found.append(Span(run[0].day, run[0].hour, run[-1].hour + 1))
    return tuple(found)


def runs(hours: Iterable[int]) -> list[tuple[int, int]]:
    """Return hours as runs from start to end: 19, 20 and 22 are (19, 21) and (22, 23)."""
    ordered = sorted(set(hours))
    found = []
    for _, group in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0]):
        run = [hour for _, hour in group]
        found.append((run[0], run[-1] + 1))
    return found


Times = Mapping[str, Mapping[tuple[int, int], frozenset[str]]]
"""By zone, then by weekday and hour: who is there."""


def _by_hour(promises: Iterable[Promise]) -> Times:
    there: dict[str, dict[tuple[int, int], frozenset[str]]] = defaultdict(dict)
    for one in promises:
        at, zone = (one.weekday, one.hour), there[one.time_zone]
        zone[at] = zone.get(at, frozenset()) | {one.handle}
    return there


def _quarters(monday: date) -> Iterable[datetime]:
    """Every quarter of an hour that could be in the week, wherever one is."""
    start = datetime.combine(monday, time(), UTC) - FARTHEST
    count = (timedelta(weeks=1) + 2 * FARTHEST) // QUARTER
    return (start + number * QUARTER for number in range(count))


def _who(there: Times, zones: Mapping[str, ZoneInfo], moment: datetime) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for name, zone in zones.items():
        local = moment.astimezone(zone)
        found |= there[name].get((local.weekday(), local.hour), frozenset())
    return found


def _cell(day: date, hour: int, quarters: Sequence[frozenset[str]]) -> Cell:
    who = tuple(sorted(frozenset().union(*quarters), key=str.casefold))
    if not quarters:
        return Cell(day, hour, (), Staffing.SKIPPED)
    if not who:
        return Cell(day, hour, (), Staffing.NOBODY)
    return Cell(day, hour, who, Staffing.STAFFED if all(quarters) else Staffing.PARTLY)
