"""A meeting's page: the lobby, the room, and what is left when it is over, for each as they may see it."""

from datetime import timedelta

import pytest

from forum.accounts.roles import Role
from forum.meetings.tables import Phase
from forum.spaces.tables import Removal
from tests.builders import HARMLESS, Community, Member, published
from tests.forum.meetings.gathered import Planned, planned


async def page_of(meeting: Planned, member: Member, query: str = "") -> tuple[int, str]:
    """Return what a member sees at its address."""
    async with meeting.community.browser(member) as browser:
        answer = await browser.get(meeting.url + query)
    return answer.status_code, answer.text


async def test_the_lobby_tells_what_will_happen_and_who_can_be_reached(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan, transcript="guests")

    early = await page_of(meeting, rowan)
    community.clock.forward(minutes=50)
    gathering = await page_of(meeting, rowan)
    community.clock.forward(minutes=15)
    late = await page_of(meeting, rowan)
    host = await page_of(meeting, meeting.host)

    assert "People gather here from 15 minutes before." in early[1]
    assert "People gather here from" not in gathering[1]
    assert "What is said here stays readable for those who took part." in gathering[1]
    assert "Arriving" in gathering[1]
    assert "A turn is about 3 minutes." in gathering[1]
    assert "If it is too much right now" in gathering[1]
    assert "It opens as soon as a host is here." in late[1]
    assert "Who has signed up" not in late[1]
    assert "Open the room" in host[1]
    assert "Who has signed up" in host[1]


async def test_a_host_without_scripts_opens_it_by_being_there_at_the_start(community: Community) -> None:
    meeting = await planned(community)
    community.clock.now = (await meeting.held()).hours.starts_at

    before = await page_of(meeting, meeting.host)
    there = await page_of(meeting, meeting.host, "?at=1")

    assert "You are a host" in before[1]
    assert "The meeting is open." in there[1]
    assert (await meeting.held()).meeting.phase == Phase.OPEN


@pytest.mark.parametrize(("transcript", "reads"), [("drop", ""), ("keep", "hl"), ("guests", "hlr")])
async def test_once_it_is_over_it_is_read_by_those_whom_it_was_announced_for(
    community: Community, transcript: str, reads: str
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    meeting = await planned(community, rowan, wren, transcript=transcript)
    await meeting.open()
    await meeting.arrive(meeting.host)
    published(await community.say(rowan, meeting.place_id))
    await page_of(meeting, rowan)
    await meeting.do(meeting.host, "end")

    everybody = {"h": meeting.host, "l": linnet, "r": rowan, "w": wren}
    shown = {name: await page_of(meeting, one) for name, one in everybody.items()}

    assert {status for status, _ in shown.values()} == {200}
    assert all("This meeting is over." in text for _, text in shown.values())
    assert "".join(name for name, (_, text) in shown.items() if HARMLESS in text) == reads
    assert "Juniper" not in shown["w"][1] or transcript == "drop"


async def test_a_meeting_that_nobody_opened_says_so(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    community.clock.now = (await meeting.held()).hours.closes_at + timedelta(hours=1)

    assert "This meeting did not come about" in (await page_of(meeting, rowan))[1]


async def test_a_moderator_reads_along_and_has_no_composer_nor_hands(community: Community) -> None:
    linnet, meeting = await community.member("Linnet", Role.MODERATOR), await planned(community)
    await meeting.open()

    status, text = await page_of(meeting, linnet)

    assert status == 200
    assert "You can read here, but not write." in text
    assert "Raise your hand" not in text
    assert "For hosts" not in text


async def test_who_never_had_a_seat_finds_nothing_not_even_when_it_is_over(community: Community) -> None:
    wren, meeting = await community.member("Wren"), await planned(community)
    during = (await page_of(meeting, wren))[0]
    await meeting.open()
    await meeting.do(meeting.host, "end")

    assert (during, (await page_of(meeting, wren))[0]) == (404, 404)


async def test_a_stranger_who_was_sent_away_elsewhere_is_told_nothing_here(community: Community) -> None:
    wren, meeting = await community.member("Wren"), await planned(community)
    other = await planned(community, wren, host=meeting.host)
    async with community.services.database.transaction() as tx:
        tx.session.add(Removal(place_id=other.place_id, account_id=wren.id, since=community.clock()))

    assert (await page_of(meeting, wren))[0] == 404
