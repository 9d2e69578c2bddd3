"""Claims about dates: whoever signed up for a date finds it again after a change, in its order."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.dates import Planned, When, dates_of, matched
from forum.calendar.local_times import Shown
from forum.calendar.recurrence import Rule

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 19)
Old = list[tuple[UUID, datetime]]


def old_of(*days: int) -> Old:
    return [(UUID(int=day), MONDAY + timedelta(days=day)) for day in days]


def new_of(*days: int, hour: int = 19) -> list[Planned]:
    starts = [(MONDAY + timedelta(days=day)).replace(hour=hour) for day in days]
    moments = [one.replace(tzinfo=UTC) for one in starts]
    return [Planned(one, at, at + timedelta(hours=1)) for one, at in zip(starts, moments, strict=True)]


def days_kept(old: Old, new: list[Planned]) -> dict[int, int]:
    return {one.int: (planned.recurs - MONDAY).days for one, planned in matched(old, new).kept}


def test_one_date_lasts_its_minutes_and_begins_by_the_hour_that_was_meant() -> None:
    twice = datetime(2027, 10, 31, 2, 30)

    first, second = (dates_of(When(twice, BERLIN, 90, fold=fold))[0] for fold in (0, 1))

    assert second.starts_at - first.starts_at == timedelta(hours=1)
    assert first.ends_at - first.starts_at == timedelta(minutes=90)
    assert first.shown is Shown.TWICE


def test_a_meeting_over_the_change_of_the_clocks_lasts_as_long_as_any() -> None:
    (night,) = dates_of(When(datetime(2027, 3, 28, 1), BERLIN, 120))

    assert night.ends_at - night.starts_at == timedelta(hours=2)


def test_a_date_whose_time_the_clocks_skip_says_so() -> None:
    dates = dates_of(When(datetime(2027, 3, 27, 2, 30), BERLIN, 60, Rule.read("FREQ=DAILY;COUNT=3")))

    assert [one.shown for one in dates] == [Shown.ONCE, Shown.NEVER, Shown.ONCE]
    assert dates[1].starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_the_second_hour_is_meant_for_the_first_date_alone() -> None:
    when = When(datetime(2027, 10, 31, 2, 30), BERLIN, 60, Rule.read("FREQ=YEARLY;COUNT=2"), fold=1)

    assert dates_of(when)[0].starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_another_hour_on_the_same_days_keeps_every_date() -> None:
    assert days_kept(old_of(0, 7, 14), new_of(0, 7, 14, hour=20)) == {0: 0, 7: 7, 14: 14}


def test_a_series_that_moves_to_another_weekday_keeps_its_dates_in_order() -> None:
    assert days_kept(old_of(0, 7, 14), new_of(1, 8, 15)) == {0: 1, 7: 8, 14: 15}


def test_one_of_two_weekdays_moves_and_the_other_stays() -> None:
    assert days_kept(old_of(0, 3, 7, 10), new_of(1, 3, 8, 10)) == {0: 1, 3: 3, 7: 8, 10: 10}


def test_every_second_week_keeps_what_stays_and_lets_go_of_the_weeks_between() -> None:
    found = matched(old_of(0, 7, 14, 21, 28), new_of(0, 14, 28))

    assert [one.int for one, _ in found.kept] == [0, 14, 28]
    assert [one.int for one in found.fallen] == [7, 21]
    assert found.added == ()


def test_a_single_date_is_the_same_one_wherever_it_moves() -> None:
    assert days_kept(old_of(0), new_of(90)) == {0: 90}


DAYS = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)


@given(DAYS, DAYS)
def test_nothing_is_lost_or_doubled_and_the_order_stays(before: list[int], after: list[int]) -> None:
    old, new = old_of(*before), new_of(*after)

    found = matched(old, new)

    ids = [one for one, _ in found.kept]
    assert sorted([*ids, *found.fallen], key=lambda one: one.int) == [one for one, _ in old]
    assert ids == sorted(ids, key=lambda one: one.int)
    times = [planned.recurs for _, planned in found.kept]
    assert times == sorted(times)
    assert sorted([*times, *(one.recurs for one in found.added)]) == [one.recurs for one in new]
    same = {day for day in before if day in after}
    assert same <= {one.int for one, planned in found.kept if (planned.recurs - MONDAY).days == one.int}


def test_a_day_is_a_day_of_the_zone() -> None:
    assert dates_of(When(datetime(2026, 11, 24, 0, 30), BERLIN, 60))[0].starts_at.date() == date(2026, 11, 23)
