"""A meeting opens with a host, takes as long as it takes, and is over for good."""

from datetime import timedelta

import pytest

from forum.accounts.roles import Role
from forum.calendar.tables import Gathering
from forum.errors import Closed, Conflict, Forbidden
from forum.meetings.opening import keep_hours
from forum.meetings.tables import Phase
from tests.builders import Community, Member, published
from tests.forum.meetings.gathered import Planned, planned


async def at(meeting: Planned, **after_the_start: float) -> Phase:
    """Let it be so long after the start, and the clock be asked; return how far the meeting is then."""
    held = await meeting.held()
    meeting.community.clock.now = held.hours.starts_at + timedelta(**after_the_start)
    await keep_hours(meeting.community.services, held)
    return Phase((await meeting.held()).meeting.phase)


async def test_it_opens_by_itself_at_the_start_if_a_host_is_here(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.arrive(meeting.host, rowan)

    phases = [await at(meeting, minutes=-1), await at(meeting, minutes=0)]

    assert phases == [Phase.LOBBY, Phase.OPEN]
    published(await community.say(rowan, meeting.place_id))


async def test_without_a_host_it_stays_a_lobby_whoever_facilitates_elsewhere(community: Community) -> None:
    mentor = await community.member("Linnet", Role.MENTOR)
    meeting = await planned(community, mentor)
    await meeting.arrive(mentor)

    phases = [await at(meeting, minutes=10), await at(meeting, minutes=74), await at(meeting, minutes=75)]

    assert phases == [Phase.LOBBY, Phase.LOBBY, Phase.CLOSED]
    with pytest.raises(Closed):
        await community.say(mentor, meeting.place_id)


async def test_nobody_speaks_before_it_opens_nor_once_it_is_over_not_even_a_host(
    community: Community,
) -> None:
    meeting = await planned(community)
    await meeting.arrive(meeting.host)

    with pytest.raises(Closed):
        await community.say(meeting.host, meeting.place_id)
    await at(meeting, minutes=0)
    published(await community.say(meeting.host, meeting.place_id))
    await at(meeting, minutes=75)
    with pytest.raises(Closed):
        await community.say(meeting.host, meeting.place_id)


async def test_a_host_opens_it_a_quarter_of_an_hour_early_and_no_earlier(community: Community) -> None:
    meeting = await planned(community)
    await at(meeting, minutes=-16)

    with pytest.raises(Conflict):
        await meeting.do(meeting.host, "open")
    await at(meeting, minutes=-15)
    await meeting.do(meeting.host, "open")

    assert (await meeting.held()).meeting.phase == Phase.OPEN


async def test_hosts_make_it_longer_by_an_hour_at_most(community: Community) -> None:
    meeting = await planned(community)
    await meeting.open()
    for _ in range(4):
        await meeting.do(meeting.host, "prolong")

    with pytest.raises(Conflict):
        await meeting.do(meeting.host, "prolong")

    assert await at(meeting, minutes=134) == Phase.OPEN
    assert await at(meeting, minutes=135) == Phase.CLOSED


async def test_a_lobby_cannot_be_ended_by_its_hosts(community: Community) -> None:
    meeting = await planned(community)

    with pytest.raises(Forbidden):
        await meeting.do(meeting.host, "end")


async def test_what_becomes_of_the_words_is_fixed_when_it_opens(community: Community) -> None:
    meeting = await planned(community, transcript="drop")
    await meeting.open()
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Gathering, meeting.gathering_id)).transcript = "keep"

    assert (await meeting.held()).transcript == "drop"


@pytest.mark.parametrize(
    ("transcript", "read"),
    [("drop", {"Rowan": True, "Wren": True}), ("keep", {}), ("guests", {"Rowan": True})],
)
async def test_once_it_is_over_only_those_are_guests_whom_the_words_are_for(
    community: Community, transcript: str, read: dict[str, bool]
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren, transcript=transcript)
    await meeting.open()
    await came(meeting, rowan)

    await meeting.do(meeting.host, "end")

    guests = {one.viewer.handle: True for one in (rowan, wren) if await meeting.guest(one) is not None}
    assert guests == read
    assert await meeting.guest(meeting.host) is not None


async def came(meeting: Planned, member: Member) -> None:
    """Let a guest open the page of a meeting that is open."""
    async with meeting.community.browser(member) as browser:
        await browser.get(meeting.url)


async def test_two_hosts_at_once_go_one_step_and_nobody_goes_beyond_the_last(community: Community) -> None:
    meeting = await planned(community)
    await meeting.open()

    for seen in (0, 0, 1, 2, 2, 7, "x", "9" * 5000):
        await meeting.do(meeting.host, "step", seen=seen)

    held = await meeting.held()
    assert held.meeting.step == 2
    assert held.step_ends_at is None


async def test_what_is_in_person_has_no_room_to_open_and_is_over_all_the_same(community: Community) -> None:
    meeting = await planned(community, format="place")
    await meeting.arrive(meeting.host)

    phases = [await at(meeting, minutes=0), await at(meeting, minutes=75)]

    assert phases == [Phase.LOBBY, Phase.CLOSED]
    async with community.browser(meeting.host) as browser:
        assert "This meeting is over." in (await browser.get(meeting.url)).text


async def test_nobody_opens_what_is_in_person(community: Community) -> None:
    meeting = await planned(community, format="place")
    await at(meeting, minutes=0)

    with pytest.raises(Conflict):
        await meeting.do(meeting.host, "open")
    async with community.browser(meeting.host) as browser:
        assert "This one is in person." in (await browser.get(meeting.url)).text


async def test_closing_and_opening_again_change_nothing(community: Community) -> None:
    meeting = await planned(community)
    await meeting.open()
    await meeting.do(meeting.host, "end")
    first = (await meeting.held()).meeting

    for do in ("end", "open", "prolong", "step", "raise"):
        await meeting.do(meeting.host, do, seen=0)
    await keep_hours(community.services, await meeting.held())

    assert (await meeting.held()).meeting == first
