"""Claims about recurrence: 19:00 stays 19:00 in every zone, and a rule without end or dates is an error."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.calendar.local_times import Shown, local_of, moment_of, reading_of
from forum.calendar.recurrence import (
    ENDLESS,
    NEVER,
    TOO_LONG,
    TOO_MANY,
    Rule,
    RuleNotPossible,
    expanded,
    until_of,
)
from forum.language import Words
from tests.forum.calendar.test_local_times import ZONES

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 24, 19, 0)
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={};COUNT={}".format, st.integers(1, 9), st.integers(1, 200)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};COUNT={}".format,
        st.integers(1, 3),
        st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True).map(
            ",".join
        ),
        st.integers(1, 80),
    ),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{};COUNT={}".format,
        st.sampled_from([1, 2, 3, 4, -1]),
        st.sampled_from(["TU", "SU"]),
        st.integers(1, 55),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={};COUNT={}".format, st.integers(1, 31), st.integers(1, 30)),
)
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(
    lambda one: one.replace(second=0, microsecond=0, fold=0)
)


def why(told: str, start: datetime = START) -> Words:
    with pytest.raises(RuleNotPossible) as refused:
        expanded(Rule.read(told), start, BERLIN)
    return refused.value.why


@given(RULES, STARTS, st.sampled_from(ZONES))
@settings(max_examples=300)
def test_every_date_is_at_the_same_time_of_day_and_at_the_moment_that_another_library_finds(
    told: str, start: datetime, name: str
) -> None:
    """Over ten years of starts and five years on from each, in 22 zones."""
    zone, theirs = ZoneInfo(name), tz.gettz(name)
    dates = expanded(Rule.read(told), start, zone)
    moments = [moment_of(date, zone) for date in dates]

    assert list(dates) == list(rrulestr(told, dtstart=start))
    assert {date.time() for date in dates} == {start.time()}
    assert moments == sorted(set(moments))
    for date, moment in zip(dates, moments, strict=True):
        assert moment == tz.resolve_imaginary(date.replace(tzinfo=theirs)).astimezone(UTC)
        if reading_of(date, zone).shown is Shown.NEVER:
            assert local_of(moment, zone) > date
        else:
            assert local_of(moment, zone) == date


def test_seven_in_the_evening_stays_seven_in_the_evening_when_the_clocks_change() -> None:
    dates = expanded(Rule.read("FREQ=WEEKLY;COUNT=2"), datetime(2027, 3, 23, 19), BERLIN)

    assert [date.hour for date in dates] == [19, 19]
    assert [moment_of(date, BERLIN).hour for date in dates] == [18, 17]


def test_a_date_in_the_spring_gap_begins_an_hour_later_by_the_clock_and_the_others_do_not() -> None:
    dates = expanded(Rule.read("FREQ=DAILY;COUNT=3"), datetime(2027, 3, 27, 2, 30), BERLIN)

    began = [local_of(moment_of(date, BERLIN), BERLIN) for date in dates]
    assert [moment.hour for moment in began] == [2, 3, 2]


@pytest.mark.parametrize("told", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;INTERVAL=2"])
def test_a_rule_without_an_end_is_never_expanded(told: str) -> None:
    assert why(told) == ENDLESS


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", NEVER),
        ("FREQ=DAILY;UNTIL=20201231", NEVER),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", NEVER),
        ("FREQ=DAILY;COUNT=401", TOO_MANY),
        ("FREQ=DAILY;COUNT=10000", TOO_MANY),
        ("FREQ=DAILY;UNTIL=99991231", TOO_MANY),
        ("FREQ=WEEKLY;COUNT=300", TOO_LONG),
        ("FREQ=WEEKLY;UNTIL=20400101", TOO_LONG),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", TOO_LONG),
    ],
)
def test_a_rule_of_no_dates_or_too_many_is_an_error_that_says_which(told: str, words: Words) -> None:
    assert why(told) == words


@pytest.mark.parametrize(
    "told",
    [
        "",
        "every Tuesday",
        "COUNT=3",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=DAILY;BYHOUR=7;COUNT=3",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;INTERVAL=0;COUNT=3",
        "FREQ=DAILY;COUNT=3;COUNT=4",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20271399",
        "FREQ=WEEKLY;BYDAY=2TU;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3",
        "FREQ=MONTHLY;BYDAY=QQ;COUNT=3",
        "FREQ=DAILY;COUNT=٣",
        "FREQ=DAILY;COUNT=3\nDTSTART:19700101T000000",
        "FREQ=DAILY;COUNT=3;" + "BYMONTH=" + ",".join(["1"] * 200),
    ],
)
def test_what_is_no_rule_of_dates_cannot_be_read(told: str) -> None:
    assert why(told).msgid.startswith("This rule could not be read.")


def test_a_rule_may_be_typed_with_its_name_in_small_letters_and_with_spaces() -> None:
    assert str(Rule.read(" rrule:freq=weekly; byday=tu,th; count=4; ")) == "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4"


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("FREQ=DAILY;UNTIL=20261126", datetime(2026, 11, 26, 23, 59, 59)),
        ("FREQ=DAILY;UNTIL=20261126T190000", datetime(2026, 11, 26, 19)),
        ("FREQ=DAILY;UNTIL=20261126T180000Z", datetime(2026, 11, 26, 19)),
    ],
)
def test_an_end_is_read_by_the_clocks_of_the_zone(told: str, last: datetime) -> None:
    rule = Rule.read(told)

    assert until_of(rule, BERLIN) == last
    assert expanded(rule, START, BERLIN)[-1] == datetime(2026, 11, 26, 19)


def test_a_rule_is_cut_short_by_a_count_whatever_its_end_was() -> None:
    rule = Rule.read("FREQ=WEEKLY;UNTIL=20270101T000000Z").with_count(2)

    assert str(rule) == "FREQ=WEEKLY;COUNT=2"
    assert expanded(rule, START, BERLIN) == (START, START + timedelta(weeks=1))


@given(st.text(max_size=60) | st.text("FREQ=;DAILYWKCOUNTUS0123456789BMH,-+", max_size=60))
def test_whatever_is_typed_is_a_rule_or_a_plain_error(typed: str) -> None:
    try:
        found: tuple[object, ...] = expanded(Rule.read(typed), START, BERLIN)
    except RuleNotPossible as refused:
        found = (refused.why,)  # any other error would fail the test

    assert found
