"""A meeting heard live: its guests come in to how far it is, and nobody hears it once it is over."""

from forum.accounts.roles import Role
from tests.builders import HARMLESS, Community, serving
from tests.forum.live.peers import listening
from tests.forum.meetings.gathered import planned


async def test_a_guest_hears_how_far_it_is_whose_turn_it_is_and_what_is_said(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()

    async with (
        serving(community.services) as address,
        listening(address, meeting.host) as host,
        listening(address, rowan) as first,
        listening(address, wren) as second,
    ):
        state = (await host.join(meeting.place_id))["state"]
        for peer in (first, second):
            await peer.join(meeting.place_id)
        came_in = await second.until("meeting")
        await meeting.do(rowan, "raise")
        await meeting.do(meeting.host, "next", seen="")
        await first.told(meeting.place_id, HARMLESS)
        shares = await second.until("meeting", version=came_in["version"] + 2)
        line = await second.until("message")
        silent = await second.told_not(meeting.place_id, "I interrupt.")

    assert state["waiting_for_facilitator"] is False
    assert (came_in["phase"], came_in["sharing"]) == ("open", None)
    assert came_in["now"] is not None
    assert silent["reason"] == "forbidden"
    assert shares["sharing"]["member"] == line["author"] == str(rowan.id)
    assert line["seq"] > shares["sharing"]["from_seq"]


async def test_a_mentor_is_no_facilitator_of_somebody_elses_meeting_and_its_host_is(
    community: Community,
) -> None:
    mentor = await community.member("Linnet", Role.MENTOR)
    meeting = await planned(community, mentor)
    await meeting.open()

    async with (
        serving(community.services) as address,
        listening(address, mentor) as guest,
        listening(address, meeting.host) as host,
    ):
        alone = (await guest.join(meeting.place_id))["state"]["waiting_for_facilitator"]
        await host.join(meeting.place_id)
        held = (await guest.until("room"))["waiting_for_facilitator"]

    assert (alone, held) == (True, False)


async def test_strangers_and_those_who_come_too_late_hear_nothing(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, transcript="keep")
    await meeting.open()

    async with (
        serving(community.services) as address,
        listening(address, rowan) as guest,
        listening(address, wren) as stranger,
    ):
        await stranger.send(type="join", place=meeting.place_id, since=0)
        refused = await stranger.until("error")
        await guest.join(meeting.place_id)
        await meeting.do(meeting.host, "end")
        over = await guest.until("meeting", phase="closed")
        await guest.send(type="fetch", place=meeting.place_id, since=0)
        late = await guest.until("error")

    assert (refused["reason"], late["reason"]) == ("not-found", "not-found")
    assert over["transcript"] == "keep"


async def test_who_is_muted_is_told_and_who_is_sent_out_comes_back_without_it(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()

    async with serving(community.services) as address, listening(address, rowan) as guest:
        await guest.join(meeting.place_id)
        await meeting.do(meeting.host, "mute", member=rowan.id)
        muted = await guest.until("muted")
        await meeting.do(meeting.host, "remove", member=rowan.id)
        code = await guest.closing()

    assert muted == {"type": "muted", "place": str(meeting.place_id), "muted": True}
    assert code == 1012
