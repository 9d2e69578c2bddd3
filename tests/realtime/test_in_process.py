"""What only the backplane of a single process promises."""

from uuid import UUID

import pytest

from realtime.envelope import Envelope, Topic
from realtime.in_process import InProcess
from realtime.presence import Presence
from tests.realtime.twins import Clock

ROOM = Topic("place:1")


async def test_publishing_returns_when_everyone_has_the_envelope() -> None:
    backplane = InProcess()
    heard: list[str] = []
    await backplane.subscribe(ROOM, lambda envelope: heard.append(envelope.frame))
    await backplane.publish(Envelope(ROOM, "hello"))

    assert heard == ["hello"]


async def test_presence_expires_by_the_clock_given() -> None:
    clock = Clock()
    backplane = InProcess(clock)
    robin = Presence("a", UUID(int=1), "Robin")
    await backplane.arrive(ROOM, robin, 60.0)
    clock.now += 59.0
    before = await backplane.present(ROOM)
    clock.now += 1.0

    assert before == (robin,)
    assert await backplane.present(ROOM) == ()


def test_memory_has_no_host() -> None:
    with pytest.raises(ValueError, match="nothing after it"):
        InProcess.open("memory://somewhere")
