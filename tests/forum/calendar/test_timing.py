"""Claims about timing: a form's day, hour and zone are dates, or it is said what is wrong with them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.local_times import Shown
from forum.calendar.timing import LONGEST_MINUTES, LONGEST_OUTING_MINUTES, Timing, offers, timing_in
from forum.errors import Invalid
from tests.forum.calendar.gatherings import FORM, FOUR_TUESDAYS, WEEKLY

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def timing(most: int = LONGEST_MINUTES, draft: bool = False, /, **form: str) -> Timing:
    return timing_in(FORM | form, NOW, most, draft=draft)


def bad(**form: str) -> set[str]:
    with pytest.raises(Invalid) as refused:
        timing(**form)
    return set(refused.value.fields)


def test_a_form_comes_to_its_dates_without_those_left_out() -> None:
    found = timing(**(WEEKLY | {"except": "2026-12-08, 2027-01-01", "strike_2026-12-22": "on"}))

    assert [one.starts_at for one in found.dates] == [FOUR_TUESDAYS[0], FOUR_TUESDAYS[2]]
    assert date(2027, 1, 1) in found.struck


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert bad(zone="Mars/Olympus", date="2026-02-30", minutes="4", repeats="weeks") == {
        "zone",
        "date",
        "minutes",
        "weekdays",
        "ends",
    }
    assert bad(time="7 pm") == {"date"}
    assert bad(date="2032-01-01") == {"date"}
    assert bad(date="9999-12-31") == {"date"}
    assert bad(minutes="9" * 5000) == {"minutes"}
    assert bad(**{"except": "Christmas"}) == {"except"}
    assert bad(repeats="own", rule="FREQ=DAILY;COUNT=10000") == {"rule"}
    assert bad(repeats="own", rule="FREQ=DAILY") == {"rule"}


@pytest.mark.parametrize("minutes", ["0", "-60"])
def test_an_end_before_the_start_is_said_to_be_one(minutes: str) -> None:
    with pytest.raises(Invalid) as refused:
        timing(minutes=minutes)
    assert refused.value.fields["minutes"].msgid.startswith("It ends before it begins.")


def test_only_an_outing_lasts_longer_than_a_day() -> None:
    assert bad(minutes="1441") == {"minutes"}
    assert timing(LONGEST_OUTING_MINUTES, minutes="2880").minutes == 2880


def test_every_date_left_out_is_none_at_all() -> None:
    assert bad(**{"except": "2026-12-01"}) == {"except"}


def test_a_draft_may_be_without_a_day_and_without_one_it_has_no_dates() -> None:
    found = timing(LONGEST_MINUTES, True, date="", time="")

    assert (found.starts, found.dates) == (None, ())
    with pytest.raises(Invalid):
        timing(LONGEST_MINUTES, True, date="someday")


def test_a_time_that_is_skipped_is_refused_only_on_the_first_day() -> None:
    assert bad(date="2027-03-28", time="02:30") == {"time"}

    later = timing(date="2027-03-27", time="02:30", repeats="days", ends="count", count="2")

    assert [one.shown for one in later.dates] == [Shown.ONCE, Shown.NEVER]


def test_a_time_that_is_shown_twice_needs_an_answer() -> None:
    assert bad(date="2027-10-31", time="02:30") == {"fold"}
    assert timing(date="2027-10-31", time="02:30", fold="1").dates[0].starts_at.hour == 1


def test_two_moments_are_offered_the_earlier_first() -> None:
    skipped, doubled = (offers(FORM | {"date": day, "time": "02:30"}) for day in ("2027-03-28", "2027-10-31"))

    assert [one.local for one in skipped] == ["2027-03-28T01:30", "2027-03-28T03:30"]
    assert [(one.fold, one.offset) for one in doubled] == [(0, "UTC+2"), (1, "UTC+1")]
    assert offers(FORM) == ()
    assert offers(FORM | {"zone": "Mars/Olympus"}) == ()


def test_a_moment_that_was_offered_and_chosen_is_the_start() -> None:
    found = timing(date="2027-03-28", time="02:30", at="2027-03-28T03:30")

    assert found.starts == datetime(2027, 3, 28, 3, 30)


@given(
    st.dictionaries(st.sampled_from(["date", "time", "zone", "minutes", "at", "except", "fold"]), st.text())
)
def test_whatever_is_typed_is_a_timing_or_a_plain_error(form: dict[str, str]) -> None:
    try:
        found = set(timing(**form).dates)
    except Invalid as refused:
        found = set(refused.fields)  # type: ignore[arg-type]

    assert found
