"""Saying when: days and hours in the community's language, in whichever zone is meant."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names

from forum.calendar.local_times import local_of
from forum.calendar.rule_days import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Saying:
    """Says moments by the clocks of one zone."""

    locale: Locale
    zone: ZoneInfo

    def day(self, moment: datetime) -> str:
        """Return such as `Tue, Dec 1, 2026`, in the order that the language has for it."""
        return format_skeleton("yMMMEd", local_of(moment, self.zone), locale=self.locale)

    def clock(self, moment: datetime) -> str:
        """Return such as `19:00`."""
        return format_time(local_of(moment, self.zone).time(), "short", locale=self.locale)

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        """Return from when to when, with the second day only where it is another one."""
        same = local_of(starts_at, self.zone).date() == local_of(ends_at, self.zone).date()
        until = self.clock(ends_at) if same else f"{self.day(ends_at)}, {self.clock(ends_at)}"
        return f"{self.day(starts_at)}, {self.clock(starts_at)} – {until}"


def weekday_names(locale: Locale) -> dict[str, str]:
    """Return what the weekdays of rules are called, Monday first."""
    names = get_day_names("wide", "stand-alone", locale)
    return {short: str(names[number]) for number, short in enumerate(WEEKDAYS)}
