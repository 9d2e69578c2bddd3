"""Whether a place takes words now: paused, closed, or in slow mode."""

import pytest

from forum.accounts.roles import Role
from forum.errors import Closed, Forbidden, NotFound, TooManyRequests
from forum.messages.openness import MUTED, SHARING
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Guest, Place
from tests.builders import Community, published
from tests.forum.talk import hold_one


async def test_in_a_paused_room_only_facilitators_speak(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace())
    await set_pace(community.services, room.id, Pace(closed=True))

    with pytest.raises(Closed):
        await community.say(rowan, room.id)
    published(await community.say(juniper, room.id))


async def test_a_closed_thread_takes_no_reply_and_no_edit_from_anybody(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(linnet))
    await set_pace(community.services, thread.place_id, Pace(closed=True))

    with pytest.raises(Closed):
        await community.say(linnet, thread.place_id)


async def test_slow_mode_tells_how_long_to_wait_and_spares_facilitators(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(slow_seconds=30))
    for member in (rowan, juniper):
        published(await community.say(member, room.id))
    community.clock.forward(seconds=10)

    with pytest.raises(TooManyRequests) as caught:
        await community.say(rowan, room.id, "And one more thing.")
    published(await community.say(juniper, room.id, "Welcome, everybody."))
    community.clock.forward(seconds=20)
    published(await community.say(rowan, room.id, "And one more thing."))

    assert 20 <= caught.value.retry_after <= 21


async def test_slow_mode_counts_what_waits_too(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=30))
    await hold_one(community, rowan, room.id)

    with pytest.raises(TooManyRequests):
        await community.say(rowan, room.id)


async def test_in_a_meeting_guests_speak_and_others_do_not_see_it(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await community.meeting(rowan)

    published(await community.say(rowan, meeting.id))
    with pytest.raises(NotFound):
        await community.say(wren, meeting.id)


async def test_while_somebody_shares_the_others_listen_but_for_the_hosts(community: Community) -> None:
    rowan, wren, host = [await community.member(name) for name in ("Rowan", "Wren", "Juniper")]
    meeting = await community.meeting(rowan, wren, host=host)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Place, meeting.id)).speaker_id = rowan.id

    published(await community.say(rowan, meeting.id))
    published(await community.say(host, meeting.id, "Thank you, Rowan."))
    with pytest.raises(Forbidden) as caught:
        await community.say(wren, meeting.id)

    assert caught.value.words == SHARING


async def test_a_meeting_that_is_not_on_is_silent_for_its_hosts_too(community: Community) -> None:
    rowan, host = await community.member(), await community.member("Juniper")
    meeting = await community.meeting(rowan, host=host)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Place, meeting.id)).silent_since = community.clock()

    for one in (rowan, host):
        with pytest.raises(Closed):
            await community.say(one, meeting.id)


async def test_who_was_muted_by_a_host_listens(community: Community) -> None:
    rowan, host = await community.member(), await community.member("Juniper")
    meeting = await community.meeting(rowan, host=host)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Guest, (meeting.id, rowan.id))).muted = True

    with pytest.raises(Forbidden) as caught:
        await community.say(rowan, meeting.id)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Place, meeting.id)).speaker_id = rowan.id
    published(await community.say(rowan, meeting.id, "Now it is my turn."))

    assert caught.value.words == MUTED


async def test_a_paused_meeting_is_held_by_its_hosts_and_not_by_whoever_facilitates_elsewhere(
    community: Community,
) -> None:
    mentor, host = await community.member("Linnet", Role.MENTOR), await community.member("Juniper")
    meeting = await community.meeting(mentor, host=host)
    await set_pace(community.services, meeting.id, Pace(closed=True))

    published(await community.say(host, meeting.id))
    with pytest.raises(Closed):
        await community.say(mentor, meeting.id)
