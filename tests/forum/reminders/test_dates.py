"""Claims about what a reminder is about: as it is now, not as it was planned."""

from datetime import timedelta

import pytest
from sqlmodel import update

from forum.calendar.tables import Stage
from forum.mailing.tables import Outgoing
from forum.messages.leaves import current_in
from forum.messages.tables import Message, State
from forum.notifications.noticing import CANCELLED
from forum.reminders.dates import Told, still
from tests.builders import Community
from tests.forum.reminders.gathered import Planned, change, coming, outbox, plan


async def about(community: Community, row: Outgoing) -> Told | None:
    """Return what the row is about now."""
    async with community.services.database.reading() as session:
        return await still(session, row)


async def reminded(community: Community) -> tuple[Planned, Outgoing]:
    """Let somebody have signed up; the row is their first reminder."""
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    return planned, (await outbox(community))[0]


@pytest.mark.everywhere
async def test_a_reminder_is_about_its_date_and_the_gatherings_words(community: Community) -> None:
    planned, row = await reminded(community)

    told = await about(community, row)

    assert told is not None
    assert told.date.id == planned.date.id
    async with community.services.database.reading() as session:
        words = await current_in(session, planned.gathering.place_id)
    assert words is not None
    assert told.message_id == words.id


async def test_what_has_moved_needs_no_reminder_of_its_old_time(community: Community) -> None:
    planned, row = await reminded(community)
    await change(community, planned.date, starts_at=planned.date.starts_at + timedelta(hours=1))

    assert await about(community, row) is None


@pytest.mark.parametrize("reply", ["no", "waits"])
async def test_who_does_not_come_any_more_needs_none(community: Community, reply: str) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    row = (await outbox(community))[0]
    await coming(community, rowan, planned.date, *(("no", None) if reply == "no" else ("yes", 4)))

    assert await about(community, row) is None


async def test_what_is_cancelled_is_told_of_as_cancelled_alone(community: Community) -> None:
    planned, row = await reminded(community)
    await change(community, planned.gathering, stage=Stage.CANCELLED)

    assert await about(community, row) is None
    row.kind = CANCELLED
    assert await about(community, row) is not None


async def test_a_gathering_without_words_is_not_spoken_of(community: Community) -> None:
    _, row = await reminded(community)
    async with community.services.database.transaction() as tx:
        await tx.session.exec(update(Message).values(state=State.WITHDRAWN))

    assert await about(community, row) is None


async def test_a_draft_is_not_spoken_of(community: Community) -> None:
    planned, row = await reminded(community)
    await change(community, planned.gathering, stage=Stage.DRAFT)

    assert await about(community, row) is None
