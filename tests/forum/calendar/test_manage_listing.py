"""Claims about the list: each gathering is in one of four, the next one first, with its words' state."""

from datetime import timedelta

import pytest

from forum.calendar.manage_listing import Lines, list_gatherings
from forum.messages.tables import State
from tests.builders import HOLDS, Community
from tests.forum.calendar.gatherings import FOUR_TUESDAYS, WEEKLY, Calendar

pytestmark = pytest.mark.everywhere


async def listed(calendar: Calendar) -> Lines:
    async with calendar.services.database.reading() as session:
        return await list_gatherings(session, calendar.services.clock())


async def test_each_is_in_one_list(community: Community) -> None:
    calendar = await Calendar.of(community)
    await calendar.weekly(title="Later", date="2026-12-08")
    await calendar.weekly(title="Sooner")
    await calendar.gathering(True, title="Draft")
    await calendar.gathering(title="Waits", text=HOLDS)
    await calendar.gathering(title="Soon over", date="2026-11-23")

    lines = await listed(calendar.at(FOUR_TUESDAYS[0] - timedelta(days=1)))

    def titles(name: str) -> list[str]:
        return [one.title for one in getattr(lines, name)]

    assert titles("upcoming") == ["Sooner", "Later"]
    assert (titles("drafts"), titles("waiting"), titles("past")) == (["Draft"], ["Waits"], ["Soon over"])
    assert lines.waiting[0].state == State.HELD


async def test_what_is_to_come_is_counted_and_what_is_off_is_not(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    dates = await calendar.dates(gathering_id)
    for one in dates[1:3]:
        await calendar.sign_up(one, rowan)
    await calendar.alter(gathering_id, **(WEEKLY | {"except": "2026-12-15"}))

    (line,) = (await listed(calendar.at(dates[0].ends_at))).upcoming

    assert (line.dates, line.coming, line.next_at) == (2, 1, FOUR_TUESDAYS[1])
    assert line.space == calendar.space.name
