"""What was missed, in pages that fit together, and how far a member has read."""

import asyncio

from forum.messages.reading import (
    lines_before,
    mark_read,
    mark_waiting,
    missed_since,
    own_waiting,
    read_to,
    show_rows,
)
from forum.messages.withdrawing import withdraw
from tests.builders import Community, held, published
from tests.forum.talk import edited, hold_one, say_many, statements


async def test_pages_of_what_was_missed_fit_together_whatever_their_size(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 6)
    await edited(community, rowan, said[1].message_id, "Changed since then.")
    await withdraw(community.services, rowan.id, said[4].message_id)
    order = [said[n].message_id for n in (0, 2, 3, 5, 1, 4)]

    for size in (1, 2, 5, 6, 7):
        found, since, more = [], 0, True
        while more:
            async with community.services.database.reading() as session:
                page = await missed_since(session, room.id, since, size)
            found += [shown.id for _, shown in page.items]
            since, more = page.upto, page.more

        assert (found, since) == (order, 8)


async def test_nobody_misses_what_still_waits(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await hold_one(community, rowan, room.id)

    async with community.services.database.reading() as session:
        missed = await missed_since(session, room.id, 0)

    assert (missed.items, missed.upto, missed.more) == ((), 0, False)


async def test_lines_come_oldest_first_and_end_below_a_seq(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 5)

    async with community.services.database.reading() as session:
        last = await lines_before(session, room.id, None, 2)
        before = await lines_before(session, room.id, 4, 2)

    assert [message.seq for message, _ in last] == [4, 5]
    assert [message.seq for message, _ in before] == [2, 3]


async def test_showing_messages_costs_one_query_more_however_many_answer(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    for number in range(5):
        first = published(await community.say(rowan, thread.place_id, f"Question {number} of the day."))
        await community.say(wren, thread.place_id, f"Answer {number} of the day.", first.message_id)

    async with community.services.database.reading() as session:
        rows = await lines_before(session, thread.place_id, None, 20)
        with statements(community.services) as said:
            shown = await show_rows(session, rows)

    assert len(said) == 1
    assert [one.parent and one.parent.handle for one in shown] == [None, *[None, "Rowan"] * 5]


async def test_the_author_sees_what_waits_with_its_reasons_and_which_edit_waits(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    held(await edited(community, rowan, said.message_id, "You are worthless."))

    async with community.services.database.reading() as session:
        waiting = await own_waiting(session, rowan.viewer, community.services.renderer)
        shown = mark_waiting(await show_rows(session, await lines_before(session, room.id, None, 9)), waiting)

    assert len(waiting) == 1
    assert "Guideline: Speak to people as people." in waiting[0][1].reasons
    assert [one.edit_waiting for one in shown] == [True]


async def test_reading_never_goes_back_and_writes_only_what_is_new(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    for seq in (3, 2, 5):
        await mark_read(community.services, rowan.id, room.id, seq)
    with statements(community.services) as said:
        await mark_read(community.services, rowan.id, room.id, 4)

    async with community.services.database.reading() as session:
        assert await read_to(session, rowan.id, room.id) == 5
    assert len(said) == 1


async def test_two_pages_opened_at_once_are_both_read(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    await asyncio.gather(*(mark_read(community.services, rowan.id, room.id, seq) for seq in (1, 4, 2)))

    async with community.services.database.reading() as session:
        assert await read_to(session, rowan.id, room.id) == 4
