"""Threads in lists: the last active first, stable while others post, and counted in one query."""

from uuid import UUID

from forum.cursor import Cursor
from forum.messages.withdrawing import withdraw
from forum.spaces.opening import invite
from forum.spaces.tables import Audience
from forum.threads.listing import FRESH_FOR, fresh_threads, space_cards, threads_in
from tests.builders import Community, published
from tests.forum.talk import hold_one, say_many, statements


async def test_the_last_active_thread_comes_first_and_pages_hold_while_others_post(
    community: Community,
) -> None:
    rowan, space = await community.member(), await community.space()
    opened: list[UUID] = []
    for number in range(5):
        community.clock.forward(minutes=1)
        answer = await community.thread(rowan, f"Opening {number} of five.", space=space)
        opened.append(published(answer).place_id)
    newest_first = opened[::-1]

    async with community.services.database.reading() as session:
        first = await threads_in(session, space.id, rowan.viewer, None, 2)
    cursor = Cursor(first[-1].last_at, first[-1].id)
    community.clock.forward(minutes=1)
    await community.say(rowan, opened[4], "This moves a thread of the first page up.")
    async with community.services.database.reading() as session:
        rest = await threads_in(session, space.id, rowan.viewer, cursor, 9)

    assert [card.id for card in (*first, *rest)] == newest_first


async def test_threads_of_the_same_moment_are_all_listed_once(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    opened = [
        published(await community.thread(rowan, f"Opening {number} of four.", space=space)).place_id
        for number in range(4)
    ]
    found: list[UUID] = []
    cursor = None

    async with community.services.database.reading() as session:
        while cards := await threads_in(session, space.id, None, cursor, 1):
            found.append(cards[0].id)
            cursor = Cursor(cards[0].last_at, cards[0].id)

    assert sorted(found) == sorted(opened)


async def test_a_thread_that_waits_or_was_withdrawn_without_an_answer_is_not_listed(
    community: Community,
) -> None:
    rowan, wren, space = await community.member(), await community.member("Wren"), await community.space()
    await community.thread(rowan, "You are worthless.", space=space)
    alone = published(await community.thread(rowan, "Nobody answered this.", space=space))
    answered = published(await community.thread(rowan, "Somebody answered this.", "Gone", space))
    await community.say(wren, answered.place_id, "I am with you.")
    for one in (alone, answered):
        await withdraw(community.services, rowan.id, one.message_id)

    async with community.services.database.reading() as session:
        cards = await threads_in(session, space.id, wren.viewer, None, 9)

    assert [(card.id, card.title, card.replies) for card in cards] == [(answered.place_id, "", 1)]


async def test_new_counts_what_others_published_since_the_last_visit(community: Community) -> None:
    rowan, wren, space = await community.member(), await community.member("Wren"), await community.space()
    thread = published(await community.thread(rowan, space=space))
    await say_many(community, wren, thread.place_id, 2)
    await say_many(community, rowan, thread.place_id, 1)
    await hold_one(community, wren, thread.place_id)

    async def new_for_rowan() -> tuple[int, int, int]:
        async with community.services.database.reading() as session:
            card = (await threads_in(session, space.id, rowan.viewer, None, 9))[0]
            spaces = await space_cards(session, rowan.viewer)
            fresh = await fresh_threads(session, rowan.viewer, community.clock(), 9)
        return card.new, spaces[0].new, len(fresh)

    before = await new_for_rowan()
    async with community.browser(rowan) as browser:
        await browser.get(f"/threads/{thread.place_id}")
    after = await new_for_rowan()

    assert (before, after) == ((2, 1, 1), (0, 0, 0))


async def test_what_is_new_leaves_out_hidden_spaces_and_what_is_old(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    hidden = await community.space(Audience.INVITED)
    await invite(community.services, hidden.id, "Wren")
    published(await community.thread(wren, space=hidden))
    shown = published(await community.thread(wren, "This one is open to all."))

    async with community.services.database.reading() as session:
        now = await fresh_threads(session, rowan.viewer, community.clock(), 9)
        later = await fresh_threads(session, rowan.viewer, community.clock() + FRESH_FOR, 9)
        spaces = await space_cards(session, rowan.viewer)

    assert [card.id for card in now] == [shown.place_id]
    assert later == []
    assert hidden.id not in {card.space.id for card in spaces}


async def test_lists_cost_one_query_however_long_they_are(community: Community) -> None:
    rowan, wren, space = await community.member(), await community.member("Wren"), await community.space()
    counts = []
    for more in range(2):
        for number in range(3 + 4 * more):
            await community.thread(wren, f"Opening {more} {number} of many.", space=space)
        async with community.services.database.reading() as session:
            with statements(community.services) as said:
                await threads_in(session, space.id, rowan.viewer, None, 30)
                await fresh_threads(session, rowan.viewer, community.clock(), 30)
                await space_cards(session, rowan.viewer)
        counts.append(len(said))

    assert counts == [3, 3]
