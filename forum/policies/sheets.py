"""The pages that the team keeps: where each lives, what counts, and its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.messages.leaves import current_in
from forum.messages.tables import Message, State
from forum.spaces.tables import Place, PlaceKind

READABLE = (State.PUBLISHED, State.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: what kind it is, and its name among them, such as a guideline's slug."""

    kind: PlaceKind
    key: str

    @property
    def place_id(self) -> UUID:
        """Where it lives: always the same, so that two who write it first write one page."""
        return uuid5(NAMESPACE_URL, f"waypost:{self.kind}:{self.key}")


async def current(session: AsyncSession, sheet: Sheet) -> Message | None:
    """Return the team's version that counts; None where what ships does."""
    return await current_in(session, sheet.place_id)


async def currents(session: AsyncSession, kind: PlaceKind) -> dict[str, Message]:
    """Return the versions that count of all pages of a kind, by key: one query."""
    query = (
        select(Place.name, Message)
        .join(Message, col(Message.place_id) == col(Place.id))
        .where(Place.kind == kind, Message.state == State.PUBLISHED)
        .order_by(col(Message.seq))
    )
    return dict((await session.exec(query)).all())


async def waiting(session: AsyncSession, kind: PlaceKind) -> set[str]:
    """Return the keys of the pages of which a version waits for a person."""
    query = (
        select(Place.name)
        .join(Message, col(Message.place_id) == col(Place.id))
        .where(Place.kind == kind, Message.state == State.HELD)
    )
    return set((await session.exec(query)).all())


async def history(session: AsyncSession, sheet: Sheet) -> Sequence[Message]:
    """Return the versions of a page that were published, the newest first."""
    query = (
        select(Message)
        .where(Message.place_id == sheet.place_id, col(Message.state).in_(READABLE))
        .order_by(col(Message.seq).desc())
    )
    return (await session.exec(query)).all()


async def versions(session: AsyncSession, kind: PlaceKind) -> Sequence[tuple[str, Message]]:
    """Return the published versions of all pages of a kind with their keys, the oldest first: one query."""
    query = (
        select(Place.name, Message)
        .join(Message, col(Message.place_id) == col(Place.id))
        .where(Place.kind == kind, col(Message.state).in_(READABLE))
        .order_by(col(Message.published_at), col(Message.id))
    )
    return (await session.exec(query)).all()


def moment_of(version: Message) -> datetime:
    """Return when a version was published."""
    return version.published_at or version.created_at
