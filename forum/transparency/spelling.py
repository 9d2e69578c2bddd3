"""How months, durations and counts are written in the community's language."""

from dataclasses import dataclass
from math import ceil
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from forum.transparency.months import Month

MINUTE, HOUR, DAY = 60, 3_600, 86_400
UP_TO = 2
"""From twice a unit on, a duration is told in it: 100 minutes, then 2 hours; 47 hours, then 2 days."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as people read it, and as `<time datetime>` takes it."""

    said: str
    iso: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """One language's way of writing them."""

    locale: Locale

    def month(self, month: Month) -> str:
        """Return October 2026."""
        return format_skeleton("yMMMM", month.first, locale=self.locale)

    def short(self, month: Month) -> str:
        """Return Oct 2026, for the side of a chart or a narrow table."""
        return format_skeleton("yMMM", month.first, locale=self.locale)

    def number(self, count: float) -> str:
        """Return 1,204."""
        return format_decimal(round(count), locale=self.locale)

    def share(self, part: float) -> str:
        """Return 41%, in whole percents."""
        return format_percent(part, format="#,##0%", locale=self.locale)

    def within(self, seconds: float) -> Duration:
        """Return the duration in whole minutes, hours or days, rounded up, so that "within" stays true."""
        for size, name, iso in ((DAY, "day", "P{}D"), (HOUR, "hour", "PT{}H")):
            if seconds >= UP_TO * size:
                return self._duration(ceil(seconds / size), name, iso)
        return self._duration(max(1, ceil(seconds / MINUTE)), "minute", "PT{}M")

    def tick(self, seconds: float) -> str:
        """Return a time as short as the side of a chart needs: 30 min, 12 hr, 2 days."""
        units = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"))
        size, name = next((unit for unit in units if seconds >= unit[0]), units[-1])
        return self._unit(round(seconds / size), f"duration-{name}", "short")

    def _duration(self, count: int, name: str, iso: str) -> Duration:
        return Duration(self._unit(count, f"duration-{name}", "long"), iso.format(count))

    def _unit(self, count: int, unit: str, length: Literal["short", "long"]) -> str:
        said = str(format_unit(count, unit, length, locale=self.locale))
        # Where a language lacks that length, Babel says the key of the unit; all of them have the short one.
        return said if unit not in said else str(format_unit(count, unit, "short", locale=self.locale))
