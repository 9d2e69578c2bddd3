"""A page of a room's lines, as one reader sees them."""

import pytest

from forum.errors import NotFound
from forum.rooms import reading
from forum.rooms.reading import find_room, room_page
from tests.builders import Community, held, published
from tests.forum.talk import edited, hold_one, say_many, statements


async def test_a_thread_is_no_room(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))

    async with community.services.database.reading() as session:
        with pytest.raises(NotFound):
            await find_room(session, thread.place_id, rowan.viewer)


async def test_a_full_last_page_points_nowhere_earlier_than_the_first_line(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    rowan, room = await community.member(), await community.room()
    pages = []
    for more in (3, 1):
        await say_many(community, rowan, room.id, more)
        async with community.services.database.reading() as session:
            place = await find_room(session, room.id, rowan.viewer)
            pages.append(await room_page(session, place, rowan.viewer, None, community.services.renderer))

    assert [page.earlier for page in pages] == [None, 2]


async def test_ones_own_waiting_lines_and_edits_are_told_apart(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    said = published(await community.say(rowan, room.id))
    held(await edited(community, rowan, said.message_id, "You are worthless, edited."))
    line = await hold_one(community, rowan, room.id)

    async with community.services.database.reading() as session:
        own = await room_page(session, room, rowan.viewer, None, community.services.renderer)
        others = await room_page(session, room, wren.viewer, None, community.services.renderer)

    assert [one.id for one in own.waiting] == [line.message_id]
    assert [one.edit_waiting for one in own.lines] == [True]
    assert others.waiting == ()
    assert [one.edit_waiting for one in others.lines] == [False]


async def test_a_page_costs_the_same_queries_for_three_lines_and_for_thirty(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    counts = []
    for more in (3, 27):
        await say_many(community, rowan, room.id, more)
        async with community.services.database.reading() as session:
            with statements(community.services) as said:
                await room_page(session, room, rowan.viewer, None, community.services.renderer)
        counts.append(len(said))

    assert counts[0] == counts[1]
