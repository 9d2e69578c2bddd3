"""One connection on which Redis tells us what is published, until it breaks."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import chain, groupby
from typing import NoReturn

from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as LineBroken

HEARTBEAT_SECONDS = 5.0
"""After so much silence Redis is asked whether it is there; after as much again the line counts as broken."""
AT_ONCE = 500
"""How many channels are named in one command."""


class Line:
    """Subscribes, and hands on what comes, in the order it comes; a broken line is never mended.

    Only one task writes, so that what is asked reaches Redis in the order it was asked, whoever is cancelled.
    `hear` is given channel and message; it must not block, nor raise.
    """

    def __init__(
        self, pubsub: PubSub, hear: Callable[[bytes, bytes], None], heartbeat: float = HEARTBEAT_SECONDS
    ) -> None:
        self._pubsub = pubsub
        self._hear = hear
        self._heartbeat = heartbeat
        self._asks: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._joined: dict[str, asyncio.Future[None]] = {}
        self._unconfirmed: dict[str, deque[asyncio.Future[None]]] = {}
        self._over = False
        self._cut: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()

    def join(self, channel: str) -> None:
        """Ask to hear a channel; once is enough."""
        if channel not in self._joined:
            joined = self._joined[channel] = asyncio.get_running_loop().create_future()
            self._unconfirmed.setdefault(channel, deque()).append(joined)
            self._asks.put_nowait(("SUBSCRIBE", channel))

    async def confirmed(self, channel: str) -> None:
        """Wait until Redis confirmed a channel that was joined, it was left, or the line broke."""
        if (joined := self._joined.get(channel)) is not None and not self._over:
            await asyncio.wait([joined])

    def leave(self, channel: str) -> None:
        """Ask to hear a channel no more."""
        if self._joined.pop(channel, None) is not None:
            self._asks.put_nowait(("UNSUBSCRIBE", channel))

    async def settled(self) -> None:
        """Wait until everything joined so far is confirmed; raises LineBroken if the line breaks before."""
        while not self._over and (waiting := [one for one in self._joined.values() if not one.done()]):
            await asyncio.wait(waiting)
        if self._over:
            raise LineBroken

    def cut(self, error: Exception) -> None:
        """Break the line: `run` raises this error, and nothing is waited for any more."""
        if not self._cut.done():
            self._cut.set_result(error)

    async def run(self) -> NoReturn:
        """Carry until the line breaks, then raise why; every future is told by then."""
        tasks: list[asyncio.Task[NoReturn]] = []
        try:
            await self._pubsub.connect()  # type: ignore[no-untyped-call]
            tasks = [asyncio.create_task(one()) for one in (self._ask, self._listen, self._severed)]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
            raise LineBroken
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._over = True
            for joined in chain.from_iterable(self._unconfirmed.values()):
                joined.set_result(None)
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]

    async def _ask(self) -> NoReturn:
        while True:
            asks = [await self._asks.get()]
            while not self._asks.empty() and len(asks) < AT_ONCE:
                asks.append(self._asks.get_nowait())
            for verb, group in groupby(asks, key=lambda ask: ask[0]):
                channels = [channel for _, channel in group if channel]
                await self._pubsub.execute_command(verb, *channels)

    async def _severed(self) -> NoReturn:
        raise await self._cut

    async def _listen(self) -> NoReturn:
        asked = False
        while True:
            if self._pubsub.connection is None or not self._pubsub.connection.is_connected:
                raise LineBroken
            message = await self._pubsub.get_message(timeout=self._heartbeat)
            if message is None and asked:
                raise TimeoutError
            if message is None:
                self._asks.put_nowait(("PING", ""))
            asked = message is None
            if message is not None:
                self._take(message["type"], message["channel"], message["data"])

    def _take(self, kind: str, channel: bytes, data: bytes) -> None:
        if kind == "message":
            self._hear(channel, data)
        elif kind == "subscribe":
            name = channel.decode()
            waiting = self._unconfirmed[name]
            waiting.popleft().set_result(None)
            if not waiting:
                del self._unconfirmed[name]
