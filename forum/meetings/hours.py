"""When a meeting opens and closes, and what its agenda says: decided without looking at anything else."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.meetings.tables import Phase

LOBBY = timedelta(minutes=15)
"""So long before the start people may gather, and a host may open."""
LINGER = timedelta(minutes=15)
"""So long after its end a meeting closes by itself."""
PROLONG_MINUTES = 15
PROLONG_MOST = 60
MINUTES = re.compile(r"\s*(\d{1,3})\s+(\S.*)")
LONGEST_STEP = 600


@dataclass(frozen=True, slots=True)
class Hours:
    """When a date begins and ends, and by how many minutes its hosts made it longer."""

    starts_at: datetime
    ends_at: datetime
    prolonged_minutes: int = 0

    @property
    def lobby_from(self) -> datetime:
        """From when people may gather."""
        return self.starts_at - LOBBY

    @property
    def closes_at(self) -> datetime:
        """When it closes by itself."""
        return self.ends_at + LINGER + timedelta(minutes=self.prolonged_minutes)

    def due(self, phase: str, now: datetime, *, host_here: bool) -> Phase | None:
        """Return the phase that the clock asks for, or None where it is as it should be."""
        if phase == Phase.CLOSED:
            return None
        if now >= self.closes_at:
            return Phase.CLOSED
        opens = phase == Phase.LOBBY and host_here and now >= self.starts_at
        return Phase.OPEN if opens else None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an agenda; `minutes` is 0 where it takes as long as it takes."""

    minutes: int
    words: str


def agenda_of(text: str) -> tuple[Step, ...]:
    """Return the steps of an agenda: one line each, minutes, a space, what is done."""
    return tuple(_step(line.strip()) for line in text.splitlines() if line.strip())


def _step(line: str) -> Step:
    found = MINUTES.fullmatch(line)
    if found is None or int(found[1]) > LONGEST_STEP:
        return Step(0, line)
    return Step(int(found[1]), found[2])
