"""Whether a place takes words now: paused, closed, or in slow mode."""

import pytest

from forum.accounts.roles import Role
from forum.errors import Closed, TooManyRequests
from forum.spaces.opening import Pace, set_pace
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
