"""Claims about local times: each is found once, never or twice, as a second library finds it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.local_times import (
    Shown,
    UnknownZone,
    local_of,
    moment_of,
    offset_words,
    read_local,
    reading_of,
    written,
    zone_of_name,
)

BERLIN = ZoneInfo("Europe/Berlin")
IN_THE_GAP = datetime(2027, 3, 28, 2, 30)
TWICE = datetime(2027, 10, 31, 2, 30)
ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Nuuk",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Atlantic/Azores",
    "Pacific/Norfolk",
    "America/Havana",
    "Asia/Tokyo",
]


def test_a_time_in_the_spring_gap_is_shown_never_and_two_moments_are_offered() -> None:
    reading = reading_of(IN_THE_GAP, BERLIN)

    assert reading.shown is Shown.NEVER
    assert [local_of(moment, BERLIN) for moment in reading.moments] == [
        datetime(2027, 3, 28, 3, 30),
        datetime(2027, 3, 28, 1, 30),
    ]


def test_a_time_of_the_autumn_hour_is_shown_twice_an_hour_apart() -> None:
    reading = reading_of(TWICE, BERLIN)

    assert reading.shown is Shown.TWICE
    assert reading.moments[1] - reading.moments[0] == timedelta(hours=1)
    assert [local_of(moment, BERLIN) for moment in reading.moments] == [TWICE, TWICE]
    assert [offset_words(moment, BERLIN) for moment in reading.moments] == ["UTC+2", "UTC+1"]


def test_a_date_begins_with_the_offset_before_the_gap_and_by_the_hour_that_was_meant() -> None:
    assert moment_of(IN_THE_GAP, BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment_of(IN_THE_GAP, BERLIN, fold=1) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment_of(TWICE, BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment_of(TWICE, BERLIN, fold=1) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["", "Nowhere/At-All", "../../etc/passwd", "America", "localtime", "Factory", "utc", "\x00", "UTC "],
)
def test_a_zone_that_stands_for_no_place_is_an_error(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone_of_name(name)


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "2026-02-30T10:00", "2026-11-23T24:00", "2026-11-23 10:00"]
)
def test_what_is_no_local_time_is_none(typed: str) -> None:
    assert read_local(typed) is None


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/St_Johns", "UTC-3:30"),
        ("Asia/Tokyo", "UTC+9"),
    ],
)
def test_an_offset_is_said_in_hours_and_minutes(zone: str, said: str) -> None:
    assert offset_words(datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo(zone)) == said


def test_a_local_time_is_written_as_it_is_read() -> None:
    assert written(datetime(2026, 1, 2, 3, 4)) == "2026-01-02T03:04"
    assert read_local("2026-01-02T03:04") == datetime(2026, 1, 2, 3, 4)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
        lambda one: one.replace(second=0, microsecond=0, fold=0)
    ),
    st.sampled_from(ZONES),
)
def test_what_the_clocks_show_is_what_another_library_finds(local: datetime, name: str) -> None:
    theirs = tz.gettz(name)
    assert theirs is not None
    reading = reading_of(local, zone_of_name(name))

    exists, twice = tz.datetime_exists(local, theirs), tz.datetime_ambiguous(local, theirs)
    assert reading.shown is (Shown.TWICE if twice else Shown.ONCE if exists else Shown.NEVER)
    if reading.shown is not Shown.NEVER:
        assert {local_of(moment, ZoneInfo(name)) for moment in reading.moments} == {local}
    else:
        resolved = tz.resolve_imaginary(local.replace(tzinfo=theirs))
        assert reading.moments[0] == resolved.astimezone(UTC)
