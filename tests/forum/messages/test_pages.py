"""The pages of one message: they lead to it, edit it, withdraw it, and lose nothing that was typed."""

from uuid import UUID, uuid4

import pytest

from forum.accounts.roles import Role
from forum.messages.tables import State
from forum.rooms import reading as rooms
from forum.spaces.opening import Pace, set_pace
from forum.threads import everybody as threads
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Browser,
    Community,
    Member,
    published,
)
from tests.forum.talk import edited, hold_one, say_many


async def change(
    browser: Browser,
    community: Community,
    message_id: UUID,
    text: str,
    **more: str,
) -> tuple[int, str]:
    """Send the form for editing; return the status and the page or the address."""
    row = await community.message(message_id)
    fields = {"text": text, "title": row.title, "version": str(row.version), "nonce": str(uuid4())} | more
    answer = await browser.post(f"/messages/{message_id}/edit", **fields)
    return answer.status_code, answer.headers.get("location", answer.text)


async def in_a_room(community: Community) -> tuple[Member, UUID, UUID]:
    """Let a member say something in a room."""
    rowan, room = await community.member(), await community.room()
    return rowan, room.id, published(await community.say(rowan, room.id)).message_id


async def test_an_edit_leads_back_to_the_message(community: Community) -> None:
    rowan, room_id, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        status, where = await change(browser, community, message_id, "Good evening.")
        shown = (await browser.get(where.partition("#")[0])).text

    assert status == 303
    assert where == f"/rooms/{room_id}?before=2#m-{message_id}"
    assert "Good evening." in shown


async def test_a_held_edit_says_so_and_shows_the_old_words(community: Community) -> None:
    rowan, _, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        _, where = await change(browser, community, message_id, HOLDS)
        shown = (await browser.get(where.partition("#")[0])).text

    assert "sent=edit-held" in where
    assert "Your edit is waiting for a person." in shown
    assert HARMLESS in shown


async def test_an_edit_of_an_older_version_comes_back_with_every_typed_word(community: Community) -> None:
    rowan, _, message_id = await in_a_room(community)
    old = (await community.message(message_id)).version
    await edited(community, rowan, message_id, "Changed on my phone.")

    async with community.browser(rowan) as browser:
        status, shown = await change(
            browser, community, message_id, "Typed on my computer.", version=str(old)
        )

    assert status == 409
    assert "This message has changed since you opened it." in shown
    assert "Typed on my computer.</textarea>" in shown


async def test_a_refused_edit_comes_back_in_its_form(community: Community) -> None:
    rowan, _, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        status, shown = await change(browser, community, message_id, "word " * 500)

    assert status == 422
    assert "It is longer than fits here." in shown
    assert shown.count("word ") >= 500


async def test_an_edit_in_a_closed_place_keeps_the_words(community: Community) -> None:
    rowan, room_id, message_id = await in_a_room(community)
    await set_pace(community.services, room_id, Pace(closed=True))

    async with community.browser(rowan) as browser:
        status, shown = await change(browser, community, message_id, "Too late for this.")

    assert status == 409
    assert "Too late for this.</textarea>" in shown


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
async def test_somebody_elses_message_has_no_page_to_edit_or_withdraw(
    community: Community, role: Role
) -> None:
    _, _, message_id = await in_a_room(community)
    wren = await community.member("Wren", role)

    async with community.browser(wren) as browser:
        pages = [await browser.get(f"/messages/{message_id}/{verb}") for verb in ("edit", "withdraw")]
        status, shown = await change(browser, community, message_id, "My words in your mouth.")
        withdrawn = await browser.post(f"/messages/{message_id}/withdraw")

    assert {answer.status_code for answer in (*pages, withdrawn)} == {status} == {404}
    assert "My words in your mouth.</textarea>" in shown
    assert (await community.message(message_id)).text == HARMLESS


async def test_withdrawing_asks_once_and_then_erases(community: Community) -> None:
    rowan, room_id, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        asked = await browser.get(f"/messages/{message_id}/withdraw")
        untouched = await community.message(message_id)
        answer = await browser.post(f"/messages/{message_id}/withdraw")
        shown = await browser.get(answer.headers["location"].partition("#")[0])

    assert HARMLESS in asked.text
    assert untouched.state == State.PUBLISHED
    assert answer.headers["location"].startswith(f"/rooms/{room_id}")
    assert "The words are gone." in shown.text
    assert HARMLESS not in shown.text


async def test_the_address_of_a_message_leads_to_a_page_that_has_it(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "PAGE", 3)
    monkeypatch.setattr(threads, "PAGE", 3)
    rowan, room = await community.member(), await community.room()
    thread = published(await community.thread(rowan))
    early = published(await community.say(rowan, room.id, "The first line of many."))
    reply = published(await community.say(rowan, thread.place_id, "The first reply of many."))
    for place_id in (room.id, thread.place_id):
        await say_many(community, rowan, place_id, 5)

    async with community.browser(rowan) as browser:
        for message_id in (early.message_id, reply.message_id, thread.message_id):
            where = (await browser.get(f"/messages/{message_id}")).headers["location"]
            shown = (await browser.get(where.partition("#")[0])).text

            assert where.endswith(f"#m-{message_id}")
            assert f'id="m-{message_id}"' in shown


async def test_what_waits_has_an_address_for_its_author_only(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    waiting = await hold_one(community, rowan, room.id)

    for member, status in ((rowan, 303), (wren, 404), (None, 404)):
        async with community.browser(member) as browser:
            assert (await browser.get(f"/messages/{waiting.message_id}")).status_code == status


async def test_an_edit_is_asked_about_while_others_see_the_old_words(community: Community) -> None:
    rowan, room_id, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        status, asked = await change(browser, community, message_id, GIVES_AWAY)
        before = (await browser.get(f"/rooms/{room_id}")).text
        sent, _ = await change(browser, community, message_id, GIVES_AWAY, choice="masked")
        after = (await browser.get(f"/rooms/{room_id}")).text

    assert (status, sent) == (422, 303)
    assert f"{GIVES_AWAY}</textarea>" in asked
    assert 'name="choice" value="masked"' in asked
    assert HARMLESS in before
    assert GIVES_AWAY_MASKED in after
    assert EMAIL not in after


async def test_an_edit_with_words_of_danger_leads_to_people_to_reach(community: Community) -> None:
    rowan, _, message_id = await in_a_room(community)

    async with community.browser(rowan) as browser:
        _, where = await change(browser, community, message_id, IN_DANGER)
        shown = (await browser.get(where.partition("#")[0])).text

    assert where.endswith("&sent=care")
    assert "More people you can reach now" in shown
