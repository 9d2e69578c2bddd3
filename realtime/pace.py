"""How fast one connection may speak: a token bucket that can fall into debt."""

from collections.abc import Callable


class Pace:
    """Allows `burst` at once and `burst` every `seconds` thereafter; each further one is a debt."""

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float]) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._level = float(burst)
        self._at = clock()

    def take(self) -> float:
        """Take one: 0.0 when that is fine, else the seconds after which the next would be."""
        now = self._clock()
        regained = max(0.0, now - self._at) * self._burst / self._seconds
        self._level = min(float(self._burst), self._level + regained) - 1
        self._at = now
        return 0.0 if self._level >= 0 else (1 - self._level) * self._seconds / self._burst

    @property
    def exhausted(self) -> bool:
        """Whether the debt is as large as the burst: someone who does not wait when asked to."""
        return self._level <= -self._burst
