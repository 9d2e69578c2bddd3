"""Claims about patterns: what the form says is a rule, and a rule is said by the form again."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.patterns import NTH, REPEATS, Repeats, form_of, rule_in
from forum.calendar.recurrence import RuleNotPossible, expanded
from forum.calendar.rule_days import WEEKDAYS
from forum.errors import Invalid
from tests.forum.calendar.test_local_times import ZONES

BERLIN = ZoneInfo("Europe/Berlin")
TEN = {"ends": "count", "count": "10"}


def rule(**form: str) -> str:
    return str(rule_in(form, BERLIN))


def bad(**form: str) -> set[str]:
    with pytest.raises(Invalid) as refused:
        rule_in(form, BERLIN)
    return set(refused.value.fields)


def test_each_way_of_repeating_is_a_rule() -> None:
    assert rule_in({}, BERLIN) is None
    assert rule(repeats="days", every="2", **TEN) == "FREQ=DAILY;INTERVAL=2;COUNT=10"
    assert rule(repeats="weeks", on_TU="on", on_MO="on", **TEN) == "FREQ=WEEKLY;BYDAY=MO,TU;COUNT=10"
    assert rule(repeats="month-day", month_day="31", **TEN) == "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=10"
    assert (
        rule(repeats="month-weekday", nth="2", nth_weekday="TU", **TEN) == "FREQ=MONTHLY;BYDAY=2TU;COUNT=10"
    )
    assert rule(repeats="own", rule="freq=yearly;count=2") == "FREQ=YEARLY;COUNT=2"


def test_an_end_by_date_is_kept_in_universal_time_and_lets_that_day_in() -> None:
    told = rule_in({"repeats": "days", "ends": "until", "until": "2026-11-26"}, BERLIN)

    assert str(told) == "FREQ=DAILY;UNTIL=20261126T225959Z"
    assert told is not None
    assert expanded(told, datetime(2026, 11, 24, 23, 30), BERLIN)[-1] == datetime(2026, 11, 26, 23, 30)


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert bad(repeats="sometimes") == {"repeats"}
    assert bad(repeats="weeks", every="0") == {"every", "weekdays", "ends"}
    assert bad(repeats="month-day", month_day="32", ends="count", count="many") == {"month_day", "count"}
    assert bad(repeats="month-weekday", nth="7", ends="until", until="someday") == {"nth", "until"}
    assert bad(repeats="days", every="9" * 5000, ends="until", until="0001-01-01") == {"every"}
    assert bad(repeats="own", rule="FREQ=DAILY") == {"rule"}


ENDS = st.one_of(
    st.integers(1, 400).map(lambda count: {"ends": "count", "count": str(count)}),
    st.dates(datetime(2024, 1, 2).date(), datetime(2034, 1, 1).date()).map(
        lambda day: {"ends": "until", "until": day.isoformat()}
    ),
)
DAYS = st.one_of(
    st.just({"repeats": "days"}),
    st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(
        lambda days: {"repeats": "weeks", **{f"on_{day}": "on" for day in days}}
    ),
    st.integers(1, 31).map(lambda day: {"repeats": "month-day", "month_day": str(day)}),
    st.tuples(st.sampled_from(list(NTH)), st.sampled_from(WEEKDAYS)).map(
        lambda one: {"repeats": "month-weekday", "nth": one[0], "nth_weekday": one[1]}
    ),
)


@given(DAYS, st.integers(1, 99), ENDS, st.sampled_from(ZONES))
def test_a_form_becomes_a_rule_and_the_rule_the_same_form(
    days: dict[str, str], every: int, end: dict[str, str], zone: str
) -> None:
    form = {**days, "every": str(every), **end}

    assert form_of(str(rule_in(form, ZoneInfo(zone))), ZoneInfo(zone)) == form


@pytest.mark.parametrize(
    "told",
    [
        "FREQ=YEARLY;COUNT=2",
        "FREQ=WEEKLY;COUNT=2",
        "FREQ=MONTHLY;BYDAY=MO,2TU;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2",
    ],
)
def test_what_the_form_cannot_say_stays_a_rule_of_ones_own(told: str) -> None:
    assert form_of(told, BERLIN) == {"repeats": "own", "rule": told}


def test_one_date_is_no_rule() -> None:
    assert form_of("", BERLIN) == {"repeats": ""}


def test_every_way_has_words() -> None:
    assert set(REPEATS) == set(Repeats)
    assert all(one.words.msgid for one in Repeats)


def test_an_own_rule_says_itself_what_is_wrong_with_it() -> None:
    with pytest.raises(RuleNotPossible):
        rule_in({"repeats": "own", "rule": "whenever"}, BERLIN)
