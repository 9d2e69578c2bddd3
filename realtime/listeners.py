"""Who listens to what within this process."""

from collections.abc import Callable

import structlog
from structlog.typing import FilteringBoundLogger

from realtime.envelope import Deliver, Envelope, Topic

log: FilteringBoundLogger = structlog.get_logger()


class Listener:
    """One subscription of one topic."""

    def __init__(self, listeners: "Listeners", topic: Topic, deliver: Deliver) -> None:
        self._listeners = listeners
        self.topic = topic
        self.deliver = deliver

    async def end(self) -> None:
        """Stop listening; more than once is no matter."""
        self._listeners.remove(self)


class Listeners:
    """Hands envelopes to those who listen, in the order they came; tells when a topic's last one has left."""

    def __init__(self, deserted: Callable[[Topic], None] = lambda _topic: None) -> None:
        self._by_topic: dict[Topic, list[Listener]] = {}
        self._deserted = deserted

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What is listened to."""
        return tuple(self._by_topic)

    def add(self, listener: Listener) -> None:
        """Begin to listen, after those who already do."""
        self._by_topic.setdefault(listener.topic, []).append(listener)

    def remove(self, listener: Listener) -> None:
        """Stop listening; who does not listen is no matter."""
        here = self._by_topic.get(listener.topic, [])
        others = [other for other in here if other is not listener]
        if others:
            self._by_topic[listener.topic] = others
        elif here:
            del self._by_topic[listener.topic]
            self._deserted(listener.topic)

    def deliver(self, envelope: Envelope) -> None:
        """Hand an envelope to everyone who listens; one that raises is logged, and stops nobody."""
        for listener in tuple(self._by_topic.get(envelope.topic, ())):
            try:
                listener.deliver(envelope)
            except Exception as error:  # noqa: BLE001 -- one listener's failure stays its own
                log.error("delivery failed", error=type(error).__name__)

    def clear(self) -> None:
        """Forget everyone, and tell nobody."""
        self._by_topic.clear()
