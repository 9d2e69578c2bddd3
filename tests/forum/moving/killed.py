"""Moves a database, and kills its own process (kill -9) after so many words about it."""

import asyncio
import os
import signal
from itertools import count

from forum.moving.moving import Move, Stage, move


def move_killed(source: str, target: str, after: int) -> None:
    """Move, and be killed."""
    told = count(1)

    def tell(_stage: Stage, _done: int, _total: int) -> None:
        if next(told) == after:
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(move(Move(source, target, at_once=40), tell))
