"""Who is where: one presence a connection, in the order they arrived, each with its expiry."""

from dataclasses import dataclass
from uuid import UUID

from realtime.envelope import Topic


@dataclass(frozen=True, slots=True)
class Presence:
    """A member on one connection; `name` is None when the member does not let it be shown."""

    connection: str
    member: UUID
    name: str | None
    facilitator: bool = False


class Roll:
    """Keeps who is present, a member on two connections twice. Times are seconds of one clock."""

    def __init__(self) -> None:
        self._topics: dict[Topic, dict[str, tuple[Presence, float]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._topics.values()))

    def arrive(self, topic: Topic, presence: Presence, now: float, seconds: float) -> None:
        """Note a presence for so many seconds; who is already present keeps their place in the order."""
        self._forget_expired(topic, now)
        self._topics.setdefault(topic, {})[presence.connection] = (presence, now + seconds)

    def depart(self, topic: Topic, connection: str) -> None:
        """Strike a connection from a topic; unknown ones are no matter."""
        here = self._topics.get(topic, {})
        here.pop(connection, None)
        if not here:
            self._topics.pop(topic, None)

    def present(self, topic: Topic, now: float) -> tuple[Presence, ...]:
        """Return the unexpired, first come first."""
        self._forget_expired(topic, now)
        return tuple(presence for presence, _ in self._topics.get(topic, {}).values())

    def everyone(self, now: float) -> tuple[tuple[Topic, Presence, float], ...]:
        """Return every presence with the seconds it still lasts, each topic's first come first."""
        return tuple(
            (topic, presence, until - now)
            for topic, here in self._topics.items()
            for presence, until in here.values()
            if until > now
        )

    def clear(self) -> None:
        """Forget everyone."""
        self._topics.clear()

    def _forget_expired(self, topic: Topic, now: float) -> None:
        expired = [name for name, (_, until) in self._topics.get(topic, {}).items() if until <= now]
        for connection in expired:
            self.depart(topic, connection)
