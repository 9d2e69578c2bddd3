"""What somebody looks at of the calendar, as it stands in the address: a view, a day, and filters."""

from calendar import Calendar
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from forum.calendar.kinds import Kind, Pathway
from forum.language import N_, Words

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
"""The days that a calendar can be opened at: there is room for the months before and after them."""


class View(StrEnum):
    """How much of the calendar is shown at once."""

    LIST = "list"
    WEEK = "week"
    MONTH = "month"

    @property
    def words(self) -> Words:
        """What members read."""
        return VIEWS[self]


VIEWS = {View.LIST: N_("List"), View.WEEK: N_("Week"), View.MONTH: N_("Month")}


@dataclass(frozen=True, slots=True)
class Looking:
    """A view at a day (None: today), with what it is filtered by; the same value gives the same address."""

    view: View
    day: date | None = None
    kind: Kind | None = None
    pathway: Pathway | None = None

    @classmethod
    def parse(cls, query: Mapping[str, str], *, small: bool) -> "Looking":
        """Return what an address asks for; what it does not say, or not legibly, is as usual.

        On a `small` screen that is the list, else the month.
        """
        kind, pathway = query.get("kind", ""), query.get("pathway", "")
        view = query.get("view", "")
        return cls(
            View(view) if view in set(View) else View.LIST if small else View.MONTH,
            _day(query.get("at", "")),
            Kind(kind) if kind in set(Kind) else None,
            Pathway(pathway) if pathway and pathway in set(Pathway) else None,
        )

    @property
    def address(self) -> str:
        """Return where this is looked at."""
        said = {"view": self.view, "at": self.day, "kind": self.kind, "pathway": self.pathway}
        return "/gatherings?" + urlencode({name: str(value) for name, value in said.items() if value})

    def at(self, day: date | None) -> "Looking":
        """Return the same view at another day."""
        return replace(self, day=day)

    def to(self, view: View) -> "Looking":
        """Return the same day in another view."""
        return replace(self, view=view)


def _day(text: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if FIRST <= day <= LAST else None
    return None


def month_of(day: date, first_weekday: int) -> list[list[date]]:
    """Return the weeks of the month that a day is in, whole; weeks begin with a day from 0, a Monday."""
    return Calendar(first_weekday).monthdatescalendar(day.year, day.month)


def week_of(day: date, first_weekday: int) -> list[date]:
    """Return the seven days of the week that a day is in."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return [first + timedelta(days=number) for number in range(7)]


def months_around(day: date) -> tuple[date, date]:
    """Return the first days of the months before and after a day's own."""
    first = day.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)


def begins(day: date, zone: str) -> datetime:
    """Return the moment, in UTC, from which on it is this day, or a later one, in the zone.

    A midnight that the clocks skip is the moment of the change. Of one that they show twice it is the second
    where the day before goes on after the first, as in Beirut, and else the first, as in Havana (PEP 495).
    """
    where = ZoneInfo(zone)
    midnight = datetime.combine(day, time.min, where)
    first, last = sorted(one.astimezone(UTC) for one in (midnight, midnight.replace(fold=1)))
    begun = (last - timedelta(seconds=1)).astimezone(where).date() >= day
    return first if begun else last
