"""The roll that lies in Redis: order, end, and what is left of it."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from realtime.envelope import Topic
from realtime.presence import Presence
from realtime.redis_address import Address
from realtime.redis_presence import NAME_CHARACTERS, SharedRoll, in_order, written

ROOM = Topic("place:1")
ROBIN = Presence("a", UUID(int=1), "Robin")
SAM = Presence("b", UUID(int=2), None, facilitator=True)


@pytest.fixture
async def roll(redis: str) -> AsyncIterator[SharedRoll]:
    """An empty roll."""
    address = Address.read(redis)
    client = address.client(20.0)
    yield SharedRoll(client, address)
    await client.aclose()


async def test_who_comes_back_after_their_time_is_last(roll: SharedRoll) -> None:
    await roll.arrive(ROOM, ROBIN, 0.02)
    await roll.arrive(ROOM, SAM, 60)
    await asyncio.sleep(0.04)
    await roll.arrive(ROOM, ROBIN, 60)

    assert await roll.present(ROOM) == (SAM, ROBIN)


async def test_a_short_stay_does_not_end_that_of_others(roll: SharedRoll) -> None:
    await roll.arrive(ROOM, SAM, 60)
    await roll.arrive(ROOM, ROBIN, 0.02)
    await asyncio.sleep(0.04)

    assert await roll.present(ROOM) == (SAM,)


async def test_nothing_is_left_of_a_room_that_everybody_left_or_whose_time_is_over(
    roll: SharedRoll, redis: str
) -> None:
    await roll.arrive(ROOM, SAM, 60)
    await roll.depart(ROOM, "b")
    await roll.depart(ROOM, "b")
    await roll.arrive(Topic("place:2"), ROBIN, 0.02)
    await asyncio.sleep(0.04)
    address = Address.read(redis)
    client = address.client(20.0)
    left = [key async for key in client.scan_iter(f"{address.prefix}:*")]
    await client.aclose()

    assert left == [f"{address.prefix}:arrivals".encode()]


async def test_hundreds_stand_in_order(roll: SharedRoll) -> None:
    everyone = tuple(Presence(f"socket {n}", UUID(int=n), f"Member {n}") for n in range(300))
    for one in everyone:
        await roll.arrive(ROOM, one, 60)

    assert await roll.present(ROOM) == everyone


def test_a_name_too_long_to_carry_is_not_shown() -> None:
    [read] = in_order([b"1 " + written(Presence("a", UUID(int=1), "R" * (NAME_CHARACTERS + 1))).encode()])

    assert read == Presence("a", UUID(int=1), None)


def test_what_cannot_be_read_is_passed_over() -> None:
    good = b"7 " + written(SAM).encode()

    assert in_order([b"", b"3", b"3 {}", b"x []", b'4 ["a", 3, null, true]', good, b"\xff \xff"]) == (SAM,)
