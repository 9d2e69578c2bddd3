"""All feeds of a process: opened for the first, closed after the last, and never long behind the database."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from forum.errors import NotFound
from forum.live import feeds as feeds_module
from forum.live.feeds import Feeds
from realtime.backplane import CATCH_UP
from realtime.envelope import CAUGHT_UP
from realtime.in_process import InProcess
from tests.builders import Community
from tests.forum.live.feeding import Hearer, hint
from tests.forum.talk import say_many, statements


async def test_everybody_who_follows_hears_and_who_ended_does_not(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    feeds, first, second = Feeds(community.services), Hearer(), Hearer()
    one = await feeds.follow(room.id, first)
    other = await feeds.follow(room.id, second)
    await community.say(rowan, room.id, "Good evening.")
    await one.end()
    await one.end()
    await community.say(rowan, room.id, "Is anybody there?")
    await other.end()
    await community.say(rowan, room.id, "Good night.")

    assert (first.seqs, second.seqs) == ([1], [1, 2])


async def test_the_last_who_ends_leaves_nothing_behind(community: Community) -> None:
    before = asyncio.all_tasks()
    room, feeds = await community.room(), Feeds(community.services)
    for _ in range(2):
        following = await feeds.follow(room.id, Hearer())
        await following.end()

    assert asyncio.all_tasks() == before
    assert community.services.backplane._listeners.topics == ()  # type: ignore[attr-defined]


class Deaf(InProcess):
    """A backplane on which no hint arrives, but for those that it heals."""

    async def publish(self, envelope: object) -> None:
        """Lose it."""


async def test_without_any_hint_readers_are_told_by_a_look_at_the_database(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_module, "LOOK_SECONDS", 0.02)
    rowan, rooms = await community.member(), [await community.room() for _ in range(3)]
    feeds, heard = Feeds(replace(community.services, backplane=Deaf())), [Hearer() for _ in rooms]
    following = [await feeds.follow(room.id, one) for room, one in zip(rooms, heard, strict=True)]
    await say_many(community, rowan, rooms[0].id, 3)
    told = await heard[0].hears(3)
    for one in following:
        await one.end()

    assert told == [1, 2, 3]
    assert [one.frames for one in heard[1:]] == [[], []]


async def test_a_backplane_that_healed_is_reason_to_look_at_once(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_module, "LOOK_SECONDS", 3600.0)
    rowan, room, backplane, heard = await community.member(), await community.room(), Deaf(), Hearer()
    feeds = Feeds(replace(community.services, backplane=backplane))
    following = await feeds.follow(room.id, heard)
    await say_many(community, rowan, room.id, 2)
    backplane._listeners.deliver(CAUGHT_UP)

    assert CAUGHT_UP.topic == CATCH_UP
    assert await heard.hears(2) == [1, 2]
    await following.end()


async def test_a_look_is_one_query_however_many_places_are_followed(community: Community) -> None:
    feeds = Feeds(community.services)
    following = [await feeds.follow((await community.room()).id, Hearer()) for _ in range(4)]

    with statements(community.services) as asked:
        await feeds._look()

    assert len([one for one in asked if "SELECT" in one]) == 1
    for one in following:
        await one.end()


async def test_a_database_that_is_away_ends_no_looking(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_module, "LOOK_SECONDS", 0.01)
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    feeds = Feeds(replace(community.services, backplane=Deaf()))
    following = await feeds.follow(room.id, heard)
    failed = asyncio.Event()

    async def refused() -> None:
        failed.set()
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(feeds, "_look", refused)
        async with asyncio.timeout(10):
            await failed.wait()
    await say_many(community, rowan, room.id, 1)

    assert await heard.hears(1) == [1]
    await following.end()


async def test_what_is_kept_is_handed_on_in_its_order_before_all_that_follows(community: Community) -> None:
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    feeds = Feeds(community.services)
    following = await feeds.follow(room.id, heard, kept=True)
    await say_many(community, rowan, room.id, 2)
    for seq in (1, 2):
        await community.services.backplane.publish(hint(room.id, seq))
    before = heard.seqs
    following.go_on()
    following.go_on()
    await community.services.backplane.publish(hint(room.id, 3))

    assert (before, heard.seqs) == ([], [1, 2, 3])
    await following.end()


async def test_of_too_much_that_is_kept_the_newest_stays_so_that_the_gap_shows(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_module, "KEPT_MOST", 2)
    room, heard, feeds = await community.room(), Hearer(), Feeds(community.services)
    following = await feeds.follow(room.id, heard, kept=True)
    for seq in (1, 2, 3):
        await community.services.backplane.publish(hint(room.id, seq))
    following.go_on()

    assert heard.seqs == [2, 3]
    await following.end()


async def test_a_place_that_is_not_there_cannot_be_followed(community: Community) -> None:
    feeds, nowhere = Feeds(community.services), uuid4()
    with pytest.raises(NotFound):
        await feeds.follow(nowhere, Hearer())

    assert not feeds.is_open(nowhere)
    assert community.services.backplane._listeners.topics == ()  # type: ignore[attr-defined]
