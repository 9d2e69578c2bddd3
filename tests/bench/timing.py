"""Times several doings fairly: on one core, warmed up, and taking turns."""

import os
import statistics
import time
from collections.abc import Callable, Mapping

WARM_UPS = 20


def on_one_core() -> bool:
    """Keep this process, and those it starts, on one core; return whether the system can."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def medians(doings: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the milliseconds of each at the median; taking turns, a busy moment hits all alike."""
    for doing in doings.values():
        for _ in range(WARM_UPS):
            doing()
    times: dict[str, list[float]] = {name: [] for name in doings}
    for _ in range(runs):
        for name, doing in doings.items():
            start = time.perf_counter()
            doing()
            times[name].append(time.perf_counter() - start)
    return {name: 1_000 * statistics.median(taken) for name, taken in times.items()}
