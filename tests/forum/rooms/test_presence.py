"""Who is here: each member once, by name only where they allow it."""

from uuid import uuid4

from forum.broadcasts import place_topic
from forum.rooms.presence import NAMES_MOST, look_around, state_of, who_is_here
from forum.spaces.opening import Pace
from forum.spaces.tables import Place
from realtime.backplane import Presence
from realtime.frames import Here, RoomState
from tests.builders import Community, published


async def test_members_are_counted_once_and_named_in_order(community: Community) -> None:
    room, wren = await community.room(), uuid4()
    for connection, member, name in (("1", wren, "wren"), ("2", wren, "wren"), ("3", uuid4(), "Maren")):
        await community.services.backplane.arrive(
            place_topic(room.id), Presence(connection, member, name), 60
        )
    await community.services.backplane.arrive(place_topic(room.id), Presence("4", uuid4(), None), 60)

    here = await who_is_here(community.services, room.id)

    assert (here.count, here.names) == (3, ("Maren", "wren"))


async def test_in_a_crowd_all_are_counted_and_some_are_named(community: Community) -> None:
    room = await community.room()
    for number in range(NAMES_MOST + 7):
        who = Presence(str(number), uuid4(), f"Member{number:03}")
        await community.services.backplane.arrive(place_topic(room.id), who, 60)

    here = await who_is_here(community.services, room.id)

    assert (here.count, len(here.names)) == (NAMES_MOST + 7, NAMES_MOST)


async def test_a_room_waits_until_somebody_who_holds_rooms_is_in_it(community: Community) -> None:
    room = await community.room(Pace(slow_seconds=9, needs_facilitator=True))

    alone = await state_of(community.services, room)
    who = Presence("1", uuid4(), None, facilitator=True)
    await community.services.backplane.arrive(place_topic(room.id), who, 60)
    together = await state_of(community.services, room)

    assert (alone, together) == (RoomState(False, 9, True), RoomState(False, 9, False))


async def test_looking_around_tells_both_of_a_room_and_nobody_of_a_thread(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=9, needs_facilitator=True))
    thread = published(await community.thread(rowan)).place_id
    async with community.services.database.reading() as session:
        place = await session.get_one(Place, thread)
    for where in (room.id, thread):
        who = Presence("1", uuid4(), "Maren", facilitator=True)
        await community.services.backplane.arrive(place_topic(where), who, 60)

    assert await look_around(community.services, room) == (
        await state_of(community.services, room),
        await who_is_here(community.services, room.id),
    )
    assert await look_around(community.services, place) == (RoomState(), Here(0))
