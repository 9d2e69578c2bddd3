"""A meeting is found with its date by its guests and by moderators, who only look."""

import pytest

from forum.accounts.roles import Role
from forum.errors import Forbidden, NotFound
from forum.meetings.finding import check_guest, find_meeting, is_on, locked
from tests.builders import Community
from tests.forum.meetings.gathered import planned


async def test_guests_and_moderators_find_it_and_nobody_else(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MANAGER)
    linnet = await community.member("Linnet", Role.MODERATOR)
    meeting = await planned(community, rowan)

    async with community.services.database.reading() as session:
        found = [(await find_meeting(session, meeting.place_id, one.viewer)).id for one in (rowan, linnet)]
        with pytest.raises(NotFound):
            await find_meeting(session, meeting.place_id, wren.viewer)

    assert found == [meeting.place_id] * 2


async def test_a_room_is_no_meeting(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with community.services.database.reading() as session:
        with pytest.raises(NotFound):
            await find_meeting(session, room.id, rowan.viewer)


@pytest.mark.everywhere
async def test_a_moderator_who_is_no_guest_changes_nothing_and_what_is_not_there_is_not_found(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    meeting = await planned(community)

    async with community.services.database.transaction() as tx:
        with pytest.raises(Forbidden):
            await check_guest(tx, await meeting.held(), linnet.viewer)
        with pytest.raises(NotFound):
            await locked(tx, meeting.occurrence_id)


async def test_it_is_on_until_it_is_over(community: Community) -> None:
    meeting = await planned(community)
    await meeting.open()
    async with community.services.database.reading() as session:
        before = await is_on(session, meeting.place_id)
    await meeting.do(meeting.host, "end")

    async with community.services.database.reading() as session:
        assert (before, await is_on(session, meeting.place_id)) == (True, False)
