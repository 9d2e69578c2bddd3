"""What a moderator prefers at the desk: read by every page of it, written when they choose."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.errors import Invalid
from forum.language import N_
from forum.services import Services
from forum.wellbeing.covering import Cover
from forum.wellbeing.tables import Comfort


async def comfort_of(session: AsyncSession, account_id: UUID) -> Comfort:
    """Return what a moderator has chosen, or what everybody starts with; for reading only."""
    found = (await session.exec(select(Comfort).where(Comfort.account_id == account_id))).first()
    return found or Comfort(account_id=account_id)


async def own_comfort(tx: Transaction, account_id: UUID) -> Comfort:
    """Return the moderator's row for writing, made where there is none; two at once get the same."""
    locked = select(Comfort).where(col(Comfort.account_id) == account_id).with_for_update()
    found = (await tx.session.exec(locked)).first()
    if found is not None:
        return found
    try:
        async with tx.session.begin_nested():
            tx.session.add(Comfort(account_id=account_id))
    except IntegrityError:
        pass  # somebody else has made it in this very moment
    return (await tx.session.exec(locked)).one()


async def choose_cover(services: Services, account_id: UUID, cover: str) -> None:
    """Keep whose words are covered; Invalid for a choice that is not on the list."""
    if cover not in set(Cover):
        raise Invalid({"cover": N_("Choose one from the list.")})
    async with services.database.transaction() as tx:
        (await own_comfort(tx, account_id)).cover = cover
