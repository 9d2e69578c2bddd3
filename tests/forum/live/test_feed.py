"""One place as a process hears it: once, in order, and from the database where a hint did not come."""

import asyncio
import random
from dataclasses import replace

import pytest

from forum.broadcasts import place_topic
from forum.live import feed as feed_module
from forum.live.feed import Feed
from realtime import frames
from realtime.backplane import open_backplane
from realtime.envelope import Envelope
from tests.builders import Community
from tests.forum.live.feeding import Hearer, hint
from tests.forum.talk import say_many


async def test_hints_in_order_are_handed_on_at_once_and_a_repeated_one_only_once(
    community: Community,
) -> None:
    room, heard = await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    for seq in (1, 2, 2, 1, 3):
        feed.hear(hint(room.id, seq))

    assert heard.seqs == [1, 2, 3]
    await feed.end()


async def test_hints_that_overtook_each_other_are_put_right_without_asking_the_database(
    community: Community,
) -> None:
    room, heard = await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    for seq in (2, 4, 3):
        feed.hear(hint(room.id, seq))
    before = heard.seqs
    feed.hear(hint(room.id, 1))
    after = await heard.hears(4)

    assert (before, after) == ([], [1, 2, 3, 4])
    assert {frame["type"] for frame in heard.frames} == {"message"}
    await feed.end()


async def test_a_hint_that_never_comes_is_read_from_the_database(community: Community) -> None:
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    await say_many(community, rowan, room.id, 5)
    feed.hear(hint(room.id, 1))
    feed.hear(hint(room.id, 4))
    told = await heard.hears(5)
    feed.hear(hint(room.id, 5))
    feed.hear(hint(room.id, 6))
    then = await heard.hears(6)

    assert (told, then) == ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6])
    assert [(one["since"], one["upto"]) for one in heard.frames if one["type"] == "missed"] == [(1, 5)]
    await feed.end()


async def test_what_is_heard_while_it_begins_is_told_afterwards(community: Community) -> None:
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    await say_many(community, rowan, room.id, 2)
    feed = Feed(community.services, room.id, heard)
    for seq in (2, 3):
        feed.hear(hint(room.id, seq))
    await feed.begin()

    assert heard.seqs == [3]
    await feed.end()


async def test_what_is_no_change_is_handed_on_as_it_comes(community: Community) -> None:
    room, heard = await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    feed.hear(Envelope.of(place_topic(room.id), frames.presence(room.id, frames.Here(1))))

    assert [frame["type"] for frame in heard.frames] == ["presence"]


async def test_how_far_a_place_has_come_is_enough_to_read_on(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.live.telling.MISSED_BYTES", 2000)
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    said = await say_many(community, rowan, room.id, 7)
    feed.reached(7)
    feed.reached(7)
    await heard.hears(7)
    feed.reached(7)

    assert heard.seqs == [one.seq for one in said]
    assert [frame["more"] for frame in heard.frames] == [True] * (len(heard.frames) - 1) + [False]
    assert len(heard.frames) > 1
    await feed.end()


async def test_a_hint_that_the_database_does_not_know_is_forgotten(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "GAP_SECONDS", 0.0)
    room, heard = await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    feed.hear(hint(room.id, 9))
    while feed._mending:
        await asyncio.wait({feed._mending})

    assert (heard.seqs, feed._ahead, feed.told) == ([], {}, 0)


async def test_a_database_that_does_not_answer_loses_nothing(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "GAP_SECONDS", 0.0)
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    feed = Feed(community.services, room.id, heard)
    await feed.begin()
    await say_many(community, rowan, room.id, 3)
    monkeypatch.setattr(feed_module, "missed_since", _refused)
    feed.hear(hint(room.id, 3))
    while feed._mending:
        await asyncio.wait({feed._mending})
    quiet = heard.seqs
    monkeypatch.undo()
    feed.reached(3)

    assert (quiet, await heard.hears(3)) == ([], [1, 2, 3])
    await feed.end()


async def _refused(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_becomes_of_the_hints_everything_is_told_once_and_in_order(
    community: Community, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "GAP_SECONDS", 0.002)
    chance = random.Random(seed)  # noqa: S311 -- it only shuffles
    rowan, room, heard = await community.member(), await community.room(), Hearer()
    quiet = replace(community.services, backplane=open_backplane("memory://"))
    feed = Feed(quiet, room.id, heard)
    await feed.begin()
    for _ in range(6):
        said = await say_many(community, rowan, room.id, 4)
        hints = [one.seq for one in said if chance.random() > 0.3] * chance.choice((1, 1, 2))
        chance.shuffle(hints)
        for seq in hints:
            feed.hear(hint(room.id, seq))
            await asyncio.sleep(chance.choice((0, 0, 0.003)))
    feed.reached(24)

    assert await heard.hears(24) == list(range(1, 25))
    await feed.end()
