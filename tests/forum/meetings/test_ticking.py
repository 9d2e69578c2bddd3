"""The clock looks into meetings: any number of times, by any number of workers, and one alone fails alone."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, delete

from forum.calendar.tables import Occurrence
from forum.meetings import ticking
from forum.meetings.finding import Held
from forum.meetings.opening import keep_hours
from forum.meetings.tables import Phase
from forum.meetings.ticking import JOBS, keep_meetings_going
from forum.services import Services
from tests.builders import Community
from tests.forum.meetings.gathered import planned
from tests.forum.talk import heard


@pytest.mark.everywhere
async def test_a_meeting_is_opened_and_closed_once_by_any_number_of_workers(community: Community) -> None:
    meeting = await planned(community)
    await meeting.arrive(meeting.host)
    hours = (await meeting.held()).hours

    async with heard(community.services, meeting.place_id) as frames:
        for moment in (hours.starts_at - timedelta(minutes=20), hours.starts_at, hours.closes_at):
            community.clock.now = moment
            await asyncio.gather(*(keep_meetings_going(community.services) for _ in range(4)))

    assert [one["phase"] for one in frames if one["type"] == "meeting"] == [Phase.OPEN, Phase.CLOSED]


async def test_one_meetings_trouble_is_not_anothers(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = await planned(community)
    sound = await planned(community, host=broken.host)
    community.clock.now = (await sound.held()).hours.closes_at

    async def keep_or_fail(services: Services, held: Held) -> bool:
        if held.id == broken.place_id:
            raise OSError
        return await keep_hours(services, held)

    monkeypatch.setattr(ticking, "keep_hours", keep_or_fail)

    assert await keep_meetings_going(community.services) == 1
    assert (await sound.held()).meeting.phase == Phase.CLOSED
    assert (await broken.held()).meeting.phase == Phase.LOBBY


async def test_a_meeting_whose_date_is_gone_is_left_alone(community: Community) -> None:
    meeting = await planned(community)
    community.clock.forward(hours=9)
    async with community.services.database.transaction() as tx:
        await tx.session.exec(delete(Occurrence).where(col(Occurrence.id) == meeting.occurrence_id))

    assert await keep_meetings_going(community.services) == 0


async def test_the_work_runs_every_few_seconds(community: Community) -> None:
    await planned(community)

    assert [(job.name, job.every_seconds) for job in JOBS] == [("meetings", 5.0)]
    assert [await job.run(community.services) for job in JOBS] == [0]
