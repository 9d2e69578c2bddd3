"""Claims about how days and hours are said."""

from datetime import UTC, date, datetime, timedelta

from babel import Locale

from forum.calendar.said_times import (
    named_moment,
    said_day,
    said_hours,
    said_moment,
    said_month,
    said_span,
    weekdays,
)

ENGLISH, GERMAN = Locale.parse("en_GB"), Locale.parse("de")
EVENING = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
THURSDAY = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)


def test_a_date_is_said_by_the_clocks_of_the_zone() -> None:
    assert said_span(EVENING, EVENING + HOUR, "UTC", ENGLISH) == "Sunday, 29 November 2026, 18:00 – 19:00"
    assert said_span(EVENING, EVENING + HOUR, "Asia/Tokyo", ENGLISH) == (
        "Monday, 30 November 2026, 03:00 – 04:00"
    )
    assert said_moment(EVENING, "America/Chicago", ENGLISH) == "Sunday, 29 November 2026, 12:00"


def test_an_end_on_another_day_names_that_day() -> None:
    late = EVENING.replace(hour=23, minute=30)

    assert said_hours(late, late + HOUR, "UTC", ENGLISH) == "23:30 – Monday, 30 November 2026, 00:30"


def test_an_hour_that_the_clocks_show_twice_is_said_as_they_show_it() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert said_hours(first, first + HOUR, "Europe/Dublin", ENGLISH) == "01:30 – 01:30"


def test_days_and_months_are_in_the_language_of_the_community() -> None:
    assert said_day(date(2026, 11, 29), GERMAN) == "Sonntag, 29. November 2026"
    assert said_month(date(2026, 11, 29), GERMAN) == "November 2026"


def test_the_week_begins_where_it_does_there() -> None:
    assert weekdays(GERMAN)[0] == "Montag"
    assert weekdays(Locale.parse("en_US"))[:2] == ("Sunday", "Monday")
    assert len(set(weekdays(ENGLISH))) == 7


def test_a_moment_is_told_by_the_clock_of_a_zone_that_is_named() -> None:
    said = named_moment(THURSDAY, "America/New_York", Locale("en")).replace("\u202f", " ")

    assert said == "Thursday, December 3, 2026, 6:30 PM (America/New York)"


def test_another_zone_may_have_another_day_and_another_language_other_words() -> None:
    assert (
        named_moment(THURSDAY, "Europe/Berlin", Locale("de"))
        == "Freitag, 4. Dezember 2026, 00:30 (Europe/Berlin)"
    )
