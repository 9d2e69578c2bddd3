"""Who was sent away from a room, for a while or until it is lifted."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.errors import Forbidden
from forum.language import N_
from forum.spaces.tables import Removal

AWAY = N_("You cannot write in this room for now. You can read here, and take part everywhere else.")


async def is_away(session: AsyncSession, place_id: UUID, account_id: UUID, now: datetime) -> bool:
    """Return whether the member may not speak in the room now."""
    query = select(Removal.id).where(
        Removal.place_id == place_id,
        Removal.account_id == account_id,
        col(Removal.lifted_at).is_(None),
        or_(col(Removal.until).is_(None), col(Removal.until) > now),
    )
    return (await session.exec(query.limit(1))).first() is not None


async def check_here(session: AsyncSession, place_id: UUID, account_id: UUID, now: datetime) -> None:
    """Raise Forbidden, in plain words, for a member who was sent away from the room."""
    if await is_away(session, place_id, account_id, now):
        raise Forbidden(AWAY)
