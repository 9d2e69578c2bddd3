"""Whoever came a moment ago: did their session end just before they listened for that?"""

import asyncio
from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from forum.accounts.tables import Session
from forum.services import Services

MOMENT_SECONDS = 0.1
"""Those who come within it are asked about together: a thousand may come back at once."""
AGAIN_SECONDS = 1.0
"""While the database does not answer."""
AT_ONCE = 1000
"""Sessions that one query names: drivers bound the number of its parameters."""

log = structlog.get_logger()


class Comers:
    """Asks once more about each new connection, many in one query; whose session has ended is told so."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._waiting: list[tuple[UUID, Callable[[], None]]] = []
        self._asking: asyncio.Task[None] | None = None

    def add(self, session_id: UUID, ended: Callable[[], None]) -> None:
        """Ask about a session within a moment; `ended` is called if it goes on no more."""
        self._waiting.append((session_id, ended))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(MOMENT_SECONDS)
                try:
                    await self._ask_about(self._waiting[:AT_ONCE])
                except (OSError, SQLAlchemyError) as error:
                    log.warning("comers.not-asked", error=type(error).__name__)
                    await asyncio.sleep(AGAIN_SECONDS)
        finally:
            self._asking = None

    async def _ask_about(self, some: list[tuple[UUID, Callable[[], None]]]) -> None:
        named = {session_id for session_id, _ in some}
        query = select(Session.id).where(col(Session.id).in_(named), col(Session.ended_at).is_(None))
        async with self._services.database.reading() as session:
            going_on = set((await session.exec(query)).all())
        del self._waiting[: len(some)]
        for session_id, ended in some:
            if session_id not in going_on:
                ended()
