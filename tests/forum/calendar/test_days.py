"""Claims about days: each date stands in one of them, by the reader's clock, and none is lost."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from forum.calendar.days import Spread, by_day, days_seen, today_of
from forum.calendar.entries import Reader
from forum.calendar.listing import cards_from
from forum.calendar.looking import Looking, View, begins, week_of
from forum.language import Language
from forum.messages.tables import Message, State
from tests.builders import Community, Prepared, opened_community
from tests.forum.calendar.planned import plan

ENGLISH = Language.load("en")
LOOKING = Looking(View.WEEK)
ZONES = st.sampled_from(
    ["UTC", "Europe/Dublin", "America/Havana", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe"]
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=ZONES,
    first=st.sampled_from([date(2026, 3, 23), date(2026, 10, 26), date(2026, 11, 23)]),
    hours=st.lists(st.integers(-30, 24 * 9), min_size=1, max_size=12, unique=True),
)
async def test_the_days_of_a_week_hold_each_of_its_dates_once(
    empty: Prepared, tmp_path: Path, zone: str, first: date, hours: list[int]
) -> None:
    reader, week = Reader(zone, ENGLISH), week_of(first, 0)
    start = datetime.combine(first, datetime.min.time(), UTC)
    async with opened_community(empty, tmp_path) as community:
        rowan = await community.member()
        planned = await plan(community, *[start + timedelta(hours=hour) for hour in hours])
        async with community.services.database.reading() as session:
            days = await days_seen(session, rowan.viewer, reader, LOOKING, Spread(week, 50))

    after = week[-1] + timedelta(days=1)
    wanted = {
        one.id: reader.local(one.starts_at).date()
        for one in planned.dates
        if begins(week[0], zone) <= one.starts_at < begins(after, zone)
    }
    assert {entry.id: day.date for day in days for entry in day.entries} == wanted
    assert [day.date for day in days] == week


async def test_of_a_full_day_the_first_are_listed_and_the_rest_counted(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, *[now + timedelta(minutes=number) for number in range(5)])
    reader, today = Reader("UTC", ENGLISH), now.date()

    async with community.services.database.reading() as session:
        (day,) = await days_seen(session, rowan.viewer, reader, LOOKING, Spread([today], 3))

    assert [entry.id for entry in day.entries] == [one.id for one in planned.dates[:3]]
    assert (day.more, day.stamp, day.said) == (2, "2026-11-22", "Sunday, November 22, 2026")


@pytest.mark.parametrize(("zone", "days"), [("UTC", [2, 1]), ("Asia/Tokyo", [1, 2])])
async def test_a_list_is_parted_by_the_readers_days(community: Community, zone: str, days: list[int]) -> None:
    rowan, now = await community.member(), community.clock().replace(hour=14)
    await plan(community, now, now + timedelta(hours=3), now + timedelta(hours=12))

    async with community.services.database.reading() as session:
        cards = await cards_from(session, rowan.viewer, now, LOOKING, 10)
    parted = by_day(cards, Reader(zone, ENGLISH))

    assert [len(day.entries) for day in parted] == days


def test_today_is_what_the_readers_calendar_shows() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert today_of(late, Reader("UTC", ENGLISH)) == date(2026, 11, 22)
    assert today_of(late, Reader("Asia/Tokyo", ENGLISH)) == date(2026, 11, 23)


async def test_words_that_were_taken_down_are_on_no_day(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    gone, kept = await plan(community, now, title="Gone"), await plan(community, now, title="Kept")
    async with community.services.database.transaction() as tx:
        here = select(Message).where(Message.place_id == gone.gathering.place_id)
        for message in (await tx.session.exec(here)).all():
            message.state = State.REMOVED

    async with community.services.database.reading() as session:
        spread = Spread([now.date()], 3)
        (day,) = await days_seen(session, rowan.viewer, Reader("UTC", ENGLISH), LOOKING, spread)

    assert ([entry.id for entry in day.entries], day.more) == ([kept.id], 0)
