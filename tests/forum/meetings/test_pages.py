"""The addresses of a meeting: by forms alone, for guests, hosts, and nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.meetings.guest_acts import OF_GUESTS
from forum.meetings.host_acts import OF_HOSTS
from forum.rooms.presence import who_is_here
from tests.builders import HARMLESS, HOLDS, Community
from tests.forum.meetings.gathered import planned

GUESTS = sorted(OF_GUESTS)
HOSTS = sorted(OF_HOSTS)


async def test_who_is_no_guest_finds_nothing_and_who_is_no_host_cannot_hold(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MENTOR)
    meeting = await planned(community, rowan, takes_questions=True)
    await meeting.open()
    fields = {"member": str(rowan.id), "seen": "0", "question": str(uuid4()), "word": "heard"}

    async with community.browser(rowan) as guest, community.browser(wren) as stranger:
        told = [(await guest.post(f"{meeting.url}/part", do=do, **fields)).status_code for do in HOSTS]
        unseen = [
            (await stranger.post(f"{meeting.url}/part", do=do, **fields)).status_code
            for do in (*GUESTS, *HOSTS)
        ]
        looked = [(await stranger.get(f"{meeting.url}{part}")).status_code for part in ("", "/roster")]
        roster = (await guest.get(f"{meeting.url}/roster")).status_code

    assert told == [403] * len(HOSTS)
    assert unseen == [404] * len([*GUESTS, *HOSTS])
    assert (looked, roster) == ([404, 404], 403)


async def test_two_guests_talk_and_take_turns_without_scripts(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()

    async with (
        community.browser(meeting.host) as host,
        community.browser(rowan) as first,
        community.browser(wren) as second,
    ):
        await host.get(f"{meeting.url}?at=1")
        said = await first.post(f"{meeting.url}/messages", text=HARMLESS, nonce=str(uuid4()))
        for browser in (first, second):
            await browser.post(f"{meeting.url}/part", do="raise")
        waits = (await second.get(meeting.url)).text
        await host.post(f"{meeting.url}/part", do="next", seen="")
        shares = await first.post(f"{meeting.url}/messages", text="I share this.", nonce=str(uuid4()))
        kept = await second.post(f"{meeting.url}/messages", text="I interrupt.", nonce=str(uuid4()))
        listens = (await second.get(meeting.url)).text

    assert (said.status_code, shares.status_code, kept.status_code) == (303, 303, 403)
    assert "<strong data-number-of-mine>2</strong>" in waits
    assert "I interrupt." in kept.text
    assert "Sharing now:" in listens
    assert "everybody else listens. Your words are kept" in listens
    assert 'class="line published same shared"' in listens
    assert listens.count(' shared"') == 1


@pytest.mark.parametrize("do", ["", "x", "__class__"])
async def test_what_is_no_act_is_not_done(community: Community, do: str) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)

    async with community.browser(rowan) as browser:
        answer = await browser.post(f"{meeting.url}/part", do=do)

    assert answer.status_code == 400


async def test_scripts_are_answered_without_a_page(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()

    async with community.browser(rowan) as browser:
        browser.client.headers["accept"] = "application/json"
        done = await browser.post(f"{meeting.url}/part", do="raise")
        refused = await browser.post(f"{meeting.url}/part", do="end")

    assert (done.status_code, refused.status_code) == (204, 403)
    assert refused.json() == {"words": "You cannot do this here."}


async def test_a_held_line_and_a_broken_form_lose_nothing(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()

    async with community.browser(meeting.host) as host, community.browser(rowan) as browser:
        await host.get(f"{meeting.url}?at=1")
        waits = await browser.post(f"{meeting.url}/messages", text=HOLDS, nonce=str(uuid4()))
        own = (await browser.get(meeting.url)).text
        broken = await browser.post(f"{meeting.url}/messages", text="My words.", nonce="x")
        others = (await host.get(meeting.url)).text

    assert waits.headers["location"] == f"{meeting.url}?sent=held#end"
    assert HOLDS in own
    assert HOLDS not in others
    assert (broken.status_code, "My words." in broken.text) == (400, True)


async def test_a_wrong_pace_is_told_at_its_field(community: Community) -> None:
    meeting = await planned(community)
    await meeting.open()

    async with community.browser(meeting.host) as host:
        wrong = [
            await host.post(f"{meeting.url}/part", do="pace", slow_seconds=seconds)
            for seconds in ("soon", "-1", "99999", "9" * 5000)
        ]
        done = await host.post(f"{meeting.url}/part", do="pace", slow_seconds="20", paused="on")

    assert [(one.status_code, 'id="f-slow_seconds-error"' in one.text) for one in wrong] == [(422, True)] * 4
    assert done.status_code == 303
    assert ((await meeting.held()).place.slow_seconds, (await meeting.held()).place.closed) == (20, True)


async def test_in_the_lobby_who_asks_is_counted_and_a_visitor_is_sent_to_the_door(
    community: Community,
) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    community.clock.now = (await meeting.held()).hours.starts_at - timedelta(minutes=10)

    async with community.browser(rowan) as browser, community.browser() as visitor:
        shown = (await browser.get(f"{meeting.url}?at=1")).text
        turned_away = await visitor.get(meeting.url)

    assert "It begins at" in shown
    assert (await who_is_here(community.services, meeting.place_id)).count == 1
    assert turned_away.status_code == 303
