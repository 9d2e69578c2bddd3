"""Attendance by date: everybody who signed up is counted in one way, and only what took place."""

from datetime import timedelta

import pytest

from forum.calendar.kinds import Kind
from forum.calendar.tables import Coming, Stage
from forum.numbers.attending import CAME, HAD_SEAT, LEFT_WAITING, SIGNED_UP, dates_held, titles_of
from tests.forum.feedback.evenings import TITLE, Evening, Said, evening, sign_up
from tests.forum.numbers.seasons import Season

DAY = timedelta(days=1)


@pytest.mark.everywhere
async def test_each_is_counted_once_and_who_said_no_is_not(season: Season) -> None:
    community, now = season.community, season.community.clock()
    date = await season.hold(now - DAY, Kind.GAMES, came=2, absent=3, waited=1, maybe=2)
    came_with_maybe, said_no = season.members[9:11]
    await sign_up(community, date, came_with_maybe, Said(Coming.MAYBE, came=True))
    await sign_up(community, date, said_no, Said(Coming.NO))
    empty = await season.hold(now - DAY / 2, Kind.SOCIAL)

    async with community.services.database.reading() as session:
        held = await dates_held(session, now, now - 2 * DAY, now)
        titles = await titles_of(session, held)

    assert [one.id for one in held] == [date.id, empty.id]
    assert [held[0].count(ways) for ways in (SIGNED_UP, HAD_SEAT, CAME, LEFT_WAITING)] == [9, 6, 3, 1]
    assert (held[1].count(), held[1].kind) == (0, "social")
    assert set(titles.values()) == {TITLE}


async def test_what_was_cancelled_is_a_draft_or_is_not_over_is_left_out(season: Season) -> None:
    community, now = season.community, season.community.clock()
    for wanted in (
        Evening(cancelled=True),
        Evening(stage=Stage.CANCELLED),
        Evening(stage=Stage.DRAFT),
        Evening(ago=timedelta(minutes=59)),
        Evening(ago=-DAY),
        Evening(ago=3 * DAY),
    ):
        await evening(community, season.manager, wanted=wanted)
    kept = await evening(community, season.manager, wanted=Evening(ago=timedelta(minutes=60)))

    async with community.services.database.reading() as session:
        held = await dates_held(session, now, now - 2 * DAY, now + 2 * DAY)

    assert [one.id for one in held] == [kept.id]


async def test_of_no_dates_there_are_no_titles(season: Season) -> None:
    async with season.community.services.database.reading() as session:
        assert await titles_of(session, []) == {}
