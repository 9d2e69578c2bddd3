"""Backplane, outbox and resume together: whatever is lost on the way, a reader has everything once, in order.

A place is a list of what was committed. Hints of it are dropped, swapped and doubled; readers stall, are
let go of, and come back with the last seq they saw, as docs/live-protocol.md says that clients do.
"""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from realtime.backplane import Subscription, open_backplane
from realtime.connection import Bounds, Connection
from realtime.envelope import Envelope, Topic, encode
from tests.realtime.ears import Ear
from tests.realtime.twins import PaperWire, ignore

ROOM = Topic("place:room")
BOUNDS = Bounds(outbox_bytes=600, close_seconds=0.01)
"""Room for about ten messages: who stalls is soon behind."""
READERS = 2
LOST_SECONDS = 2.0
"""A hint that has not come after so long is lost."""


class Reader:
    """A client, with what its server holds for it."""

    def __init__(self, committed: list[int], direct: bool) -> None:
        self.committed = committed
        self.direct = direct
        self.seen: list[int] = []
        self.heard_from = 0
        self.subscription: Subscription | None = None

    def come(self, wire: PaperWire, connection: Connection) -> None:
        """Be connected, and ask for what is missing since the last seq that was seen."""
        self.wire, self.connection, self.read = wire, connection, 0
        self.running = asyncio.create_task(connection.run(ignore))
        self.fetch()

    def fetch(self) -> None:
        """Have the server answer with everything after the last seq: through the same outbox."""
        last = self.seen[-1] if self.seen else 0
        self.connection.offer(encode({"type": "missed", "since": last, "items": self.committed[last:]}))

    def take(self) -> None:
        """Do what a client does with what has come."""
        while self.read < len(self.wire.heard):
            frame = json.loads(self.wire.heard[self.read])
            self.read += 1
            last = self.seen[-1] if self.seen else 0
            items = frame.get("items", [frame.get("seq", 0)])
            if (
                frame["type"] in ("message", "missed")
                and frame.get("since", items[0] - 1 if items else 0) > last
            ):
                self.fetch()
            elif frame["type"] in ("message", "missed"):
                self.seen += [seq for seq in items if seq > last]


class Resuming(RuleBasedStateMachine):
    """Readers of one place, on a real backplane."""

    url = "memory://"

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.committed: list[int] = []
        self.told: list[int] = []
        self.lost = False
        self.runner.run(self.begin())

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something, and let everybody take in what came of it."""

        async def and_settle() -> None:
            await work
            await self.settle()

        self.runner.run(and_settle())

    async def begin(self) -> None:
        """Open everything; the ear listens last, so what it has heard everybody was given."""
        self.backplane = open_backplane(self.url)
        self.readers = [Reader(self.committed, direct) for direct in (True, False)[:READERS]]
        for reader in self.readers:
            await self.connect(reader)
        self.ear = Ear()
        await self.backplane.subscribe(ROOM, self.ear)

    async def connect(self, reader: Reader) -> None:
        """Let a reader in: it listens first, and asks then."""
        wire = PaperWire(reader.direct)
        connection = Connection(wire, BOUNDS)
        reader.heard_from = len(self.told)
        reader.subscription = await self.backplane.subscribe(ROOM, connection.relay)
        reader.come(wire, connection)

    async def disconnect(self, reader: Reader) -> None:
        """End a reader's connection; what was on its way is lost."""
        assert reader.subscription is not None
        await reader.subscription.end()
        reader.wire.leave()
        reader.wire.reading.set()
        await reader.running

    async def hint(self, seq: int) -> None:
        """Publish that a seq was taken."""
        self.told.append(seq)
        await self.backplane.publish(Envelope.of(ROOM, {"type": "message", "seq": seq}))

    async def settle(self) -> None:
        """Wait until what was published has come, and every reader has taken what it can."""
        try:
            async with asyncio.timeout(LOST_SECONDS):
                await self.ear.hears(len(self.told))
        except TimeoutError:
            # Redis was too slow for its line, on a busy machine: hints may be lost then, and only hints.
            self.lost = True
            del self.told[len(self.ear.frames) :]
        for _ in range(30):
            await asyncio.sleep(0)
            for reader in self.readers:
                reader.take()

    @rule(times=st.integers(1, 2))
    def commit_and_tell(self, times: int) -> None:
        """Something is said; its hint may come twice."""

        async def work() -> None:
            self.committed.append(len(self.committed) + 1)
            for _ in range(times):
                await self.hint(self.committed[-1])

        self.do(work())

    @rule()
    def commit_and_tell_nobody(self) -> None:
        """The process dies between the commit and the hint."""
        self.committed.append(len(self.committed) + 1)

    @rule()
    def tell_two_the_wrong_way_round(self) -> None:
        """Two processes commit one after the other, and the second is quicker to tell."""

        async def work() -> None:
            first = len(self.committed) + 1
            self.committed.extend((first, first + 1))
            await self.hint(first + 1)
            await self.hint(first)

        self.do(work())

    @rule(which=st.integers(0, READERS - 1))
    def stall(self, which: int) -> None:
        """A reader stops reading."""
        self.readers[which].wire.reading.clear()

    @rule(which=st.integers(0, READERS - 1))
    def read_on(self, which: int) -> None:
        """A reader reads again; one who was let go of hears nothing more."""

        async def work() -> None:
            self.readers[which].wire.reading.set()

        self.do(work())

    @rule(which=st.integers(0, READERS - 1))
    def read_on_while_something_is_told(self, which: int) -> None:
        """A reader reads again, and at that very moment something is said."""

        async def work() -> None:
            self.readers[which].wire.reading.set()
            self.committed.append(len(self.committed) + 1)
            await self.hint(self.committed[-1])

        self.do(work())

    @rule(which=st.integers(0, READERS - 1))
    def come_back(self, which: int) -> None:
        """A connection breaks, and its reader comes back with the last seq it saw."""

        async def work() -> None:
            await self.disconnect(self.readers[which])
            await self.connect(self.readers[which])

        self.do(work())

    @invariant()
    def everything_once_and_in_order(self) -> None:
        """Nobody has a repeat, a gap, or anything that was not committed."""
        for reader in self.readers:
            assert reader.seen == self.committed[: len(reader.seen)]

    @invariant()
    def no_connection_has_a_hole(self) -> None:
        """What one connection is sent is what was told since it listened, up to some point."""
        for reader in () if self.lost else self.readers:
            frames = map(json.loads, reader.wire.heard)
            heard = [frame["seq"] for frame in frames if frame["type"] == "message"]

            assert heard == self.told[reader.heard_from :][: len(heard)]

    def teardown(self) -> None:
        """Whoever comes back in the end has everything."""

        async def work() -> None:
            for reader in self.readers:
                await self.disconnect(reader)
                await self.connect(reader)
            await self.settle()
            seen = [reader.seen for reader in self.readers]
            for reader in self.readers:
                await self.disconnect(reader)
            await self.backplane.aclose()
            assert seen == [self.committed] * READERS

        try:
            self.runner.run(work())
        finally:
            self.runner.close()


def test_readers_have_everything_once_and_in_order_within_one_process() -> None:
    run_state_machine_as_test(Resuming, settings=settings(max_examples=60, stateful_step_count=25))


def test_readers_have_everything_once_and_in_order_by_way_of_redis(redis: str) -> None:
    shared = type("ResumingOnRedis", (Resuming,), {"url": redis})

    run_state_machine_as_test(shared, settings=settings(max_examples=15, stateful_step_count=20))
