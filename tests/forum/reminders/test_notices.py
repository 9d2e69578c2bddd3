"""Claims about notices that are due: each is about what is so now, or is not written."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.calendar.tables import Gathering
from forum.mailing.tables import Channel, Outgoing
from forum.messages.leaves import current_in
from forum.messages.tables import Message
from forum.messages.withdrawing import take_down
from forum.notifications.noticing import ASKED, SOON, THANKED
from forum.notifications.tables import Notice
from forum.reminders.notices import NOTICES
from tests.builders import Community, Member, published
from tests.forum.feedback.evenings import Evening, evening, manager_of, sign_up
from tests.forum.reminders.gathered import coming, outbox, plan


def row(kind: str, member: Member, about: object, community: Community) -> Outgoing:
    """Return a row of the outbox that is due."""
    return Outgoing.model_validate(
        {
            "key": f"{kind}:{about}",
            "account_id": member.id,
            "channel": Channel.PAGE,
            "kind": kind,
            "about_id": about,
            "due_at": community.clock(),
        }
    )


async def written(community: Community, due: Outgoing) -> Notice | None:
    """Return what becomes of the row."""
    async with community.services.database.reading() as session:
        return await NOTICES[due.kind](session, due)


@pytest.mark.everywhere
async def test_a_reminder_becomes_a_notice_of_its_date(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    [first, _] = await outbox(community)

    notice = await written(community, first)

    assert notice is not None
    assert (notice.kind, notice.account_id, notice.at) == (SOON, rowan.id, first.due_at)
    assert notice.occurrence_id == planned.date.id


@pytest.mark.everywhere
async def test_asking_is_about_the_gatherings_words_and_stops_where_there_are_none(
    community: Community,
) -> None:
    rowan, manager = await community.member(), await manager_of(community)
    date = await evening(community, manager)
    await sign_up(community, date, rowan.id)
    asked = row(ASKED, rowan, date.id, community)
    notice = await written(community, asked)
    async with community.services.database.reading() as session:
        gathering = await session.get_one(Gathering, date.gathering_id)
        words = await current_in(session, gathering.place_id)
    assert words is not None

    async with community.services.database.transaction() as tx:
        await take_down(tx, await tx.session.get_one(Message, words.id), community.clock())

    assert notice is not None
    assert (notice.message_id, notice.occurrence_id) == (words.id, date.id)
    assert await written(community, asked) is None


async def test_who_was_no_guest_and_who_comes_only_later_is_not_asked(community: Community) -> None:
    rowan, manager = await community.member(), await manager_of(community)
    date = await evening(community, manager)
    moved_on = await evening(community, manager, wanted=Evening(ago=timedelta(hours=-3)))
    await sign_up(community, moved_on, rowan.id)

    for one in (date.id, moved_on.id, uuid4()):
        assert await written(community, row(ASKED, rowan, one, community)) is None


async def test_words_that_are_no_thanks_or_are_thanks_to_others_are_not_told_of(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))

    for one in (said.message_id, uuid4()):
        assert await written(community, row(THANKED, rowan, one, community)) is None


@pytest.mark.parametrize("kind", [SOON, ASKED, THANKED])
async def test_a_row_about_nothing_holds_up_nobody(community: Community, kind: str) -> None:
    rowan = await community.member()

    assert await written(community, row(kind, rowan, None, community)) is None
