"""The desk: what waits, in its context, and the decision."""

import pytest

from forum.accounts.roles import Role
from forum.messages.tables import State
from forum.review import desk_pages
from tests.builders import CLAIMS, EMAIL, HARMLESS, HOLDS, IN_DANGER, Community, held, published
from tests.forum.talk import edited, hold_one, ruled, say_many, statements


async def test_a_moderator_reads_what_waits_in_its_context_and_releases_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room(name="Evening check-in")
    await say_many(community, rowan, room.id, 2)
    waiting = await hold_one(community, rowan, room.id)
    url = f"/desk/{waiting.message_id}"
    version = (await community.message(waiting.message_id)).version

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        item = (await browser.get(url)).text
        answer = await browser.post(f"{url}/rulings", ruling="release", version=str(version))
        after = (await browser.get(answer.headers["location"])).text

    assert f'href="{url}"' in desk
    assert "Evening check-in" in desk
    for words in ("Step 0 of a calm day.", "Step 1 of a calm day.", HOLDS, "toxicity"):
        assert words in item
    assert f'name="version" value="{version}"' in item
    assert (await community.message(waiting.message_id)).state == State.PUBLISHED
    assert f'href="{url}"' not in after


async def test_an_answer_is_shown_with_what_it_answers_and_an_edit_with_what_stands(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    asked = published(await community.say(rowan, thread.place_id, "What would you do?"))
    await say_many(community, wren, thread.place_id, 7)
    answer = await hold_one(community, wren, thread.place_id, asked.message_id)
    edit = held(await edited(community, rowan, thread.message_id, HOLDS))

    async with community.browser(linnet) as browser:
        about_answer = (await browser.get(f"/desk/{answer.message_id}")).text
        about_edit = (await browser.get(f"/desk/{edit.message_id}")).text

    assert "What would you do?" in about_answer
    assert HARMLESS in about_edit
    assert HOLDS in about_edit


async def test_a_decision_that_came_too_late_shows_what_has_become_of_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    version = (await community.message(waiting.message_id)).version
    await ruled(community, harbour, waiting.message_id, release=False)

    async with community.browser(linnet) as browser:
        answer = await browser.post(
            f"/desk/{waiting.message_id}/rulings", ruling="release", version=str(version)
        )

    assert answer.status_code == 409
    assert "This has changed since you opened it." in answer.text
    assert "Not published" in answer.text


async def test_a_refusal_without_a_guideline_asks_for_one(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url = f"/desk/{waiting.message_id}/rulings"

    async with community.browser(linnet) as browser:
        without = await browser.post(url, ruling="refuse", version="1")
        nonsense = [
            await browser.post(url, ruling=ruling, version=version)
            for ruling, version in (("maybe", "1"), ("release", "x"), ("", ""))
        ]

    assert without.status_code == 422
    assert "Choose the guideline that it is about" in without.text
    assert {answer.status_code for answer in nonsense} == {400}
    assert (await community.message(waiting.message_id)).state == State.HELD


async def test_ones_own_message_is_for_somebody_else_to_decide(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, linnet, (await community.room()).id)

    async with community.browser(linnet) as browser:
        answer = await browser.post(f"/desk/{waiting.message_id}/rulings", ruling="release", version="1")

    assert answer.status_code == 403
    assert "Somebody else has to decide." in answer.text


async def test_the_desk_costs_the_same_queries_for_three_items_and_for_more(community: Community) -> None:
    linnet, room, counts = await community.member("Linnet", Role.MODERATOR), await community.room(), []
    for more in (3, 9):
        for number in range(more):
            author = await community.member(f"Member{more}{number}")
            await hold_one(community, author, room.id)
        async with community.browser(linnet) as browser:
            with statements(community.services) as said:
                await browser.get("/desk")
        counts.append(len(said))

    assert counts[0] == counts[1]


OPTION = '<option value="stop-medicine" selected>'
CHOOSER = 'name="note"'


async def test_a_claim_is_quoted_and_its_note_is_chosen_beforehand(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    unkind = await hold_one(community, rowan, thread.place_id)
    url = f"/desk/{claim.message_id}"

    async with community.browser(linnet) as browser:
        item = (await browser.get(url)).text
        without = (await browser.get(f"/desk/{unkind.message_id}")).text
        wrong = await browser.post(f"{url}/rulings", ruling="release", version="1", note="because")
        await browser.post(f"{url}/rulings", ruling="release", version="1", note="stop-medicine")
        page = (await browser.get(f"/threads/{thread.place_id}")).text

    assert "<mark>stop taking your methadone</mark>" in item
    assert OPTION in item
    assert CHOOSER not in without
    assert (wrong.status_code, "Choose a note from the list" in wrong.text) == (422, True)
    assert "Discontinuing Methadone and Buprenorphine" in page


async def test_somebody_elses_details_are_quoted_from_title_and_text(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    theirs = f"Her e-mail is {EMAIL}, write to her."
    waiting = held(await community.thread(rowan, theirs, "She is not well"))

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{waiting.message_id}")).text

    assert f"<mark>{EMAIL}</mark>" in item


async def test_where_somebody_may_be_in_danger_stands_first_and_is_closed_by_looking(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    unkind = await hold_one(community, wren, room.id)
    community.clock.forward(minutes=5)
    danger = published(await community.say(rowan, room.id, IN_DANGER))
    url = f"/desk/{danger.message_id}"
    version = str((await community.message(danger.message_id)).version)

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        item = (await browser.get(url)).text
        answer = await browser.post(f"{url}/rulings", ruling="release", version=version)
        after = (await browser.get(answer.headers["location"])).text
        again = (await browser.get(url)).text

    assert 0 < desk.index(f'href="{url}"') < desk.index(f'href="/desk/{unkind.message_id}"')
    assert desk.count("Somebody may be in danger") == 1
    assert "Have you looked?" in item
    assert "I have looked" in item
    assert answer.headers["location"] == "/desk?done=seen"
    assert ("Somebody looked" in after, f'href="{url}"' in after) == (True, False)
    assert "Somebody looked" in again


async def test_danger_in_an_edit_is_shown_with_what_was_seen_in_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    await edited(community, rowan, said.message_id, IN_DANGER)

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert "<mark>" in item
    assert IN_DANGER in item


async def test_older_items_are_a_page_away_across_the_lanes(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_pages, "PAGE", 1)
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    unkind = await hold_one(community, wren, room.id)
    community.clock.forward(minutes=5)
    danger = published(await community.say(rowan, room.id, IN_DANGER))

    async with community.browser(linnet) as browser:
        first = (await browser.get("/desk")).text
        older = first.partition('href="/desk?after=')[2].partition('"')[0]
        second = (await browser.get(f"/desk?after={older}")).text
        tampered = await browser.get("/desk?after=yesterday")

    assert (str(danger.message_id) in first, str(unkind.message_id) in first) == (True, False)
    assert (str(danger.message_id) in second, str(unkind.message_id) in second) == (False, True)
    assert tampered.status_code == 400
