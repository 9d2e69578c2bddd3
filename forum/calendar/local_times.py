"""Local times: what the clocks of a zone show, as moments, also where they skip an hour or show one twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from forum.accounts.zones import zones

TYPED = "%Y-%m-%dT%H:%M"
"""How a form and the tables write a local time."""


class UnknownZone(ValueError):
    """There is no zone of this name in the IANA database, or none that stands for a place."""


class Shown(StrEnum):
    """How often the clocks of a zone show a local time."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a local time means in its zone.

    `moments` are the two that it can stand for (PEP 495: fold 0, fold 1), in UTC: the same where the clocks
    show it once. Of a time that they skip, the first is read with the offset from before the gap, as RFC 5545
    (3.3.5) wants it, so that it shows later than it says; the second with the one from after it.
    """

    shown: Shown
    moments: tuple[datetime, datetime]


def zone_of_name(name: str) -> ZoneInfo:
    """Return the zone; UnknownZone for a name that is none, whatever the machine makes of it."""
    if name not in zones():
        raise UnknownZone(name)
    return ZoneInfo(name)


def read_local(typed: str) -> datetime | None:
    """Return the local time that a form or a table holds as `YYYY-MM-DDTHH:MM`, or None where it is none."""
    try:
        return datetime.strptime(typed, TYPED)  # noqa: DTZ007 - a wall clock has no zone
    except ValueError:
        return None


def written(local: datetime) -> str:
    """Return a local time as forms and tables write it."""
    return local.isoformat(timespec="minutes")


def reading_of(local: datetime, zone: ZoneInfo) -> Reading:
    """Return what a local time means; OverflowError within a day of where calendars begin and end."""
    early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    moments = (early.astimezone(UTC), late.astimezone(UTC))
    if moments[0] == moments[1]:
        return Reading(Shown.ONCE, moments)
    there = moments[0].astimezone(zone).replace(tzinfo=None, fold=0) == local
    return Reading(Shown.TWICE if there else Shown.NEVER, moments)


def moment_of(local: datetime, zone: ZoneInfo, fold: int = 0) -> datetime:
    """Return the moment in UTC at which a date begins; a time that is skipped begins later than it says."""
    reading = reading_of(local, zone)
    return reading.moments[1 if fold and reading.shown is Shown.TWICE else 0]


def local_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of a zone show at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def offset_words(moment: datetime, zone: ZoneInfo) -> str:
    """Return how far a zone is from universal time at a moment, as `UTC+2` or `UTC-3:30`."""
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
