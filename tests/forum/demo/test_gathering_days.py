"""The demo's days: the weekday that is meant, the hour of the zone's clocks, and what begins soon."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.demo.gathering_days import days_of, starts_in
from forum.demo.gatherings_story import When

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_the_first_date_is_the_first_such_weekday_from_then_on() -> None:
    assert days_of(When(0, "19:30", weekday=6), SUNDAY) == [date(2026, 11, 22)]
    assert days_of(When(0, "19:30", weekday=1, every=7, times=2), SUNDAY) == [
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]


def test_it_stays_at_its_hour_across_the_change_of_the_clocks() -> None:
    summer, winter = starts_in(When(-35, "19:30", weekday=6, every=7, times=2), SUNDAY)

    assert (summer.hour, winter.hour) == (18, 19)


@given(st.timedeltas(timedelta(0), timedelta(days=366)))
def test_what_begins_soon_begins_at_five_full_minutes_while_its_lobby_is_open(later: timedelta) -> None:
    now = SUNDAY + later
    [start] = starts_in(When(in_minutes=10, zone="UTC"), now)

    assert timedelta(minutes=10) <= start - now < timedelta(minutes=15)
    assert (start.minute % 5, start.second, start.microsecond) == (0, 0, 0)
