"""One item's page: the words in their context, why it is here, who looks at it, and what can be decided."""

from forum.accounts.roles import Role
from forum.review.cases import Letter, letter
from forum.review.reporting import report
from tests.builders import (
    CLAIMS,
    EMAIL,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Community,
    acts,
    held,
    published,
)
from tests.forum.queueing import item_of, open_items, recuse
from tests.forum.talk import decided, edited, hold_one, ruled, say_many, statements


async def test_an_item_is_read_in_its_context_with_what_was_found_marked(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room(name="Evening check-in")
    await say_many(community, rowan, room.id, 2)
    waiting = await hold_one(community, rowan, room.id)

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{waiting.message_id}")).text

    for words in ("Step 0 of a calm day.", "Step 1 of a calm day.", HOLDS, "toxicity", "Evening check-in"):
        assert words in item
    for words in (
        "here for 30 days",
        "2 messages published",
        "Held: publish it?",
        "Publish",
        "Notes of the team",
    ):
        assert words in item
    assert 'aria-keyshortcuts="r"' in item


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
    assert "Keep the earlier words" in about_edit


async def test_opening_an_item_claims_it_once_and_a_prefetch_does_not(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url = f"/desk/{waiting.message_id}"

    async with community.browser(linnet) as browser:
        await browser.get(url, headers={"sec-purpose": "prefetch;prerender"})
        before = await item_of(community, waiting.message_id)
        await browser.get(url)
        first = await item_of(community, waiting.message_id)
        await browser.get(url)
        again = await item_of(community, waiting.message_id)
    async with community.browser(harbour) as browser:
        other = (await browser.get(url)).text

    assert (before.claimed_by, first.claimed_by, again.claimed_by) == (None, linnet.id, linnet.id)
    assert first.version == again.version
    assert "Linnet looks at this until" in other
    assert "Take it over" in other
    assert "Your decision" not in other


async def test_a_claim_is_marked_and_its_note_is_chosen_beforehand(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    unkind = await hold_one(community, rowan, thread.place_id)

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{claim.message_id}")).text
        without = (await browser.get(f"/desk/{unkind.message_id}")).text

    assert "<mark>stop taking your methadone</mark>" in item
    assert '<option value="stop-medicine" selected>' in item
    assert 'name="note"' not in without


async def test_somebody_elses_details_are_marked_under_a_cover(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = held(await community.thread(rowan, f"Her e-mail is {EMAIL}, write to her.", "She is not well"))

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{waiting.message_id}")).text

    assert f"<mark>{EMAIL}</mark>" in item.partition('<details class="cover">')[2]
    assert "Publish without the personal details" in item


async def test_danger_in_an_edit_is_shown_with_what_was_seen_in_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    await edited(community, rowan, said.message_id, IN_DANGER)

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert "<mark>" in item
    assert IN_DANGER in item


async def test_a_new_report_shows_what_was_decided_before_and_who_only_to_administrators(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    await report(community.services, wren.viewer, said.message_id, "unkind")
    await ruled(community, linnet, said.message_id, release=True)
    await report(community.services, siskin.viewer, said.message_id, "private")
    url = f"/desk/{said.message_id}"

    async with community.browser(siskin) as browser:
        item = (await browser.get(url)).text
    noted = [act for act in await acts(community) if act.act == "data-read"]
    async with community.browser(harbour) as browser:
        named = (await browser.get(url)).text

    assert "Left up" in item
    assert "by a moderator" in item
    assert "by Linnet" not in item
    assert item.count("Reported: It ") == 2
    assert noted == []
    assert "by Linnet" in named
    [read] = [act for act in await acts(community) if act.act == "data-read"]
    assert (read.actor_id, "names" in read.details) == (harbour.id, True)


async def test_what_is_about_oneself_or_a_conflict_is_not_shown(community: Community) -> None:
    rowan = await community.member()
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    room = await community.room()
    own = await hold_one(community, linnet, room.id)
    theirs = await hold_one(community, rowan, room.id)
    await recuse(community, linnet, rowan)

    async with community.browser(linnet) as browser:
        answers = [await browser.get(f"/desk/{one.message_id}") for one in (own, theirs)]
    async with community.browser(siskin) as browser:
        other = await browser.get(f"/desk/{own.message_id}")

    assert [one.status_code for one in answers] == [403, 403]
    assert "This is about yourself." in answers[0].text
    assert other.status_code == 200


async def test_letters_of_the_case_stand_there_and_nonsense_is_nowhere(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    words = Letter(waiting.message_id, rowan.id, linnet.id, "We are reading it, thank you.")
    await letter(community.services, words)

    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{waiting.message_id}?done=x&told=x&space=x")).text
        nowhere = await browser.get(f"/desk/{rowan.id}")

    assert "We are reading it, thank you." in item
    assert nowhere.status_code == 404


async def test_an_item_costs_the_same_queries_with_little_and_with_much_around_it(
    community: Community,
) -> None:
    linnet, room, counts = await community.member("Linnet", Role.MODERATOR), await community.room(), []
    rowan = await community.member()
    for more in (2, 6):
        for number in range(more):
            other = await community.member(f"Member{more}{number}")
            waiting = await hold_one(community, other, room.id)
            said = published(await community.say(rowan, room.id, f"Reported {more} and {number}."))
            await report(community.services, other.viewer, said.message_id, "unkind")
            await ruled(community, linnet, said.message_id, release=True)
        async with community.browser(linnet) as browser:
            await browser.get(f"/desk/{waiting.message_id}")
            with statements(community.services) as ran:
                await browser.get(f"/desk/{waiting.message_id}")
        counts.append(len(ran))

    assert counts[0] == counts[1]


async def test_who_asked_for_a_second_opinion_reads_on_but_decides_no_more(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    [item] = await open_items(community)
    await decided(community, linnet, item, "escalate")

    async with community.browser(linnet) as browser:
        page = await browser.get(f"/desk/{waiting.message_id}")

    assert page.status_code == 200
    assert "You asked for a second opinion on this." in page.text
    assert "Your decision" not in page.text
