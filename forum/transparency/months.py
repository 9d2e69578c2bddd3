"""Months, in UTC, as the public page counts them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
SETTLES = timedelta(minutes=10)
"""How long after its end a month stays open: an undo at once, and a slow commit, still belong to it."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of the calendar."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """Return the month that is written as 2026-10, or None for anything else."""
        found = WRITTEN.fullmatch(written)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the month that an aware moment lies in."""
        there = moment.astimezone(UTC)
        return cls(there.year, there.month)

    def __str__(self) -> str:
        """Write it as ISO 8601 does."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def start(self) -> datetime:
        """The first moment."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.before(-1).start

    def before(self, count: int = 1) -> "Month":
        """Return the month that lies so many months before this one."""
        years, number = divmod(self.year * 12 + self.number - 1 - count, 12)
        return Month(years, number + 1)

    def is_running(self, now: datetime) -> bool:
        """Tell whether decisions can still be added to it, or taken back within the minute."""
        return now < self.end + SETTLES


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Return all months from the last to the first, both included; none where the first is later."""
    count = (last.year - first.year) * 12 + last.number - first.number
    return tuple(last.before(back) for back in range(count + 1))
