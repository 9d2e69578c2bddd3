"""Times several doings fairly: on one core, warmed up, and taking turns."""

import math
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WARM_UPS = 20


def on_one_core() -> bool:
    """Keep this process, and those it starts, on one core; return whether the system can."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that half of the runs stayed within, and that all but one in a hundred did."""

    p50: float
    p99: float


def timed(doings: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Times]:
    """Return the times of each; taking turns, a busy moment hits all alike."""
    for doing in doings.values():
        for _ in range(WARM_UPS):
            doing()
    times: dict[str, list[float]] = {name: [] for name in doings}
    for _ in range(runs):
        for name, doing in doings.items():
            start = time.perf_counter()
            doing()
            times[name].append(time.perf_counter() - start)
    return {name: _times(taken) for name, taken in times.items()}


def _times(seconds: list[float]) -> Times:
    return Times(1_000 * statistics.median(seconds), 1_000 * quantile(seconds, 0.99))


def quantile(times: Sequence[float], share: float) -> float:
    """Return what this share of the times does not exceed (the nearest rank)."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]
