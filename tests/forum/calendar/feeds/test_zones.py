"""Claims about described zones: a reader who knows only the description reads the clocks right."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]
from icalendar import Calendar

from forum.calendar.feeds.zones import described
from tests.forum.calendar.feeds.test_ics import ZONES


def clocks_in(zone: str) -> object:
    """Return the clocks that vobject makes of a description."""
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//Test//EN")
    file.add_component(described(zone, 2026, 2029))
    return vobject.readOne(file.to_ical().decode()).vtimezone.tzinfo


@pytest.mark.parametrize("zone", sorted(set(ZONES) - {"UTC"}))
def test_every_third_hour_of_two_years_has_the_offset_of_the_zone(zone: str) -> None:
    theirs, ours = clocks_in(zone), ZoneInfo(zone)
    start = datetime(2026, 7, 1, tzinfo=UTC)

    wrong = [
        moment
        for moment in (start + timedelta(hours=3 * n) for n in range(5_840))
        if moment.astimezone(ours).replace(tzinfo=theirs).utcoffset() != moment.astimezone(ours).utcoffset()  # type: ignore[arg-type]
        and not moment.astimezone(ours).fold
    ]

    assert wrong == []


def test_spring_comes_at_the_hour_that_the_old_clocks_show() -> None:
    observed = described("Europe/Berlin", 2026, 2027).subcomponents

    changes = [f"{one.decoded('DTSTART'):%Y%m%dT%H%M%S}" for one in observed]
    assert changes == ["20260101T010000", "20260329T020000", "20261025T030000"]
