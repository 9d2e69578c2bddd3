"""Rooms in lists: those open to the reader, and whether one may speak."""

from forum.accounts.roles import Role
from forum.broadcasts import place_topic
from forum.rooms.listing import room_cards
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience
from realtime.backplane import Presence
from tests.builders import Community
from tests.forum.talk import statements


async def test_rooms_of_hidden_spaces_are_left_out(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    for audience in Audience:
        await community.room(name=audience.value, space=await community.space(audience))

    seen = {}
    for name, viewer in (("visitor", None), ("member", rowan.viewer), ("team", linnet.viewer)):
        seen[name] = [card.name for card in await room_cards(community.services, viewer)]

    assert seen == {
        "visitor": ["public"],
        "member": ["members", "public"],
        "team": ["invited", "members", "public", "team"],
    }


async def test_a_card_says_who_is_here_and_whether_one_may_speak(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    open_room = await community.room(name="a", space=space)
    paused = await community.room(name="b", space=space)
    await set_pace(community.services, paused.id, Pace(closed=True))
    await community.room(Pace(needs_facilitator=True), name="c", space=space)
    await community.room(name="elsewhere")
    for connection in ("phone", "laptop"):
        here = Presence(connection, rowan.id, None)
        await community.services.backplane.arrive(place_topic(open_room.id), here, 60)

    cards = await room_cards(community.services, rowan.viewer, space.id)

    assert [(card.name, card.here, card.state) for card in cards] == [
        ("a", 1, ""),
        ("b", 0, "Paused"),
        ("c", 0, "Waiting for a facilitator"),
    ]


async def test_the_list_costs_one_query_however_many_rooms(community: Community) -> None:
    rowan, space, counts = await community.member(), await community.space(), []
    for more in (3, 9):
        for number in range(more):
            await community.room(name=f"Room {more} {number}", space=space)
        with statements(community.services) as said:
            await room_cards(community.services, rowan.viewer)
        counts.append(len(said))

    assert counts == [1, 1]
