"""Joining places on one connection: what it costs, in which order it is told, and who may."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.live import comers, feeds
from forum.spaces.tables import Audience, Removal
from tests.builders import Community, Member, published, serving
from tests.forum.live.peers import Peer, listening
from tests.forum.talk import say_many, statements

pytestmark = pytest.mark.everywhere
ROOM, THREAD, MISSED = 2, 2, 1
"""Statements: the place with its space, and whether one was sent away (or the opening); what was missed."""


@pytest.fixture(autouse=True)
def nobody_else_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What all connections share asks the database in its own time, which is not now."""
    monkeypatch.setattr(feeds, "LOOK_SECONDS", 60.0)
    monkeypatch.setattr(comers, "MOMENT_SECONDS", 60.0)


async def cost(community: Community, peer: Peer, place_id: object, since: int | None) -> int:
    """Return how many statements it takes to join."""
    with statements(community.services) as said:
        await peer.send(type="join", place=place_id, since=since)
        await peer.until("joined" if since is None else "missed")
    return len(said)


@pytest.mark.parametrize("lines", [0, 3, 40])
async def test_a_join_takes_the_same_few_statements_whatever_there_is(
    community: Community, lines: int
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    thread = published(await community.thread(rowan))
    for place_id in (room.id, thread.place_id):
        await say_many(community, rowan, place_id, lines)
    told = []
    async with serving(community.services) as host, listening(host, rowan) as first:
        for place_id in (room.id, thread.place_id):
            await first.join(place_id)
        async with listening(host, wren) as peer:
            told.append(await cost(community, peer, room.id, None))
            told.append(await cost(community, peer, thread.place_id, None))
        async with listening(host, wren) as peer:
            told.append(await cost(community, peer, room.id, lines))

    assert told == [ROOM, THREAD, ROOM]


async def test_those_who_come_back_at_once_read_what_they_missed_once(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    await say_many(community, rowan, room.id, 3)
    told = []
    async with serving(community.services) as host, listening(host, rowan) as first:
        await first.join(room.id)
        for _ in range(3):
            async with listening(host, wren) as peer:
                told.append(await cost(community, peer, room.id, 0))

    assert told == [ROOM + MISSED, ROOM, ROOM]


async def test_joined_comes_first_then_what_was_missed_then_what_is_new(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    await say_many(community, rowan, room.id, 2)
    async with serving(community.services) as host, listening(host, wren) as peer:
        await peer.send(type="join", place=room.id, since=0)
        await say_many(community, rowan, room.id, 5)
        await peer.hears(2)
    first = [frame["type"] for frame in peer.heard if frame["type"] in ("joined", "missed", "message")]

    assert first[:2] == ["joined", "missed"]


async def test_a_guess_opens_no_feed_and_a_refused_join_leaves_none(community: Community) -> None:
    rowan = await community.member()
    hidden = await community.room(space=await community.space(Audience.TEAM))
    async with serving(community.services) as host, listening(host, rowan) as peer:
        before = set(community.services.backplane._listeners.topics)  # type: ignore[attr-defined]
        for place_id in (hidden.id, uuid4()):
            await peer.send(type="join", place=place_id, since=0)
            await peer.until("error", reason="not-found")
        after = set(community.services.backplane._listeners.topics)  # type: ignore[attr-defined]

    assert after == before


async def test_who_may_not_read_hears_nothing_of_a_room_that_others_listen_to(community: Community) -> None:
    rowan, moderator = await community.member(), await moderating(community)
    hidden = await community.room(space=await community.space(Audience.TEAM))
    async with (
        serving(community.services) as host,
        listening(host, moderator) as inside,
        listening(host, rowan) as outside,
    ):
        await inside.join(hidden.id)
        await outside.send(type="join", place=hidden.id, since=0)
        await inside.told(hidden.id, "Good evening, everybody.")
        await outside.until("error", reason="not-found")
        await inside.told(hidden.id, "How was the shift?")
        await outside.send(type="ping")
        await outside.until("pong")

    assert [frame["type"] for frame in outside.heard] == ["welcome", "error", "pong"]


async def moderating(community: Community) -> Member:
    """Return a moderator."""
    return await community.member("Linnet", Role.MODERATOR)


async def test_who_was_sent_away_hears_the_room_and_is_not_in_it(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    async with community.services.database.transaction() as tx:
        tx.session.add(Removal(place_id=room.id, account_id=rowan.id, since=community.clock()))
    async with serving(community.services) as host, listening(host, rowan) as peer:
        joined = await peer.join(room.id, 0)
        await community.say(wren, room.id, "Good evening.")
        heard = await peer.until("message")

    assert joined["here"]["count"] == 0
    assert heard["seq"] == 1
