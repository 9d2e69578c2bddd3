"""How allowances are spent, and what the purse remembers."""

import asyncio

import pytest

from realtime.allowance import Allowance, Purse
from tests.realtime.twins import Clock

THRICE = Allowance(3, 60)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The wall clock, which limits reads, turned by hand."""
    clock = Clock(1_800_000_000.0)
    monkeypatch.setattr("time.time", clock)
    return clock


@pytest.mark.parametrize(("count", "seconds"), [(0, 1), (1, 0), (-1, 5)])
def test_an_allowance_is_at_least_once_in_a_second(count: int, seconds: int) -> None:
    with pytest.raises(ValueError, match="at least once"):
        Allowance(count, seconds)


async def test_what_was_spent_comes_back_as_the_window_moves_on(clock: Clock) -> None:
    purse = Purse()
    spent = []
    for _ in range(4):
        spent.append(await purse.spend("robin", THRICE))
        clock.now += 10.0
    clock.now += 20.5
    again = await purse.spend("robin", THRICE)
    too_soon = await purse.spend("robin", THRICE)
    await purse.aclose()

    assert spent == [0.0, 0.0, 0.0, 30.0]
    assert (again, too_soon) == (0.0, 9.5)


async def test_being_refused_spends_nothing(clock: Clock) -> None:
    purse = Purse()
    refused = [await purse.spend("robin", Allowance(1, 10)) for _ in range(5)]
    clock.now += 10.5
    again = await purse.spend("robin", Allowance(1, 10))
    await purse.aclose()

    assert refused == [0.0, 10.0, 10.0, 10.0, 10.0]
    assert again == 0.0


async def test_a_wait_is_never_so_short_that_it_looks_like_yes(clock: Clock) -> None:
    purse = Purse()
    await purse.spend("robin", Allowance(1, 10))
    clock.now += 10.0
    wait = await purse.spend("robin", Allowance(1, 10))
    await purse.aclose()

    assert wait > 0.0


async def test_no_key_lies_in_memory_in_clear() -> None:
    purse = Purse()
    await purse.spend("203.0.113.7", THRICE)
    remembered = repr(vars(purse._storage))
    await purse.aclose()

    assert "LIMITER/" in remembered
    assert "203.0.113.7" not in remembered


async def test_keys_are_forgotten_when_their_time_is_over(clock: Clock) -> None:
    purse = Purse(sweep_seconds=0.0)
    for number in range(20):
        await purse.spend(f"visitor {number}", THRICE)
    crowded = len(purse)
    clock.now += 61.0
    for _ in range(100):
        await purse.spend("robin", Allowance(1000, 60))
        await asyncio.sleep(0.001)
    alone = len(purse)
    await purse.aclose()

    assert (crowded, alone) == (20, 1)


async def test_a_busy_purse_keeps_one_task_and_a_closed_one_none() -> None:
    before = asyncio.all_tasks()
    purse = Purse()
    await asyncio.gather(*(purse.spend(f"visitor {number}", THRICE) for number in range(50)))
    busy = asyncio.all_tasks() - before
    await purse.aclose()

    assert len(busy) == 1
    assert asyncio.all_tasks() == before


async def test_a_closed_purse_allows_nothing_and_starts_nothing() -> None:
    before = asyncio.all_tasks()
    purse = Purse()
    await purse.aclose()
    await purse.aclose()

    assert await purse.spend("robin", THRICE) == 60.0
    assert asyncio.all_tasks() == before
