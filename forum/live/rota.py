"""What is to be done again and again for each of many connections, by one task for all of them."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

Turn = Callable[[], Awaitable[None]]


class Rota:
    """Gives everybody a turn once in so many seconds, spread evenly; runs only while there is somebody.

    A turn that fails is logged by type, and comes again.
    """

    def __init__(self, name: str, seconds: float) -> None:
        self._name = name
        self._seconds = seconds
        self._turns: dict[object, Turn] = {}
        self._task: asyncio.Task[None] | None = None

    def add(self, who: object, turn: Turn) -> None:
        """Give somebody a turn from now on."""
        self._turns[who] = turn
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def remove(self, who: object) -> None:
        """Give somebody no more turns; strangers are no matter."""
        self._turns.pop(who, None)
        if not self._turns and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        while self._turns:
            everybody = tuple(self._turns)
            for who in everybody:
                await asyncio.sleep(self._seconds / len(everybody))
                if (turn := self._turns.get(who)) is not None:
                    await self._take(turn)

    async def _take(self, turn: Turn) -> None:
        try:
            await turn()
        except Exception as error:  # noqa: BLE001 - one's failure must not end the turns of all others
            log.warning("live.turn-failed", rota=self._name, error=type(error).__name__)
