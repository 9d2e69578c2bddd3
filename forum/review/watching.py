"""Watching the desk: a moderator's live connection hears what changes there, for as long as they are one."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.broadcasts import DESK
from forum.errors import NotFound
from forum.review.filters import may_decide
from forum.review.queue import queue_length
from forum.review.tables import ReviewItem
from forum.services import Services
from realtime import frames
from realtime.backplane import Subscription
from realtime.connection import Connection
from realtime.envelope import Envelope, encode

log = structlog.get_logger()

Recognised = Callable[[], Awaitable[Viewer | None]]
"""Asks anew who is at the other end of a connection."""

MOST_UNTOLD = 1000
"""Whoever is further behind comes back and reads the list anew."""


class DeskWatch:
    """One connection's view of the desk; who is there is asked again before each thing that is told."""

    def __init__(self, services: Services, connection: Connection, recognised: Recognised) -> None:
        self._services = services
        self._connection = connection
        self._recognised = recognised
        self._heard: asyncio.Queue[Envelope]
        self._subscription: Subscription | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Hear the desk from now on, beginning with how much waits; NotFound for whoever is no moderator."""
        viewer = await self._recognised()
        if viewer is None or not viewer.can_moderate:
            raise NotFound
        if self._subscription is None:
            # Few watch the desk, and an empty queue has 3 kB.
            self._heard = asyncio.Queue(MOST_UNTOLD)
            self._subscription = await self._services.backplane.subscribe(DESK, self._hear)
            self._task = asyncio.create_task(self._keep_telling())
        await self._count(viewer)

    async def recount(self) -> None:
        """Say anew how much waits, where the desk is watched: something may not have been heard."""
        viewer = await self._recognised() if self._subscription is not None else None
        if viewer is not None and viewer.can_moderate:
            await self._count(viewer)

    async def _count(self, viewer: Viewer) -> None:
        # Counted only now: what comes from here on is heard, so nothing falls between the two.
        async with self._services.database.reading() as session:
            waiting = await queue_length(session, viewer)
        self._connection.offer(encode(frames.watching(waiting)))

    async def end(self) -> None:
        """Hear nothing of the desk any more."""
        if self._subscription is not None:
            await self._subscription.end()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, envelope: Envelope) -> None:
        try:
            self._heard.put_nowait(envelope)
        except asyncio.QueueFull:
            self._connection.end(frames.RESTARTING, "too far behind")

    async def _keep_telling(self) -> None:
        while True:
            heard = [await self._heard.get()]
            while not self._heard.empty():
                heard.append(self._heard.get_nowait())
            try:
                await self._tell(heard)
            except (OSError, SQLAlchemyError) as error:
                log.warning("desk.not-told", error=type(error).__name__)
                self._connection.end(frames.RESTARTING, "come back and read the list anew")

    async def _tell(self, heard: Collection[Envelope]) -> None:
        viewer = await self._recognised()
        if viewer is None:
            self._connection.end(frames.SIGNED_OUT, "signed out")
            return
        if not viewer.can_moderate:
            self._connection.end(frames.RESTARTING, "come back with another role")
            return
        items = [UUID(json.loads(envelope.frame)["item"]) for envelope in heard]
        async with self._services.database.reading() as session:
            shown = await shown_among(session, viewer.id, items)
        for item, envelope in zip(items, heard, strict=True):
            if item in shown:
                self._connection.relay(envelope)


async def shown_among(session: AsyncSession, moderator_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Return those items that this moderator may know of: not what is about themselves, say."""
    query = select(ReviewItem.id).where(col(ReviewItem.id).in_(ids), *may_decide(moderator_id))
    return set((await session.exec(query)).all())
