"""Claims about saying when: by the clocks of the zone that is meant, in the community's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from forum.calendar.saying import Saying, weekday_names

EVENING = datetime(2026, 12, 1, 18, tzinfo=UTC)


def test_a_moment_is_said_by_the_clocks_of_its_zone() -> None:
    berlin = Saying(Locale("de"), ZoneInfo("Europe/Berlin"))
    tokyo = Saying(Locale("en", "GB"), ZoneInfo("Asia/Tokyo"))

    assert (berlin.day(EVENING), berlin.clock(EVENING)) == ("Di., 1. Dez. 2026", "19:00")
    assert (tokyo.day(EVENING), tokyo.clock(EVENING)) == ("Wed, 2 Dec 2026", "03:00")


def test_the_second_day_is_said_only_where_it_is_another() -> None:
    saying = Saying(Locale("en", "GB"), ZoneInfo("Europe/Berlin"))

    assert saying.span(EVENING, EVENING + timedelta(hours=2)) == "Tue, 1 Dec 2026, 19:00 – 21:00"
    assert saying.span(EVENING, EVENING + timedelta(hours=6)).endswith("– Wed, 2 Dec 2026, 01:00")


def test_weekdays_have_names_monday_first() -> None:
    assert list(weekday_names(Locale("en")).items())[:2] == [("MO", "Monday"), ("TU", "Tuesday")]
