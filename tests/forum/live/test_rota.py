"""Turns for many by one task."""

import asyncio

from structlog.testing import capture_logs

from forum.live.rota import Rota


async def test_everybody_has_their_turns_from_one_task_even_after_one_failed() -> None:
    before = len(asyncio.all_tasks())
    rota, turns, enough = Rota("watch", 0.01), list[str](), asyncio.Event()

    async def fails() -> None:
        turns.append("fails")
        raise LookupError("a secret")

    async def works() -> None:
        turns.append("works")
        if turns.count("works") == 3:
            enough.set()

    with capture_logs() as entries:
        rota.add("one", fails)
        rota.add("other", works)
        tasks = len(asyncio.all_tasks()) - before
        async with asyncio.timeout(10):
            await enough.wait()
    rota.remove("one")
    rota.remove("other")

    assert tasks == 1
    assert turns[:4] == ["fails", "works"] * 2
    assert {entry["error"] for entry in entries} == {"LookupError"}
    assert "secret" not in repr(entries)


async def test_who_left_has_no_turn_and_with_nobody_there_is_no_task() -> None:
    before = asyncio.all_tasks()
    rota, turns = Rota("watch", 0.01), list[int]()

    async def turn() -> None:
        turns.append(1)

    rota.add("one", turn)
    rota.remove("one")
    rota.remove("one")
    await asyncio.sleep(0.03)

    assert turns == []
    assert asyncio.all_tasks() == before


async def test_one_may_leave_in_the_midst_of_ones_turn_and_come_again() -> None:
    rota, turns, done = Rota("catching-up", 0.001), list[int](), asyncio.Event()

    async def turn() -> None:
        turns.append(1)
        rota.remove("one")
        done.set()

    for _ in range(2):
        rota.add("one", turn)
        async with asyncio.timeout(10):
            await done.wait()
        done.clear()
        await asyncio.sleep(0.01)

    assert turns == [1, 1]
