"""What the outgoing half of a connection promises."""

import asyncio

import pytest

from realtime.sending import Fate, Sending
from realtime.text_frame import text_frame
from tests.realtime.twins import PaperWire


def sending(wire: PaperWire, most: int = 100, seconds: float = 1.0) -> tuple[Sending, list[Fate]]:
    """Return one, and the list of the fates that it tells."""
    fates: list[Fate] = []
    return Sending(wire, most, seconds, fates.append), fates


async def test_a_peer_who_keeps_up_costs_no_task() -> None:
    before = asyncio.all_tasks()
    wire = PaperWire(direct=True)
    out, _ = sending(wire)
    out.put(text_frame("one"))

    assert wire.heard == ["one"]
    assert asyncio.all_tasks() == before


async def test_once_nothing_waits_the_task_is_gone_and_comes_back_when_needed() -> None:
    before = asyncio.all_tasks()
    wire = PaperWire()
    out, _ = sending(wire)
    for text in ("one", "two"):
        out.put(text_frame(text))
        await out.finished()
        assert asyncio.all_tasks() == before

    assert wire.heard == ["one", "two"]


async def test_room_is_waited_for_until_half_is_free() -> None:
    wire = PaperWire(direct=True)
    wire.reading.clear()
    out, _ = sending(wire, most=20)
    await out.roomy()
    out.put(text_frame("eleven byte"))
    waiting = asyncio.create_task(out.roomy())
    await asyncio.sleep(0.01)
    early = waiting.done()
    wire.reading.set()
    await waiting

    assert not early


async def test_one_who_stopped_leaves_no_task() -> None:
    before = asyncio.all_tasks()
    wire = PaperWire(direct=True)
    wire.reading.clear()
    out, fates = sending(wire)
    out.put(text_frame("never read"))
    await asyncio.sleep(0)
    await out.stop()

    assert asyncio.all_tasks() == before
    assert fates == []


@pytest.mark.parametrize(("most", "seconds"), [(3, 1.0), (100, 0.01)])
async def test_bytes_and_seconds_both_put_a_peer_behind(most: int, seconds: float) -> None:
    wire = PaperWire(direct=True)
    wire.reading.clear()
    out, fates = sending(wire, most, seconds)
    out.put(text_frame("two"))
    await out.finished()

    assert fates == [Fate.BEHIND]
