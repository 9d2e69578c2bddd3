"""The demo's days: the weekday that is meant, the hour of the zone's clocks, and rules that end."""

from datetime import UTC, date, datetime

from dateutil.rrule import rrulestr

from forum.demo.gathering_days import days_of, local_of, rule_of, starts_of
from forum.demo.gatherings_story import GATHERINGS, When

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_the_first_date_is_the_first_such_weekday_from_then_on() -> None:
    assert days_of(When(0, "19:30", weekday=6), SUNDAY) == [date(2026, 11, 22)]
    assert days_of(When(0, "19:30", weekday=1, every=7, times=2), SUNDAY) == [
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]


def test_it_stays_at_its_hour_across_the_change_of_the_clocks() -> None:
    when = When(-35, "19:30", weekday=6, every=7, times=2)
    summer, winter = [starts_of(when, day) for day in days_of(when, SUNDAY)]

    assert (summer.hour, winter.hour) == (18, 19)
    assert local_of(when, date(2026, 10, 25)) == "2026-10-25T19:30"


def test_every_rule_gives_the_days_that_the_demo_has() -> None:
    for story in GATHERINGS:
        days = days_of(story.when, SUNDAY)
        rule = rule_of(story.when)
        start = datetime.combine(days[0], datetime.min.time())

        assert ([one.date() for one in rrulestr(rule, dtstart=start)] if rule else [days[0]]) == days
