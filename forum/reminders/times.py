"""When a reminder comes: so long before the start, but never in a member's quiet hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EARLIER = timedelta(minutes=5)
"""So long before quiet hours begin: what is sent then has come when they do."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours by the clock of a zone in which nothing comes; from and until the same hour: none."""

    zone: str
    since: int
    until: int

    def begins(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours began that the moment is in, or None where it is in none."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.since == self.until or not self._holds(local.hour):
            return None
        # What goes past midnight has begun the evening before.
        day = local.date() - DAY if self.until < self.since and local.hour < self.until else local.date()
        began = datetime.combine(day, time(self.since), ZoneInfo(self.zone)).astimezone(UTC)
        return min(began, moment)

    def ends(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours end that the moment is in, or None where it is in none."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.begins(moment) is None:
            return None
        day = local.date() + DAY if self.until < self.since and local.hour >= self.since else local.date()
        return datetime.combine(day, time(self.until), ZoneInfo(self.zone)).astimezone(UTC)

    def _holds(self, hour: int) -> bool:
        if self.since < self.until:
            return self.since <= hour < self.until
        return hour >= self.since or hour < self.until


def reminded_at(starts_at: datetime, minutes: Iterable[int], quiet: Quiet) -> dict[int, datetime]:
    """Return when each reminder comes, by how many minutes before the start it was wanted.

    What would come in quiet hours comes before they begin; of two at the same moment the later one is left.
    """
    found: dict[datetime, int] = {}
    for before in sorted(minutes, reverse=True):
        wanted = starts_at - timedelta(minutes=before)
        found[_before_quiet(wanted, quiet)] = before
    return {before: at for at, before in found.items()}


def _before_quiet(moment: datetime, quiet: Quiet) -> datetime:
    began = quiet.begins(moment)
    return moment if began is None else began - EARLIER


def told_at(now: datetime, starts_at: datetime, quiet: Quiet) -> datetime:
    """Return when news is told: now, or when quiet hours end, unless it would be too late by then."""
    ends = quiet.ends(now)
    return now if ends is None or ends >= starts_at else ends
