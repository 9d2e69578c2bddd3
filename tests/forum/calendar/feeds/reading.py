"""Reads calendar files by two libraries that know nothing of each other: icalendar, and vobject."""

from dataclasses import dataclass
from datetime import UTC, datetime

import vobject  # type: ignore[import-untyped]
from icalendar import Calendar


@dataclass(frozen=True, slots=True)
class Read:
    """An entry as a calendar would understand it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    status: str
    title: str


def by_icalendar(content: bytes) -> list[Read]:
    """Return the entries; zones are looked up by their names."""
    return [
        Read(
            str(one["UID"]),
            one.decoded("DTSTART").astimezone(UTC),
            one.decoded("DTEND").astimezone(UTC),
            int(str(one["SEQUENCE"])),
            str(one["STATUS"]),
            str(one["SUMMARY"]),
        )
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def by_vobject(content: bytes) -> list[Read]:
    """Return the entries; zones are read from the file itself."""
    # It remembers zones by their names: what an earlier file said of one would be taken for this one's word.
    vars(vobject.icalendar)["__tzidMap"].clear()
    file = vobject.readOne(content.decode())
    return [
        Read(
            one.uid.value,
            one.dtstart.value.astimezone(UTC),
            one.dtend.value.astimezone(UTC),
            int(one.sequence.value),
            one.status.value,
            one.summary.value,
        )
        for one in getattr(file, "vevent_list", [])
    ]
