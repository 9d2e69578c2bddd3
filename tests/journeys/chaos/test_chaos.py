"""Claims about chaos: whatever is killed, what was acknowledged stays, and everybody reads it once, in order.

`CHAOS_SECONDS`, `CHAOS_SEED` and `CHAOS_MEMBERS` make it longer, another one, and a larger storm.
"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.journeys.chaos.checker import violations
from tests.journeys.chaos.evening import MEMBERS, SETTLE_SECONDS, spend
from tests.journeys.chaos.storm import storm

pytestmark = pytest.mark.chaos

SECONDS = float(os.environ.get("CHAOS_SECONDS", "20"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
IN_THE_STORM = int(os.environ.get("CHAOS_MEMBERS", "60"))
EXIT_SECONDS = 12.0
"""A process that is told to end does so within 10; the rest is for a busy machine."""
CAUGHT_UP_SECONDS = 15.0


async def test_nothing_is_lost_repeated_or_out_of_order_whatever_is_killed(
    tmp_path: Path,
) -> None:
    evening = await spend(tmp_path, SECONDS, SEED)

    states = Counter(one.state for one in evening.truth.messages)
    told = {"harm": evening.harm, "states": dict(states), "settled": evening.settled}
    assert [str(found) for found in violations(evening.logs, evening.truth)] == [], told
    assert evening.settled < SETTLE_SECONDS
    assert states["published"] > MEMBERS
    assert states["held"] > 0
    assert all(seconds < EXIT_SECONDS for seconds in evening.exits)
    assert not re.search("apple|kettle|lantern|Member1", evening.said), "a log tells what people wrote"


async def test_everybody_who_was_cut_off_at_once_catches_up_without_a_fault(tmp_path: Path) -> None:
    told = await storm(tmp_path, IN_THE_STORM, SEED)

    assert [str(found) for found in violations(told.logs, told.truth)] == []
    assert [status for status in told.statuses if status >= 500] == []
    assert told.caught_up < CAUGHT_UP_SECONDS
