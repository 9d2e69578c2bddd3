"""The desk: what waits, in its context, and the decision."""

from forum.accounts.roles import Role
from forum.messages.tables import State
from tests.builders import HARMLESS, HOLDS, Community, held, published
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
