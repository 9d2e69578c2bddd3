"""redis:// — the backplane of many processes, which share one Redis or Valkey."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self, TypeVar

import structlog
from redis.exceptions import RedisError
from structlog.typing import FilteringBoundLogger

from realtime.allowance import Allowance, Purse
from realtime.condition import Condition
from realtime.echoes import Echoes
from realtime.envelope import CATCH_UP, CAUGHT_UP, Deliver, Envelope, Topic
from realtime.listeners import Listener, Listeners
from realtime.presence import Presence, Roll
from realtime.redis_address import Address
from realtime.redis_line import Line
from realtime.redis_presence import SharedRoll
from realtime.redis_purse import SharedPurse
from realtime.redis_tie import Ends, Tie

PATIENCE_SECONDS = 1.0
"""The longest that any verb waits for Redis. After one waited in vain, none waits until Redis is back."""
FRAME_BYTES = 256 * 1024
"""The longest frame that is carried, sealed, in UTF-8: no connection's outbox holds a longer one."""

T = TypeVar("T")
log: FilteringBoundLogger = structlog.get_logger()


class Away(Exception):
    """Redis cannot be asked: it is down, slow, or refuses."""


class OnRedis:
    """Carries between processes while Redis answers, and within this one while it does not; no verb raises.

    What is published comes back by way of Redis to our own listeners too, so that all processes hear one
    order. It is a hint that wakes: whatever a broken line missed is missed, and `CATCH_UP` says so after it.
    While Redis is away allowances begin afresh in each process, and only its own presences are seen.
    """

    def __init__(self, address: Address, patience: float = PATIENCE_SECONDS) -> None:
        self._address = address
        self._patience = patience
        self._client = address.client(patience)
        self._tie = Tie(
            self._client, Ends(self._hear, self._greet, lambda: self._listeners.deliver(CAUGHT_UP))
        )
        self._listeners = Listeners(self._leave)
        self._echoes = Echoes()
        self._in_turn = asyncio.Lock()
        self._roll, self._shared_roll = Roll(), SharedRoll(self._client, address)
        self._purse, self._shared_purse = Purse(), SharedPurse(self._client, address)
        self._closed = False

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `redis://`, `rediss://` or `unix://`; ValueError if it cannot be read. Connects when used."""
        return cls(Address.read(url))

    @property
    def condition(self) -> Condition:
        """Whether Redis answered when it was last asked."""
        return self._tie.condition

    async def publish(self, envelope: Envelope) -> None:
        """Hand an envelope to everyone who listens in any process, in the order published."""
        if self._closed:
            return
        number, sealed = self._echoes.seal(envelope.frame)
        if len(sealed) > FRAME_BYTES:
            self._echoes.settled(number)
            log.error("envelope too large", bytes=len(sealed))
            return
        try:
            await self._ask(lambda: self._send(self._address.channel(envelope.topic), sealed))
        except Away:
            if self._echoes.given_up(number):
                self._listeners.deliver(envelope)
        finally:
            self._echoes.settled(number)

    async def subscribe(self, topic: Topic, deliver: Deliver) -> Listener:
        """Listen to a topic from the moment this returns, or hear even what is on its way to others here;
        while Redis is away, to this process alone.
        """
        listener = Listener(self._listeners, topic, deliver)
        if self._closed:
            return listener
        self._listeners.add(listener)
        if topic == CATCH_UP:
            return listener
        self._join(topic)
        try:
            with suppress(Away):
                await self._ask(lambda: self._confirmed(topic))
        except asyncio.CancelledError:
            await listener.end()
            raise
        return listener

    async def arrive(self, topic: Topic, presence: Presence, seconds: float) -> None:
        """Be present for so many seconds by Redis's clock, even if this process is killed."""
        if self._closed:
            return
        self._roll.arrive(topic, presence, time.monotonic(), seconds)
        with suppress(Away):
            await self._ask(lambda: self._shared_roll.arrive(topic, presence, seconds))

    async def depart(self, topic: Topic, connection: str) -> None:
        """Be present no more; if Redis is away, until then at most as long as was said when arriving."""
        self._roll.depart(topic, connection)
        with suppress(Away):
            await self._ask(lambda: self._shared_roll.depart(topic, connection))

    async def present(self, topic: Topic) -> tuple[Presence, ...]:
        """Return who is present, first come first; if Redis is away, in this process."""
        try:
            return await self._ask(lambda: self._shared_roll.present(topic))
        except Away:
            return self._roll.present(topic, time.monotonic())

    async def spend(self, key: str, allowance: Allowance) -> float:
        """Spend once among all processes, or, if Redis is away, in this one; once closed, always to wait."""
        try:
            return await self._ask(lambda: self._shared_purse.spend(key, allowance))
        except Away:
            return await self._purse.spend(key, allowance)

    async def aclose(self) -> None:
        """End every subscription, take our presences back where Redis answers, and leave no task behind."""
        if self._closed:
            return
        self._closed = True
        self._listeners.clear()
        if self._tie.holds:
            with suppress(RedisError, OSError):
                async with asyncio.timeout(self._patience):
                    for topic, presence, _ in self._roll.everyone(time.monotonic()):
                        await self._shared_roll.depart(topic, presence.connection)
        self._roll.clear()
        await self._tie.aclose()
        with suppress(RedisError, OSError):
            await self._client.aclose()
        await self._purse.aclose()

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Return Redis's answer; raises Away, at once when that is known, else after our patience."""
        turn = self._tie.turn
        try:
            async with asyncio.timeout(self._patience):
                if not await self._tie.ready():
                    raise Away
                turn = self._tie.turn
                return await question()
        except (RedisError, OSError) as error:
            self._tie.lost(error, turn)
            raise Away from None

    async def _send(self, channel: str, sealed: bytes) -> None:
        async with self._in_turn:
            if not self._tie.holds:
                raise Away  # it was lost while we waited for our turn
            await self._client.publish(channel, sealed)

    def _join(self, topic: Topic) -> None:
        if self._tie.line is not None:
            self._tie.line.join(self._address.channel(topic))

    async def _confirmed(self, topic: Topic) -> None:
        if self._tie.line is not None:
            await self._tie.line.confirmed(self._address.channel(topic))

    def _leave(self, topic: Topic) -> None:
        if self._tie.line is not None:
            self._tie.line.leave(self._address.channel(topic))

    async def _greet(self, line: Line) -> None:
        """Bring a new line to where the old one was: salt, subscriptions, and who is present here."""
        await self._shared_purse.open()
        for topic in self._listeners.topics:
            if topic != CATCH_UP:
                self._join(topic)
        await line.settled()
        for topic, presence, seconds in self._roll.everyone(time.monotonic()):
            await self._shared_roll.arrive(topic, presence, seconds)

    def _hear(self, channel: bytes, sealed: bytes) -> None:
        try:
            frame = self._echoes.opened(sealed)
        except ValueError:
            log.warning("what came was no envelope", bytes=len(sealed))
            return
        if frame is not None:
            self._listeners.deliver(Envelope(self._address.topic(channel), frame))
