"""Calendar files (RFC 5545): one entry a date, told apart by its id, and nothing in it that names anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from forum.calendar.feeds.zones import described

DOMAIN = "calendar.invalid"
"""After the id of an entry; a name that can be nobody's (RFC 2606), so not even the site shows."""
MADE_BY = "-//Appointments//EN"
EVERY_HOUR = "PT1H"


class Status(StrEnum):
    """What an entry says of itself (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date as a calendar keeps it; `sequence` and `changed_at` tell newer from older."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    zone: str
    sequence: int
    changed_at: datetime
    status: Status
    title: str
    url: str = ""


def calendar_file(entries: Sequence[Entry]) -> bytes:
    """Return the file: CRLF, folded at 75 octets, the zones that it names described in it.

    The same entries make the same bytes.
    """
    file = Calendar()
    file.add("prodid", MADE_BY)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-published-ttl", EVERY_HOUR)
    events = [_event(entry) for entry in entries]
    if entries:
        first = min(entry.starts_at for entry in entries).year - 1
        last = max(entry.ends_at for entry in entries).year + 2
        for zone in sorted({entry.zone for entry in entries if _has_zone(entry)}):
            file.add_component(described(zone, first, last))
    for event in events:
        file.add_component(event)
    return bytes(file.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@{DOMAIN}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    zone = ZoneInfo(entry.zone) if _has_zone(entry) else UTC
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.title)
    event.add("status", entry.status.value)
    event.add("class", "PRIVATE")
    if entry.url:
        event.add("description", entry.url)
        event.add("url", entry.url)
    return event


def _has_zone(entry: Entry) -> bool:
    """Return whether the zone's clocks can tell start and end.

    Of two hours that the clocks show twice a file can only mean the first (RFC 5545, 3.3.5): then it is told
    in universal time.
    """
    zone = ZoneInfo(entry.zone)
    moments = (entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone))
    return entry.zone != "UTC" and not any(moment.fold for moment in moments)
