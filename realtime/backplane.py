"""What carries envelopes, presence and pace between connections: one protocol, opened by URL."""

from collections.abc import Callable, Mapping
from typing import Protocol

from realtime.allowance import Allowance
from realtime.condition import Condition
from realtime.envelope import CATCH_UP, Deliver, Envelope, Topic
from realtime.in_process import InProcess
from realtime.on_redis import OnRedis
from realtime.presence import Presence

__all__ = [
    "CATCH_UP",
    "Allowance",
    "Backplane",
    "Condition",
    "Deliver",
    "Presence",
    "Subscription",
    "open_backplane",
]


class Subscription(Protocol):
    """Someone who listens to a topic."""

    async def end(self) -> None:
        """Stop listening; more than once is no matter."""


class Backplane(Protocol):
    """The verbs that connections share, whether in one process or in many; none raises.

    What is carried is a hint, and may be lost: after it may have been, `CATCH_UP` is told.
    """

    @property
    def condition(self) -> Condition:
        """How it was when a verb last needed it."""

    async def publish(self, envelope: Envelope) -> None:
        """Hand an envelope to everyone who listens, in the order published; one's failure is its own."""

    async def subscribe(self, topic: Topic, deliver: Deliver) -> Subscription:
        """Listen to a topic from the moment this returns."""

    async def arrive(self, topic: Topic, presence: Presence, seconds: float) -> None:
        """Be present for so many seconds; arriving again renews it."""

    async def depart(self, topic: Topic, connection: str) -> None:
        """Be present no more."""

    async def present(self, topic: Topic) -> tuple[Presence, ...]:
        """Return who is present, first come first; a member on two connections twice."""

    async def spend(self, key: str, allowance: Allowance) -> float:
        """Spend once: 0.0 when that was allowed, else the seconds to wait, and nothing was spent."""

    async def aclose(self) -> None:
        """End every subscription and forget everything; publishing afterwards does nothing."""


OPENERS: Mapping[str, Callable[[str], Backplane]] = {
    "memory": InProcess.open,
    "redis": OnRedis.open,
    "rediss": OnRedis.open,
    "unix": OnRedis.open,
}


def open_backplane(url: str) -> Backplane:
    """Open the backplane a URL names; raises ValueError, which never quotes more than the scheme."""
    scheme, separator, _ = url.partition("://")
    known = ", ".join(f"{name}://" for name in OPENERS)
    if not separator:
        raise ValueError(f"A backplane URL starts with one of: {known}")
    if scheme not in OPENERS:
        raise ValueError(f"There is no backplane for {scheme}://; choose one of: {known}")
    return OPENERS[scheme](url)
