"""What may be heard live is what may be opened as a page."""

from contextlib import suppress
from uuid import UUID, uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.live.places import find_live
from forum.spaces.tables import Audience
from tests.builders import HOLDS, Community, Member, held, published
from tests.forum.meetings.gathered import planned


async def finds(community: Community, member: Member, place_id: UUID) -> bool:
    """Return whether somebody may hear a place."""
    with suppress(NotFound):
        async with community.services.database.reading() as session:
            return (await find_live(session, place_id, member.viewer)).id == place_id
    return False


@pytest.mark.parametrize("audience", list(Audience))
async def test_rooms_and_threads_are_heard_by_whoever_may_open_their_page(
    community: Community, audience: Audience
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    space = await community.space(audience)
    room = await community.room(space=space)
    thread = published(await community.thread(linnet, space=space))

    for member in (rowan, linnet):
        for place_id, path in ((room.id, "rooms"), (thread.place_id, "threads")):
            page = await community.browser(member).get(f"/{path}/{place_id}")

            assert await finds(community, member, place_id) is (page.status_code == 200)


async def test_a_thread_whose_opening_waits_is_heard_by_its_author_alone(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    waiting = held(await community.thread(rowan, HOLDS))
    message = await community.message(waiting.message_id)

    assert await finds(community, rowan, message.place_id)
    assert not await finds(community, wren, message.place_id)


async def test_a_meeting_is_heard_by_its_guests_until_it_is_over(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan)

    during = [await finds(community, one, meeting.place_id) for one in (rowan, wren)]
    await meeting.open()
    await meeting.do(meeting.host, "end")

    assert during == [True, False]
    assert not await finds(community, meeting.host, meeting.place_id)


async def test_no_other_kind_of_place_is_heard(community: Community) -> None:
    rowan = await community.member()

    assert not await finds(community, rowan, uuid4())
