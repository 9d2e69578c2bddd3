"""Who was sent away from a room, for a while or until it is lifted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.errors import Forbidden
from forum.language import N_
from forum.spaces.tables import Removal

AWAY = N_("You cannot write in this room for now. You can read here, and take part everywhere else.")

IN_FORCE = (
    select(Removal.id)
    .where(
        col(Removal.place_id) == bindparam("place"),
        col(Removal.account_id) == bindparam("account"),
        col(Removal.lifted_at).is_(None),
        or_(col(Removal.until).is_(None), col(Removal.until) > bindparam("now")),
    )
    .limit(1)
)


async def is_away(session: AsyncSession, place_id: UUID, account_id: UUID, now: datetime) -> bool:
    """Return whether the member may not speak in the room now."""
    asked = {"place": place_id, "account": account_id, "now": now}
    return (await session.exec(IN_FORCE, params=asked)).first() is not None


async def check_here(session: AsyncSession, place_id: UUID, account_id: UUID, now: datetime) -> None:
    """Raise Forbidden, in plain words, for a member who was sent away from the room."""
    if await is_away(session, place_id, account_id, now):
        raise Forbidden(AWAY)
