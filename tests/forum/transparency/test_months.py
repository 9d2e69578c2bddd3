"""Months, in UTC, as the public page counts them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from forum.transparency.months import SETTLES, Month, months_between


@pytest.mark.parametrize(
    "nonsense",
    ["", "2026", "2026-1", "2026-13", "2026-00", "2026-10-01", "26-10", "２０２６-10", "2026-10\n"],
)
def test_nonsense_is_no_month(nonsense: str) -> None:
    assert Month.parse(nonsense) is None


def test_a_month_is_written_as_it_is_read() -> None:
    assert str(Month.parse("2026-03")) == "2026-03"


def test_a_moment_belongs_to_the_month_of_greenwich() -> None:
    late = datetime(2026, 10, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert Month.of(late) == Month(2026, 11)


def test_december_ends_with_the_year() -> None:
    december = Month(2026, 12)

    assert december.first == date(2026, 12, 1)
    assert december.end == datetime(2027, 1, 1, tzinfo=UTC)
    assert Month(2027, 1).before() == december
    assert Month(2028, 2).before(14) == december


def test_a_month_runs_until_what_was_done_in_it_is_settled() -> None:
    month = Month(2026, 10)

    assert month.is_running(month.end)
    assert not month.is_running(month.end + SETTLES)


def test_the_months_between_come_the_latest_first() -> None:
    assert [str(one) for one in months_between(Month(2025, 11), Month(2026, 1))] == [
        "2026-01",
        "2025-12",
        "2025-11",
    ]
    assert months_between(Month(2026, 2), Month(2026, 1)) == ()
