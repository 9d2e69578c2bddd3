"""Group commit: members who write at once are let in one after the other, and share one commit."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

MOST = 32
"""Writers who share one commit."""
SECONDS = 0.02
"""How long the first of a group waits for those who are there already; where nobody is, not at all."""

CLOSING_SECONDS = 5.0


class Begin(Protocol):
    """Begins to write, in brief statements or others; at the end, undoes what was not committed."""

    def __call__(self, *, brief: bool) -> AbstractAsyncContextManager[AsyncConnection]: ...


class GivenUp(SQLAlchemyError):
    """The database undid the whole transaction by itself.

    SQLite may do that where a disk is full (https://www.sqlite.org/lang_transaction.html, section 3).
    """


@dataclass(frozen=True, slots=True)
class Entry:
    """What a writer is let in with; who is not the first makes a savepoint, to undo only their own."""

    connection: AsyncConnection
    first: bool


def _future() -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True)
class Turn:
    """One writer: let in, gone again, and told at last whether what they wrote was kept."""

    shared: bool
    then: Callable[[], Awaitable[None]]
    """What follows the commit, in the order of the writers; it is not lost with a writer who is cancelled."""
    came: asyncio.Future[Entry] = field(default_factory=_future)
    left: asyncio.Future[BaseException | None] = field(default_factory=_future)
    kept: asyncio.Future[None] = field(default_factory=_future)
    settled: asyncio.Future[None] = field(default_factory=_future)
    context: Context = field(default_factory=copy_context)

    def fail(self, error: BaseException) -> None:
        """Tell the writer, unless they have gone, that nothing was kept."""
        for future in (self.came, self.kept):
            if not future.done():
                future.set_exception(error)
                future.exception()  # seen, in case nobody asks any more

    def settle(self) -> None:
        """Tell a writer who failed that the others are committed, or not."""
        if not self.settled.done():
            self.settled.set_result(None)


class GroupCommit:
    """One writer at a time on one connection; whoever waits meanwhile is let in before the commit.

    Each is undone by themselves when they fail, and nobody is told of success before the commit. An error of
    the commit, and `GivenUp`, are told to all who were in. Writers come, and are told, in one order.
    """

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._waiting: deque[Turn] = deque()
        self._working: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def turn(self, then: Callable[[], Awaitable[None]], *, shared: bool) -> AsyncIterator[Entry]:
        """Write when it is one's turn: by oneself, or (`shared`) briefly and beside others.

        Leaving without an error waits for the commit, and for `then`, which follows it.
        """
        turn = Turn(shared, then)
        self._waiting.append(turn)
        if self._working is None:
            # No writer's own context: it may go on working for others.
            self._working = asyncio.get_running_loop().create_task(self._work(), context=Context())
        try:
            yield await turn.came
        except BaseException as error:
            turn.left.set_result(error)
            if isinstance(error, Exception):
                # It may have met what others in the group wrote: whoever hears of it finds that committed.
                await asyncio.shield(turn.settled)
            raise
        turn.left.set_result(None)
        await asyncio.shield(turn.kept)

    async def aclose(self) -> None:
        """Wait a little for what is being written, and told."""
        for task in (self._working, self._telling):
            if task is not None and not task.done():
                await asyncio.wait({task}, timeout=CLOSING_SECONDS)

    async def _work(self) -> None:
        try:
            while turn := self._next():
                await self._group(turn)
        finally:
            self._working = None

    def _next(self) -> Turn | None:
        """Return who has waited longest; who was cancelled meanwhile waits no more."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.came.done():
                return turn
        return None

    async def _group(self, first: Turn) -> None:
        came, inside = [first], [first]
        try:
            async with self._begin(brief=first.shared) as connection:
                if not await self._let_in(first, Entry(connection, first=True)):
                    return
                await self._let_others_in(connection, came, inside)
                await connection.commit()
            self._tell(inside)
        except BaseException as error:
            for turn in inside:
                turn.fail(error)
            if not isinstance(error, Exception):
                raise
        finally:
            for turn in came:
                turn.settle()

    async def _let_others_in(self, connection: AsyncConnection, came: list[Turn], inside: list[Turn]) -> None:
        until = asyncio.get_running_loop().time() + SECONDS
        while turn := self._another(inside, until):
            came.append(turn)
            if await self._let_in(turn, Entry(connection, first=False)):
                inside.append(turn)
            if not await _is_begun(connection):
                raise GivenUp("the whole transaction was undone")

    def _another(self, inside: list[Turn], until: float) -> Turn | None:
        """Return who may join: one who waits already, where neither they nor the first write at length."""
        if not inside[0].shared or len(inside) >= MOST or asyncio.get_running_loop().time() > until:
            return None
        turn = self._next()
        if turn is not None and not turn.shared:
            self._waiting.appendleft(turn)
            return None
        return turn

    async def _let_in(self, turn: Turn, entry: Entry) -> bool:
        """Return whether the writer left without an error."""
        turn.came.set_result(entry)
        return await turn.left is None

    def _tell(self, inside: list[Turn]) -> None:
        loop = asyncio.get_running_loop()
        for turn in inside:
            self._telling = loop.create_task(_follow(turn, self._telling), context=turn.context)


async def _follow(turn: Turn, before: asyncio.Task[None] | None) -> None:
    """Do what follows a commit, once all that came before it is done."""
    if before is not None and not before.done():
        await asyncio.wait({before})
    try:
        await turn.then()
    except BaseException as error:
        turn.fail(error)
        if not isinstance(error, Exception):
            raise
    else:
        turn.kept.set_result(None)


async def _is_begun(connection: AsyncConnection) -> bool:
    """Return whether the transaction is still there: see GivenUp."""
    if connection.invalidated:
        return False
    tie: Any = (await connection.get_raw_connection()).driver_connection
    return bool(tie.in_transaction)
