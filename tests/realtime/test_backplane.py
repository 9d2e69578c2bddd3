"""What every backplane promises, by URL; a second backend is one more entry in URLS."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from realtime.backplane import Allowance, Backplane, Presence, open_backplane
from realtime.envelope import Envelope, Topic
from tests.realtime.ears import Ear

URLS = ["memory://", "redis"]
"""A scheme of an embedded backplane, or the fixture that gives the URL of a server."""
ROOM, OTHER = Topic("place:1"), Topic("place:2")
ROBIN = Presence("a", UUID(int=1), "Robin")
ROBIN_ON_THE_PHONE = Presence("b", UUID(int=1), "Robin")
SAM = Presence("c", UUID(int=2), None, facilitator=True)


@pytest.fixture(params=URLS)
async def backplane(request: pytest.FixtureRequest) -> AsyncIterator[Backplane]:
    """Each backplane, empty."""
    backplane = open_backplane(
        request.param if "://" in request.param else request.getfixturevalue(request.param)
    )
    yield backplane
    await backplane.aclose()


async def test_everyone_who_listens_hears_everything_in_the_order_published(backplane: Backplane) -> None:
    ears = [Ear(), Ear()]
    for ear in ears:
        await backplane.subscribe(ROOM, ear)
    frames = [str(number) for number in range(100)]
    for frame in frames:
        await backplane.publish(Envelope(ROOM, frame))

    assert [await ear.hears(100) for ear in ears] == [frames, frames]


async def test_nobody_hears_another_topic_or_what_was_before_them(backplane: Backplane) -> None:
    elsewhere, late = Ear(), Ear()
    await backplane.subscribe(OTHER, elsewhere)
    await backplane.publish(Envelope(ROOM, "early"))
    await backplane.subscribe(ROOM, late)
    await backplane.publish(Envelope(ROOM, "late"))

    assert await late.hears(1) == ["late"]
    assert elsewhere.frames == []


async def test_an_ended_subscription_hears_no_more_and_may_end_twice(backplane: Backplane) -> None:
    leaving, staying = Ear(), Ear()
    subscription = await backplane.subscribe(ROOM, leaving)
    await backplane.subscribe(ROOM, staying)
    await subscription.end()
    await subscription.end()
    await backplane.publish(Envelope(ROOM, "hello"))

    assert await staying.hears(1) == ["hello"]
    assert leaving.frames == []


async def test_one_ear_that_subscribes_twice_hears_twice_and_can_stop_once(backplane: Backplane) -> None:
    ear = Ear()
    first = await backplane.subscribe(ROOM, ear)
    await backplane.subscribe(ROOM, ear)
    await backplane.publish(Envelope(ROOM, "both"))
    await ear.hears(2)
    await first.end()
    await backplane.publish(Envelope(ROOM, "one"))

    assert await ear.hears(3) == ["both", "both", "one"]


async def test_a_listener_that_fails_stops_nobody_and_is_logged_without_content(backplane: Backplane) -> None:
    def fail(envelope: Envelope) -> None:
        raise RuntimeError(envelope.frame)

    ear = Ear()
    await backplane.subscribe(ROOM, fail)
    await backplane.subscribe(ROOM, ear)
    with capture_logs() as entries:
        await backplane.publish(Envelope(ROOM, "a secret"))
        await ear.hears(1)

    assert ear.frames == ["a secret"]
    assert [entry["error"] for entry in entries] == ["RuntimeError"]
    assert "secret" not in repr(entries)


async def test_who_is_present_stands_in_the_order_of_arrival(backplane: Backplane) -> None:
    for presence in (ROBIN, SAM, ROBIN_ON_THE_PHONE, ROBIN):
        await backplane.arrive(ROOM, presence, 60.0)

    assert await backplane.present(ROOM) == (ROBIN, SAM, ROBIN_ON_THE_PHONE)
    assert await backplane.present(OTHER) == ()


async def test_a_connection_departs_alone(backplane: Backplane) -> None:
    for presence in (ROBIN, ROBIN_ON_THE_PHONE):
        await backplane.arrive(ROOM, presence, 60.0)
    await backplane.depart(ROOM, "a")
    await backplane.depart(OTHER, "b")

    assert await backplane.present(ROOM) == (ROBIN_ON_THE_PHONE,)


async def test_who_does_not_renew_is_soon_absent(backplane: Backplane) -> None:
    await backplane.arrive(ROOM, ROBIN, 60.0)
    await backplane.arrive(ROOM, SAM, 0.02)
    await asyncio.sleep(0.04)

    assert await backplane.present(ROOM) == (ROBIN,)


async def test_an_allowance_is_spent_once_for_each_even_by_many_at_a_time(backplane: Backplane) -> None:
    allowance = Allowance(5, 60)
    waits = await asyncio.gather(*(backplane.spend("robin", allowance) for _ in range(8)))

    assert sorted(wait == 0.0 for wait in waits) == [False] * 3 + [True] * 5
    assert all(0.0 < wait <= 60.0 for wait in waits if wait)
    assert await backplane.spend("sam", allowance) == 0.0


async def test_a_closed_backplane_carries_nothing_and_leaves_no_task(backplane: Backplane) -> None:
    others, ear = asyncio.all_tasks(), Ear()
    subscription = await backplane.subscribe(ROOM, ear)
    await backplane.arrive(ROOM, ROBIN, 60.0)
    await backplane.spend("robin", Allowance(1, 60))
    await backplane.aclose()
    await backplane.publish(Envelope(ROOM, "too late"))
    await backplane.subscribe(ROOM, ear)
    await backplane.arrive(ROOM, ROBIN, 60.0)
    await backplane.publish(Envelope(ROOM, "later still"))
    await subscription.end()

    assert ear.frames == []
    assert await backplane.present(ROOM) == ()
    assert asyncio.all_tasks() == others


@pytest.mark.parametrize("url", ["", "memory", "pigeons://loft", "redis:secret"])
def test_an_unknown_url_is_refused_in_plain_words(url: str) -> None:
    with pytest.raises(ValueError, match="memory://") as caught:
        open_backplane(url)

    assert "secret" not in str(caught.value)
    assert "loft" not in str(caught.value)
