"""What only hosts can do."""

import pytest

from forum.errors import Closed, Forbidden, Invalid
from forum.meetings.guest_acts import OF_GUESTS
from forum.meetings.host_acts import OF_HOSTS
from tests.builders import Community, published
from tests.forum.meetings.gathered import planned
from tests.forum.talk import heard


def test_nothing_is_both_a_guests_and_a_hosts_to_do() -> None:
    assert set(OF_GUESTS) & set(OF_HOSTS) == set()


@pytest.mark.parametrize("do", sorted(OF_HOSTS))
async def test_a_guest_who_is_no_host_does_none_of_it(community: Community, do: str) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()
    before = await meeting.held()

    with pytest.raises(Forbidden):
        await meeting.do(rowan, do, member=rowan.id, seen=0, slow_seconds="5")

    assert (await meeting.held()) == before


async def test_a_paused_meeting_is_its_hosts_and_everybody_is_told(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()
    await meeting.arrive(meeting.host)

    async with heard(community.services, meeting.place_id) as frames:
        await meeting.do(meeting.host, "pace", paused="on", slow_seconds="15")
    with pytest.raises(Closed):
        await community.say(rowan, meeting.place_id)
    published(await community.say(meeting.host, meeting.place_id))

    told = next(frame for frame in frames if frame["type"] == "room")
    assert (told["paused"], told["slow_seconds"], told["waiting_for_facilitator"]) == (True, 15, False)


@pytest.mark.parametrize("seconds", ["-1", "3601", "x", "1e3", "٣", "9" * 5000])
async def test_a_pace_that_cannot_be_changes_nothing(community: Community, seconds: str) -> None:
    meeting = await planned(community)

    with pytest.raises(Invalid):
        await meeting.do(meeting.host, "pace", slow_seconds=seconds)

    assert (await meeting.held()).place.slow_seconds == 0


async def test_words_wait_while_no_host_is_here_unless_a_host_wants_it_otherwise(
    community: Community,
) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()

    with pytest.raises(Closed):
        await community.say(rowan, meeting.place_id)
    await meeting.do(meeting.host, "pace")
    published(await community.say(rowan, meeting.place_id))
