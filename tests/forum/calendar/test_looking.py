"""Claims about what is looked at: every address can be read, and leads back to what it was."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.zones import zones
from forum.calendar.kinds import Kind, Pathway
from forum.calendar.looking import (
    FIRST,
    LAST,
    Looking,
    View,
    begins,
    month_of,
    months_around,
    week_of,
)

DAYS = st.dates(FIRST, LAST)
LOOKINGS = st.builds(
    Looking,
    st.sampled_from(View),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), st.sampled_from(Kind)),
    st.one_of(st.none(), st.sampled_from([one for one in Pathway if one])),
)


@given(LOOKINGS, st.booleans())
def test_an_address_leads_back_to_what_was_looked_at(looking: Looking, small: bool) -> None:
    query = dict(parse_qsl(urlsplit(looking.address).query))

    assert Looking.parse(query, small=small) == looking


@given(st.dictionaries(st.sampled_from(["view", "at", "kind", "pathway"]), st.text()), st.booleans())
def test_any_address_can_be_read(query: dict[str, str], small: bool) -> None:
    looking = Looking.parse(query, small=small)

    assert looking.day is None or FIRST <= looking.day <= LAST


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-29T18:00"])
def test_a_day_that_is_none_is_today(day: str) -> None:
    assert Looking.parse({"at": day}, small=False).day is None


def test_a_phone_begins_with_the_list_and_whoever_asks_for_more_gets_it() -> None:
    assert Looking.parse({}, small=True).view is View.LIST
    assert Looking.parse({}, small=False).view is View.MONTH
    assert Looking.parse({"view": "week"}, small=True).view is View.WEEK


@given(DAYS, st.integers(0, 6))
def test_a_month_is_whole_weeks_and_has_each_of_its_days_once(day: date, first_weekday: int) -> None:
    weeks = month_of(day, first_weekday)
    days = [one for week in weeks for one in week]

    assert all(len(week) == 7 and week[0].weekday() == first_weekday for week in weeks)
    assert {later - one for one, later in pairwise(days)} == {timedelta(1)}
    assert day in days


@given(DAYS, st.integers(0, 6))
def test_a_week_begins_on_its_weekday_and_holds_the_day(day: date, first_weekday: int) -> None:
    week = week_of(day, first_weekday)

    assert (week[0].weekday(), len(week)) == (first_weekday, 7)
    assert day in week


@given(DAYS)
def test_the_months_around_touch_it(day: date) -> None:
    before, after = months_around(day)
    first = day.replace(day=1)

    assert (before.day, after.day) == (1, 1)
    assert months_around(before)[1] == first == months_around(after)[0]


@given(DAYS, st.sampled_from(zones()))
def test_a_day_begins_by_the_clocks_of_the_zone(day: date, zone: str) -> None:
    moment, where = begins(day, zone), ZoneInfo(zone)

    assert moment.astimezone(where).date() >= day
    assert (moment - timedelta(seconds=1)).astimezone(where).date() < day
    assert (moment + timedelta(hours=1)).astimezone(where).date() >= day


def test_a_midnight_that_does_not_exist_is_the_moment_of_the_change() -> None:
    # Beirut goes from 0:00 to 1:00 on the last Sunday of March.
    assert begins(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)


def test_a_day_begins_when_the_one_before_is_over_for_good() -> None:
    # Clocks go back in Havana from 1:00 to 0:00 of the same day, in Beirut from 0:00 to 23:00 of the last.
    assert begins(date(2026, 11, 1), "America/Havana") == datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    assert begins(date(2026, 10, 25), "Asia/Beirut") == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_has_no_length() -> None:
    # Samoa went from the 29th of December 2011 to the 31st.
    assert begins(date(2011, 12, 30), "Pacific/Apia") == begins(date(2011, 12, 31), "Pacific/Apia")
