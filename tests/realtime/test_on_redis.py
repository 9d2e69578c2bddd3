"""What only the backplane on Redis promises: two of them stand for two processes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis
from structlog.testing import capture_logs

from realtime.allowance import Allowance
from realtime.envelope import CATCH_UP, Envelope, Topic
from realtime.on_redis import FRAME_BYTES, PATIENCE_SECONDS, OnRedis
from realtime.presence import Presence
from realtime.redis_address import Address
from realtime.redis_line import Line
from tests.realtime.ears import Ear, becomes
from tests.servers import Valkey

ROOM, OTHER = Topic("place:1"), Topic("place:2")
ROBIN = Presence("a", UUID(int=1), "Robin")
SAM = Presence("b", UUID(int=2), "Sam", facilitator=True)
LONG = 20.0
"""More patience than a busy machine needs, where a test is not about patience."""
MARGIN = 1.0
"""Seconds that a busy machine may add to a promise."""


@asynccontextmanager
async def processes(url: str, count: int = 2, patience: float = LONG) -> AsyncIterator[list[OnRedis]]:
    """So many backplanes on one Redis."""
    async with AsyncExitStack() as stack:
        opened = [OnRedis(Address.read(url), patience) for _ in range(count)]
        for one in opened:
            stack.push_async_callback(one.aclose)
        yield opened


async def until(backplane: OnRedis, answers: bool) -> None:
    """Wait until the backplane finds its Redis there, or away."""
    await becomes(lambda: backplane.condition.answers is answers)


async def test_what_one_process_publishes_every_process_hears_in_one_order(redis: str) -> None:
    async with processes(redis) as (here, there):
        ears = [Ear(), Ear()]
        await here.subscribe(ROOM, ears[0])
        await there.subscribe(ROOM, ears[1])
        await asyncio.gather(
            *(who.publish(Envelope(ROOM, str(n))) for n in range(50) for who in (here, there))
        )
        heard = [await ear.hears(100) for ear in ears]

    assert heard[0] == heard[1]
    assert sorted(heard[0], key=int) == [str(n) for n in range(50) for _ in range(2)]


async def test_envelopes_of_one_process_keep_their_order_even_if_nobody_waits_for_them(redis: str) -> None:
    async with processes(redis) as (here, there):
        ear = Ear()
        await there.subscribe(ROOM, ear)
        await asyncio.gather(*(here.publish(Envelope(ROOM, str(n))) for n in range(100)))

        assert await ear.hears(100) == [str(n) for n in range(100)]


async def test_presence_is_seen_by_every_process_in_the_order_of_arrival(redis: str) -> None:
    async with processes(redis) as (here, there):
        await here.arrive(ROOM, SAM, 60)
        await there.arrive(ROOM, ROBIN, 60)
        await here.arrive(ROOM, SAM, 60)

        assert await here.present(ROOM) == await there.present(ROOM) == (SAM, ROBIN)


async def test_who_was_on_a_process_that_closed_is_gone_at_once(redis: str) -> None:
    async with processes(redis) as (here, there):
        await here.arrive(ROOM, ROBIN, 60)
        await there.arrive(ROOM, SAM, 60)
        await here.aclose()

        assert await there.present(ROOM) == (SAM,)


async def test_an_allowance_is_one_for_all_processes(redis: str) -> None:
    async with processes(redis, 3) as all_of_them:
        waits = await asyncio.gather(*(one.spend("robin", Allowance(5, 60)) for one in all_of_them * 4))

    assert waits.count(0.0) == 5
    assert all(0 < wait <= 60 for wait in waits if wait)


async def test_a_topic_is_subscribed_while_somebody_here_listens_and_no_longer(redis: str) -> None:
    address = Address.read(redis)
    channel, watcher = address.channel(ROOM), address.client(LONG)
    async with processes(redis, 1) as (here,):
        first, second = await here.subscribe(ROOM, Ear()), await here.subscribe(ROOM, Ear())
        both = dict(await watcher.pubsub_numsub(channel))
        await first.end()
        one = dict(await watcher.pubsub_numsub(channel))
        await second.end()
        await here.subscribe(OTHER, Ear())  # confirmed after what was asked before it
        none = dict(await watcher.pubsub_numsub(channel))
    await watcher.aclose()

    assert [list(count.values()) for count in (both, one, none)] == [[1], [1], [0]]


async def test_listening_again_at_once_hears_again(redis: str) -> None:
    async with processes(redis) as (here, there):
        for number in range(20):
            ear = Ear()
            subscription = await here.subscribe(ROOM, ear)
            await there.publish(Envelope(ROOM, str(number)))

            assert await ear.hears(1) == [str(number)]
            await subscription.end()


async def test_what_is_too_large_for_any_outbox_is_not_carried_and_the_log_tells_no_words(redis: str) -> None:
    async with processes(redis, 1) as (here,):
        ear = Ear()
        await here.subscribe(ROOM, ear)
        with capture_logs() as entries:
            await here.publish(Envelope(ROOM, "secret" * FRAME_BYTES))
        await here.publish(Envelope(ROOM, "small"))

        assert await ear.hears(1) == ["small"]
    assert [entry["event"] for entry in entries] == ["envelope too large"]
    assert "secret" not in repr(entries)


async def test_what_others_write_into_our_channel_is_passed_over(redis: str) -> None:
    address = Address.read(redis)
    stranger = address.client(LONG)
    async with processes(redis, 1) as (here,):
        ear = Ear()
        await here.subscribe(ROOM, ear)
        for noise in (b"", b"hello", b"\xff\xfe \xff", b"a:b:c d"):
            await stranger.publish(address.channel(ROOM), noise)
        await here.publish(Envelope(ROOM, "ours"))

        heard = await ear.hears(1)
    await stranger.aclose()
    assert heard[-1] == "ours"


async def test_nothing_in_redis_names_who_was_paced(redis: str) -> None:
    address = Address.read(redis)
    async with processes(redis, 1) as (here,):
        await here.spend("sign-in:Robin:203.0.113.7", Allowance(3, 60))
        watcher = address.client(LONG)
        keys = [key async for key in watcher.scan_iter(f"{address.prefix}:*")]
        await watcher.aclose()

    assert len([key for key in keys if b":pace:" in key]) == 1
    assert not any(b"Robin" in key or b"203.0" in key for key in keys)


async def test_databases_of_one_redis_hear_nothing_of_each_other(valkey: Valkey) -> None:
    async with processes(valkey.url, 1) as (one,), processes(f"{valkey.url}?db=1", 1) as (two,):
        ears = [Ear(), Ear()]
        await one.subscribe(ROOM, ears[0])
        await two.subscribe(ROOM, ears[1])
        await one.publish(Envelope(ROOM, "first"))
        await two.publish(Envelope(ROOM, "second"))

        assert [await ear.hears(1) for ear in ears] == [["first"], ["second"]]


# Redis is away


async def test_without_redis_every_verb_works_within_this_process(valkey: Valkey) -> None:
    valkey.kill()
    async with processes(valkey.url, 1) as (here,):
        ear = Ear()
        with capture_logs() as entries:
            subscription = await here.subscribe(ROOM, ear)
            await here.publish(Envelope(ROOM, "alone"))
            await here.arrive(ROOM, ROBIN, 60)
            present = await here.present(ROOM)
            waits = [await here.spend("robin", Allowance(1, 60)) for _ in range(2)]
            await here.depart(ROOM, "a")
            await subscription.end()

        assert (ear.frames, present, await here.present(ROOM)) == (["alone"], (ROBIN,), ())
        assert waits[0] == 0.0 < waits[1]
        assert [entry["event"] for entry in entries] == ["backplane away"]
        assert here.condition.fault == "ConnectionError"


async def test_a_redis_that_hangs_costs_one_wait_and_then_none(valkey: Valkey) -> None:
    async with processes(valkey.url, 1, PATIENCE_SECONDS) as (here,):
        ear = Ear()
        await here.subscribe(ROOM, ear)
        valkey.freeze()
        began = time.monotonic()
        await here.publish(Envelope(ROOM, "first"))
        first = time.monotonic() - began
        for number in range(100):
            await here.publish(Envelope(ROOM, str(number)))
            await here.spend("robin", Allowance(1000, 60))
        rest = time.monotonic() - began - first
        valkey.thaw()

    assert ear.frames == ["first", *(str(number) for number in range(100))]
    assert first < PATIENCE_SECONDS + MARGIN
    assert rest < MARGIN


async def test_a_redis_that_never_answers_costs_the_first_caller_no_more_than_our_patience(
    valkey: Valkey,
) -> None:
    valkey.freeze()
    async with processes(valkey.url, 1, 0.2) as (here,):
        began = time.monotonic()
        await asyncio.gather(*(here.subscribe(ROOM, Ear()) for _ in range(10)))
        took = time.monotonic() - began
        valkey.thaw()
        await until(here, answers=True)

    assert took < 0.2 + MARGIN


async def test_what_was_given_here_while_redis_hung_is_not_given_again_when_it_wakes(valkey: Valkey) -> None:
    async with processes(valkey.url, 2, 0.3) as (here, there):
        ears = [Ear(), Ear()]
        await here.subscribe(ROOM, ears[0])
        await there.subscribe(ROOM, ears[1])
        valkey.freeze()
        await here.publish(Envelope(ROOM, "into the silence"))
        valkey.thaw()
        await until(here, answers=True)
        await until(there, answers=True)
        await here.publish(Envelope(ROOM, "and after it"))
        await ears[0].hears(2)

        assert ears[0].frames == ["into the silence", "and after it"]
        assert ears[1].frames.count("into the silence") <= 1


async def test_a_redis_that_was_killed_and_comes_back_is_found_again_and_everything_with_it(
    valkey: Valkey,
) -> None:
    async with processes(valkey.url) as both:
        ears, catching_up = [Ear(), Ear()], Ear()
        for who, ear in zip(both, ears, strict=True):
            await who.subscribe(ROOM, ear)
        await both[0].subscribe(CATCH_UP, catching_up)
        await both[0].arrive(ROOM, ROBIN, 60)
        await both[1].arrive(ROOM, SAM, 60)
        with capture_logs() as entries:
            valkey.kill()
            await both[0].publish(Envelope(ROOM, "only here"))
            for who in both:
                await until(who, answers=False)
            meanwhile = await both[0].subscribe(OTHER, ears[0])
            valkey.start()
            for who in both:
                await until(who, answers=True)
        await both[1].publish(Envelope(ROOM, "everywhere"))
        await both[1].publish(Envelope(OTHER, "meanwhile"))

        assert await ears[0].hears(3) == ["only here", "everywhere", "meanwhile"]
        assert await ears[1].hears(1) == ["everywhere"]
        assert {who.connection for who in await both[0].present(ROOM)} == {"a", "b"}
        assert len(catching_up.frames) == 1
        await meanwhile.end()
    assert sorted(entry["event"] for entry in entries) == ["backplane away"] * 2 + ["backplane healed"] * 2


async def test_presences_of_a_process_that_was_killed_end_by_themselves(redis: str) -> None:
    async with processes(redis) as (here, there):
        await here.arrive(ROOM, ROBIN, 0.2)
        here._roll.clear()  # nobody is left who would take them back
        await here.aclose()
        before = await there.present(ROOM)
        await asyncio.sleep(0.3)

        assert await there.present(ROOM) == ()
    assert before in ((ROBIN,), ())


async def test_a_server_that_takes_no_writes_counts_as_away(valkey: Valkey) -> None:
    admin = Redis.from_url(valkey.url)
    await admin.config_set("maxmemory", 1)
    async with processes(valkey.url, 1) as (here,):
        assert await here.spend("robin", Allowance(1, 60)) == 0.0
        assert not here.condition.answers
        assert here.condition.fault == "OutOfMemoryError"
        await admin.config_set("maxmemory", 0)
        await until(here, answers=True)
    await admin.aclose()


# Order, whatever happens


STEPS = st.lists(
    st.tuples(st.sampled_from(["publish", "listen", "leave", "stumble"]), st.integers(0, 1)), max_size=30
)


class Story:
    """Two processes that publish, listen and leave; a stumble cuts the line of one."""

    def __init__(self, both: list[OnRedis]) -> None:
        self.both = both
        self.ears: list[tuple[Ear, int]] = []
        self.listening: list[list[tuple[Ear, object]]] = [[], []]
        self.published = 0
        self.cut: list[Line] = []

    async def step(self, verb: str, who: int) -> None:
        process = self.both[who]
        if verb == "publish":
            await process.publish(Envelope(ROOM, str(self.published)))
            self.published += 1
        elif verb == "listen":
            ear = Ear()
            self.ears.append((ear, self.published))
            self.listening[who].append((ear, await process.subscribe(ROOM, ear)))
        elif verb == "leave" and self.listening[who]:
            await self.listening[who].pop()[1].end()  # type: ignore[attr-defined]
        elif verb == "stumble" and process._tie.line is not None:
            self.cut.append(process._tie.line)
            process._tie.line.cut(ConnectionError())

    async def calm(self) -> None:
        """Wait until both hold on to lines that were not cut."""
        for process in self.both:
            await process.present(ROOM)
            await becomes(partial(self._whole, process))

    def _whole(self, process: OnRedis) -> bool:
        return process.condition.answers and process._tie.line not in [None, *self.cut]


@settings(max_examples=25)
@given(steps=STEPS)
async def test_nobody_hears_anything_twice_or_out_of_order_and_nothing_is_missed_on_a_whole_line(
    redis_server: str, steps: list[tuple[str, int]]
) -> None:
    fresh = f"{redis_server}?prefix=story-{time.monotonic_ns()}"
    async with processes(fresh) as both:
        story = Story(both)
        for verb, who in steps:
            await story.step(verb, who)
        await story.calm()
        await both[0].publish(Envelope(ROOM, "-1"))
        for ear, _ in [one for listening in story.listening for one in listening]:
            await becomes(partial(ear.frames.__contains__, "-1"))

        for ear, since in story.ears:
            heard = [int(frame) for frame in ear.frames if frame != "-1"]
            assert heard == sorted(set(heard))
            if "-1" in ear.frames and "stumble" not in {verb for verb, _ in steps}:
                assert set(range(since, story.published)) <= set(heard)


@settings(max_examples=15)
@given(frames=st.lists(st.text(st.characters()), min_size=1, max_size=10))
async def test_every_text_arrives_as_it_was_written(redis_server: str, frames: list[str]) -> None:
    async with processes(f"{redis_server}?prefix=texts-{time.monotonic_ns()}") as (here, there):
        ear = Ear()
        await there.subscribe(ROOM, ear)
        for frame in frames:
            await here.publish(Envelope(ROOM, frame))

        assert await ear.hears(len(frames)) == frames
