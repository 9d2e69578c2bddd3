"""What the small inbox and gate promise: the same as those of asyncio that they stand for."""

import asyncio
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.inbox import Gate, Inbox


async def test_everybody_who_waits_passes_an_opened_gate_and_nobody_a_closed_one() -> None:
    gate = Gate()
    waiting = [asyncio.create_task(gate.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    before = [task.done() for task in waiting]
    gate.set()
    await asyncio.gather(*waiting)
    gate.clear()
    late = asyncio.create_task(gate.wait())
    await asyncio.sleep(0)

    assert before == [False] * 3
    assert not late.done()
    assert not gate.is_set()
    late.cancel()


async def test_one_who_is_cancelled_holds_nobody_else_up() -> None:
    gate, inbox = Gate(), Inbox[str]()
    impatient = asyncio.create_task(gate.wait())
    patient = asyncio.create_task(gate.wait())
    hungry = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    impatient.cancel()
    hungry.cancel()
    await asyncio.sleep(0)
    gate.set()
    inbox.put_nowait("for somebody else")
    await patient

    assert await inbox.get() == "for somebody else"
    with pytest.raises(asyncio.CancelledError):
        await hungry


@given(st.lists(st.one_of(st.integers(), st.none())))
def test_what_is_put_comes_out_in_its_order(steps: list[int | None]) -> None:
    """None takes one out; waits for nothing, as nothing would come."""

    async def run() -> None:
        inbox, beside = Inbox[int](), deque[int]()
        for step in steps:
            if step is not None:
                inbox.put_nowait(step)
                beside.append(step)
            elif beside:
                assert await inbox.get() == beside.popleft()
            assert inbox.empty() is not bool(beside)

    asyncio.run(run())


async def test_who_waits_is_woken_by_what_comes() -> None:
    inbox = Inbox[int]()
    waiting = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    inbox.put_nowait(7)

    assert await waiting == 7
