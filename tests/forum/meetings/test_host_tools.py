"""What hosts can do about one guest, and what that guest notices."""

import pytest

from forum.broadcasts import account_topic, ended_topic
from forum.errors import Forbidden, NotFound
from forum.messages.openness import MUTED
from tests.builders import Community, published
from tests.forum.meetings.gathered import planned
from tests.forum.talk import heard


async def test_a_muted_guest_listens_is_told_alone_and_can_raise_a_hand(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()
    await meeting.arrive(meeting.host)

    async with (
        heard(community.services, account_topic(rowan.id)) as own,
        heard(community.services, meeting.place_id) as everybody,
    ):
        for do in ("mute", "mute", "unmute", "mute"):
            await meeting.do(meeting.host, do, member=rowan.id)
    with pytest.raises(Forbidden) as caught:
        await community.say(rowan, meeting.place_id)
    await meeting.do(rowan, "raise")

    assert caught.value.words == MUTED
    assert [frame["muted"] for frame in own] == [True, False, True]
    assert everybody == []
    assert await meeting.turns() == [("Rowan", "waiting")]


async def test_who_was_asked_to_leave_is_told_kindly_and_can_be_let_back_in(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()
    await meeting.arrive(meeting.host)
    await meeting.do(rowan, "raise")

    async with heard(community.services, ended_topic(rowan.id)) as ended:
        await meeting.do(meeting.host, "remove", member=rowan.id)
    async with community.browser(rowan) as browser:
        told = await browser.get(meeting.url)
        tried = await browser.post(f"{meeting.url}/part", do="raise")
    out = await meeting.turns()
    await meeting.do(meeting.host, "let-back", member=rowan.id)
    published(await community.say(rowan, meeting.place_id))

    assert ended == [{"removed": str(meeting.place_id)}]
    assert (told.status_code, "A host has asked you to leave this meeting." in told.text) == (403, True)
    assert (tried.status_code, out) == (404, [])


async def test_hosts_do_not_send_each_other_away_and_strangers_are_nobodys_guests(
    community: Community,
) -> None:
    wren, meeting = await community.member("Wren"), await planned(community)

    for do in ("mute", "remove"):
        with pytest.raises(Forbidden):
            await meeting.do(meeting.host, do, member=meeting.host.id)
        with pytest.raises(NotFound):
            await meeting.do(meeting.host, do, member=wren.id)
        with pytest.raises(NotFound):
            await meeting.do(meeting.host, do, member="x")


async def test_who_opens_the_page_of_an_open_meeting_came_and_hosts_note_who_was_there_in_person(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    async with community.browser(rowan) as browser:
        await browser.get(meeting.url)
        in_the_lobby = await meeting.seat(rowan)
        await meeting.open()
        await browser.get(meeting.url)
        first = await meeting.seat(rowan)
        community.clock.forward(minutes=5)
        await browser.get(meeting.url)

    await meeting.do(meeting.host, "came", member=wren.id)
    noted = await meeting.seat(wren)
    await meeting.do(meeting.host, "not-came", member=wren.id)

    assert in_the_lobby is not None
    assert in_the_lobby.came_at is None
    assert first is not None
    assert first == await meeting.seat(rowan)
    assert first.came_at is not None
    assert noted is not None
    assert noted.came_at == community.clock()
    assert (await meeting.seat(wren)) is not None
    with pytest.raises(NotFound):
        await meeting.do(meeting.host, "came", member=meeting.host.id)
