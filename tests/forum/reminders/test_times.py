"""Claims about when reminders come: never in quiet hours, never after the start, in any zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from forum.reminders.choosing import OFFSETS
from forum.reminders.times import Quiet, reminded_at, told_at
from tests.forum.calendar.feeds.test_ics import MOMENTS, ZONES

BERLIN = Quiet("Europe/Berlin", 22, 7)
HOURS = st.integers(0, 23)
QUIET = st.builds(Quiet, st.sampled_from(ZONES), HOURS, HOURS)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of December 2026, by the clocks of Berlin."""
    return datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def test_a_reminder_comes_so_long_before_the_start() -> None:
    told = reminded_at(berlin(3, 18), [1_440, 60], BERLIN)

    assert told == {1_440: berlin(2, 18), 60: berlin(3, 17)}


def test_what_would_come_at_night_comes_just_before_it() -> None:
    assert reminded_at(berlin(3, 8), [60, 180], BERLIN) == {60: berlin(3, 7), 180: berlin(2, 21, 55)}


def test_two_that_would_come_together_are_one() -> None:
    assert reminded_at(berlin(3, 6), [15, 60, 180], BERLIN) == {15: berlin(2, 21, 55)}


def test_quiet_hours_of_the_same_day_work_too() -> None:
    siesta = Quiet("Europe/Berlin", 13, 15)

    assert reminded_at(berlin(3, 15), [60], siesta) == {60: berlin(3, 12, 55)}
    assert reminded_at(berlin(3, 16), [60], siesta) == {60: berlin(3, 15)}


def test_the_same_hour_twice_is_no_quiet_at_all() -> None:
    assert reminded_at(berlin(3, 4), [60], Quiet("Europe/Berlin", 3, 3)) == {60: berlin(3, 3)}


@given(MOMENTS, st.sets(st.sampled_from(list(OFFSETS)), min_size=1), QUIET)
def test_no_reminder_comes_in_quiet_hours_nor_later_than_it_was_wanted(
    starts_at: datetime, minutes: set[int], quiet: Quiet
) -> None:
    told = reminded_at(starts_at, minutes, quiet)

    assert 1 <= len(told) <= len(minutes)
    for before, at in told.items():
        assert at <= starts_at - timedelta(minutes=before)
        assert quiet.begins(at) is None
        assert starts_at - at < timedelta(minutes=before) + timedelta(hours=26)


@given(MOMENTS, st.integers(1, 3_000), QUIET)
def test_news_waits_for_the_end_of_quiet_hours_unless_that_is_too_late(
    now: datetime, minutes: int, quiet: Quiet
) -> None:
    starts_at = now + timedelta(minutes=minutes)

    at = told_at(now, starts_at, quiet)

    assert now <= at < starts_at
    if at != now:
        assert quiet.begins(now) is not None
        assert quiet.begins(at) is None
