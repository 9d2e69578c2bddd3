"""memory:// — the backplane of a single process."""

import time
from collections.abc import Callable
from typing import Self

from realtime.allowance import Allowance, Purse
from realtime.condition import Condition
from realtime.envelope import Deliver, Envelope, Topic
from realtime.listeners import Listener, Listeners
from realtime.presence import Presence, Roll


class InProcess:
    """Delivers synchronously, so that publishing returns when every outbox has the envelope."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._listeners = Listeners()
        self._roll = Roll()
        self._purse = Purse()
        self._closed = False

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `memory://`; anything after it raises ValueError."""
        if url != "memory://":
            raise ValueError("memory:// takes nothing after it")
        return cls()

    @property
    def condition(self) -> Condition:
        """It always answers."""
        return Condition("memory", answers=True)

    async def publish(self, envelope: Envelope) -> None:
        """Hand an envelope to everyone who listens; one that raises is logged, and stops nobody."""
        self._listeners.deliver(envelope)

    async def subscribe(self, topic: Topic, deliver: Deliver) -> Listener:
        """Listen to a topic; once closed, what is returned hears nothing."""
        listener = Listener(self._listeners, topic, deliver)
        if not self._closed:
            self._listeners.add(listener)
        return listener

    async def arrive(self, topic: Topic, presence: Presence, seconds: float) -> None:
        """Be present for so many seconds; arriving again renews it."""
        if not self._closed:
            self._roll.arrive(topic, presence, self._clock(), seconds)

    async def depart(self, topic: Topic, connection: str) -> None:
        """Be present no more."""
        self._roll.depart(topic, connection)

    async def present(self, topic: Topic) -> tuple[Presence, ...]:
        """Return who is present, first come first; a member on two connections twice."""
        return self._roll.present(topic, self._clock())

    async def spend(self, key: str, allowance: Allowance) -> float:
        """Spend once: 0.0 when that was allowed, else the seconds to wait; once closed, always to wait."""
        return await self._purse.spend(key, allowance)

    async def aclose(self) -> None:
        """End every subscription, forget everything, and leave no task behind."""
        self._closed = True
        self._listeners.clear()
        self._roll.clear()
        await self._purse.aclose()
