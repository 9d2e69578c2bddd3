"""The purse that lies in Redis spends as the one in memory does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.allowance import Allowance, Purse
from realtime.redis_address import Address
from realtime.redis_purse import SharedPurse

NAMES = count()


@pytest.fixture
async def opened(redis: str) -> AsyncIterator[Callable[[], SharedPurse]]:
    """Opens purses on one Redis."""
    address = Address.read(redis)
    client = address.client(20.0)
    yield lambda: SharedPurse(client, address)
    await client.aclose()


async def test_what_was_spent_comes_back_as_the_window_moves_on(opened: Callable[[], SharedPurse]) -> None:
    purse = opened()
    await purse.open()
    waits = []
    for pause in (0.5, 0.0, 0.6, 0.0, 0.0):
        waits.append(await purse.spend("robin", Allowance(2, 1)))
        await asyncio.sleep(pause)

    assert [wait == 0.0 for wait in waits] == [True, True, False, True, False]
    assert all(0.001 <= wait <= 0.5 for wait in waits if wait)


async def test_purses_of_two_processes_have_one_salt_and_one_window(
    opened: Callable[[], SharedPurse],
) -> None:
    purses = opened(), opened()
    for purse in purses:
        await purse.open()

    assert [await purse.spend("robin", Allowance(1, 60)) == 0.0 for purse in purses] == [True, False]


async def test_a_script_that_redis_forgot_is_taught_again(
    opened: Callable[[], SharedPurse], redis: str
) -> None:
    purse = opened()
    await purse.open()
    await purse.spend("robin", Allowance(1, 60))
    client = Address.read(redis).client(20.0)
    await client.script_flush()
    await client.aclose()

    assert await purse.spend("robin", Allowance(1, 60)) > 0.0


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    allowances=st.lists(st.builds(Allowance, st.integers(1, 4), st.integers(50, 60)), min_size=1, max_size=20)
)
async def test_whatever_is_spent_at_a_stroke_is_allowed_as_in_memory(
    opened: Callable[[], SharedPurse], allowances: list[Allowance]
) -> None:
    in_redis, in_memory, name = opened(), Purse(), f"robin {next(NAMES)}"
    await in_redis.open()
    for allowance in allowances:
        theirs = await in_redis.spend(name, allowance)
        ours = await in_memory.spend(name, allowance)

        assert (theirs == 0.0) == (ours == 0.0)
        assert theirs == pytest.approx(ours, abs=5.0)
        assert theirs <= allowance.seconds
    await in_memory.aclose()
