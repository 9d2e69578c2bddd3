"""Claims about the days of a rule: they are those that dateutil finds, and none is looked for without end."""

import time
from datetime import date, datetime
from datetime import time as at
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.rule_days import WEEKDAYS, days_of

STARTS = st.dates(date(2024, 1, 1), date(2034, 1, 1))
LAST = date(2036, 12, 31)
INTERVALS = st.integers(1, 9).map(str)


def listed(items: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=1, max_size=most, unique=True).map(",".join)


WEEKDAY = st.sampled_from(WEEKDAYS)
NUMBERED = st.tuples(st.sampled_from(["1", "2", "3", "4", "5", "-1", "-2"]), WEEKDAY).map("".join)
MONTH_DAYS = st.sampled_from([*range(1, 32), *range(-31, 0)]).map(str)
MONTHS = st.integers(1, 12).map(str)
WEEKLY = st.fixed_dictionaries(
    {"FREQ": st.just("WEEKLY")},
    optional={"INTERVAL": INTERVALS, "BYDAY": listed(WEEKDAY, 7), "WKST": WEEKDAY, "BYMONTH": listed(MONTHS)},
)
DAILY = st.fixed_dictionaries(
    {"FREQ": st.just("DAILY")},
    optional={"INTERVAL": INTERVALS, "BYDAY": listed(WEEKDAY), "BYMONTHDAY": listed(MONTH_DAYS, 9)},
)
LONGER = st.sampled_from(["MONTHLY", "YEARLY"]).flatmap(
    lambda often: st.fixed_dictionaries(
        {"FREQ": st.just(often)},
        optional={
            "INTERVAL": st.integers(1, 4).map(str),
            "BYDAY": listed(NUMBERED) | listed(WEEKDAY),
            "BYMONTHDAY": listed(MONTH_DAYS, 9),
            "BYMONTH": listed(MONTHS, 6),
        },
    )
)
BY_PLACE = st.fixed_dictionaries(
    {
        "FREQ": st.sampled_from(["MONTHLY", "YEARLY"]),
        "BYDAY": listed(WEEKDAY, 7),
        "BYSETPOS": listed(st.sampled_from(["1", "2", "-1", "-2"]), 2),
    }
)


@given(st.one_of(DAILY, WEEKLY, LONGER, BY_PLACE), STARTS)
def test_the_days_are_those_that_another_library_finds(parts: dict[str, str], start: date) -> None:
    # A daily rule that always fits gives the other library a next date, so that it never looks on for ever.
    asked = ";".join(f"{name}={value}" for name, value in parts.items())
    bounded = f"RRULE:{asked}\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"
    first = datetime.combine(start, at())
    ours = set(days_of(parts, start, LAST))

    theirs = {
        one.date()
        for one in takewhile(lambda one: one.date() <= LAST, rrulestr(bounded, dtstart=first, forceset=True))
    }
    if_new_year = {day for day in theirs if (day.month, day.day) == (1, 1)}
    assert ours - if_new_year == theirs - if_new_year


def test_days_come_in_order_each_once() -> None:
    found = list(days_of({"FREQ": "MONTHLY", "BYDAY": "TU,2TU,-1FR"}, date(2026, 11, 23), date(2027, 12, 31)))

    assert found == sorted(set(found))


@pytest.mark.parametrize(
    "parts",
    [
        {"FREQ": "DAILY", "BYMONTH": "2", "BYMONTHDAY": "31"},
        {"FREQ": "MONTHLY", "INTERVAL": "12", "BYMONTH": "6"},
        {"FREQ": "MONTHLY", "BYDAY": "MO", "BYSETPOS": "6"},
        {"FREQ": "YEARLY", "BYMONTHDAY": "30", "BYMONTH": "2"},
    ],
)
def test_a_rule_that_never_happens_is_known_in_less_than_a_second(parts: dict[str, str]) -> None:
    began = time.perf_counter()

    assert list(days_of(parts, date(2026, 11, 23), date(2031, 11, 23))) == []
    assert time.perf_counter() - began < 1
