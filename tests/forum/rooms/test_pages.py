"""A room as a page with a form: it works without scripts, and gives every word back."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.rooms import reading
from forum.rooms.presence import who_is_here
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Community,
    published,
)
from tests.forum.talk import say_many


def nonce() -> str:
    """Return what a fresh form carries."""
    return str(uuid4())


async def test_two_members_talk_without_scripts(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    url = f"/rooms/{room.id}"

    async with community.browser(rowan) as first, community.browser(wren) as second:
        await first.post(f"{url}/messages", text="Good evening.", nonce=nonce())
        await second.post(f"{url}/messages", text="Good to see you.", nonce=nonce())
        shown = (await first.get(url)).text

    assert shown.index("Good evening.") < shown.index("Good to see you.")


async def test_a_held_line_is_told_and_shown_to_its_author_only(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()

    async with community.browser(rowan) as first, community.browser(wren) as second:
        answer = await first.post(f"/rooms/{room.id}/messages", text=HOLDS, nonce=nonce())
        own = (await first.get(answer.headers["location"].partition("#")[0])).text
        others = (await second.get(f"/rooms/{room.id}")).text

    assert answer.headers["location"] == f"/rooms/{room.id}?sent=held#end"
    assert HOLDS in own
    assert HOLDS not in others


async def test_a_slow_room_gives_the_line_back_in_the_form(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=30))
    published(await community.say(rowan, room.id))

    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/rooms/{room.id}/messages", text="And another thing.", nonce=nonce())

    assert answer.status_code == 429
    assert 30 <= int(answer.headers["retry-after"]) <= 31
    assert "This room is in slow mode." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "And another thing.</textarea>" in answer.text


@pytest.mark.parametrize("pace", [Pace(closed=True), Pace(needs_facilitator=True)])
async def test_a_room_that_is_shut_gives_the_line_back_on_a_page(community: Community, pace: Pace) -> None:
    rowan, room = await community.member(), await community.room()
    await set_pace(community.services, room.id, pace)

    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/rooms/{room.id}/messages", text="Hello in there.", nonce=nonce())

    assert answer.status_code == 409
    assert "Your words were not sent." in answer.text
    assert "Hello in there.</textarea>" in answer.text


async def test_a_refused_line_and_a_broken_form_lose_nothing(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with community.browser(rowan) as browser:
        long = await browser.post(f"/rooms/{room.id}/messages", text="b" * 2_001, nonce=nonce())
        broken = await browser.post(f"/rooms/{room.id}/messages", text="My words.", nonce="x")

    assert (long.status_code, broken.status_code) == (422, 400)
    assert "b" * 2_001 + "</textarea>" in long.text
    assert "My words.</textarea>" in broken.text


async def test_earlier_lines_are_a_page_away(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 4)
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 6)

    async with community.browser(rowan) as browser:
        last = (await browser.get(f"/rooms/{room.id}")).text
        earlier = (await browser.get(f"/rooms/{room.id}?before=3")).text

    assert f"/rooms/{room.id}?before=3" in last
    for number, one in enumerate(said):
        assert (f'id="m-{one.message_id}"' in last) == (number >= 2)
        assert (f'id="m-{one.message_id}"' in earlier) == (number < 2)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "9" * 5_000, "%C2%B2", "0"])
async def test_a_broken_address_shows_the_room_all_the_same(community: Community, before: str) -> None:
    rowan, room = await community.member(), await community.room()

    async with community.browser(rowan) as browser:
        answer = await browser.get(f"/rooms/{room.id}?before={before}")

    assert answer.status_code == 200


async def test_a_facilitator_holds_the_room_and_a_member_does_not(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room()
    url = f"/rooms/{room.id}/controls"

    async with community.browser(rowan) as browser:
        refused = await browser.post(url, paused="on")
    async with community.browser(juniper) as browser:
        wrong = [await browser.post(url, slow_seconds=seconds) for seconds in ("soon", "-1", "99999")]
        done = await browser.post(url, paused="on", slow_seconds="20")
        shown = (await browser.get(f"/rooms/{room.id}")).text
    async with community.browser(rowan) as browser:
        seen = (await browser.get(f"/rooms/{room.id}")).text

    assert refused.status_code == 403
    assert [answer.status_code for answer in wrong] == [422] * 3
    assert all('id="f-slow_seconds-error"' in answer.text for answer in wrong)
    assert done.status_code == 303
    assert 'value="20"' in shown
    assert "This room is paused." in seen


async def test_a_visitor_reads_a_public_room_and_is_asked_in(community: Community) -> None:
    rowan = await community.member()
    room = await community.room(space=await community.space(Audience.PUBLIC))
    published(await community.say(rowan, room.id))

    async with community.browser() as browser:
        shown = (await browser.get(f"/rooms/{room.id}")).text

    assert HARMLESS in shown
    assert "Sign in to write here" in shown


async def test_who_asks_for_new_lines_without_scripts_is_here_for_a_while(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    url = f"/rooms/{room.id}"

    async with community.browser(rowan) as browser:
        await browser.get(url)
        only_opened = await who_is_here(community.services, room.id)
        await browser.get(f"{url}?at=1a2b3c4d")
        await browser.post(f"{url}/messages", text=HARMLESS, nonce=nonce())
        asked = await who_is_here(community.services, room.id)

    assert (only_opened.count, asked.count) == (0, 1)


async def test_a_facilitator_without_scripts_opens_a_room_that_waits_for_one(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(needs_facilitator=True))
    url = f"/rooms/{room.id}"

    async with community.browser(rowan) as member, community.browser(juniper) as facilitator:
        before = await member.post(f"{url}/messages", text=HARMLESS, nonce=nonce())
        await facilitator.get(f"{url}?at=1a2b3c4d")
        after = await member.post(f"{url}/messages", text=HARMLESS, nonce=nonce())

    assert (before.status_code, after.status_code) == (409, 303)


async def test_a_hidden_room_has_nobody_to_count(community: Community) -> None:
    rowan = await community.member()
    hidden = await community.room(space=await community.space(Audience.TEAM))

    async with community.browser(rowan) as browser:
        answer = await browser.get(f"/rooms/{hidden.id}?at=1a2b3c4d")

    assert answer.status_code == 404
    assert (await who_is_here(community.services, hidden.id)).count == 0


async def test_a_line_is_asked_about_first_and_a_moderator_may_be_asked_to_read_it(
    community: Community,
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    url, fields = f"/rooms/{room.id}/messages", {"text": GIVES_AWAY, "nonce": nonce()}

    async with community.browser(rowan) as first, community.browser(wren) as second:
        asked = await first.post(url, **fields)
        waits = await first.post(url, **fields, choice="ask")
        masked = await first.post(url, text=GIVES_AWAY, nonce=nonce(), choice="masked")
        shown = (await second.get(f"/rooms/{room.id}")).text

    assert (asked.status_code, masked.status_code) == (422, 303)
    assert f"{GIVES_AWAY}</textarea>" in asked.text
    assert waits.headers["location"] == f"/rooms/{room.id}?sent=held#end"
    assert GIVES_AWAY_MASKED in shown
    assert EMAIL not in shown


async def test_words_of_danger_lead_to_people_to_reach(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with community.browser(rowan) as browser:
        sent = await browser.post(f"/rooms/{room.id}/messages", text=IN_DANGER, nonce=nonce())
        shown = (await browser.get(sent.headers["location"].partition("#")[0])).text

    assert sent.headers["location"] == f"/rooms/{room.id}?sent=care"
    assert "More people you can reach now" in shown
