"""Buddies: the moderator to whom one hands what is too much, known to both."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.handles import handle_key
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import MODERATING
from forum.database import Transaction
from forum.errors import Invalid
from forum.language import N_
from forum.services import Services
from forum.wellbeing.comfort import own_comfort
from forum.wellbeing.tables import Comfort


@dataclass(frozen=True, slots=True)
class Buddies:
    """Whom a moderator has chosen, and who has chosen them."""

    mine: str | None = None
    mine_id: UUID | None = None
    of: tuple[str, ...] = ()


async def team_of(session: AsyncSession, viewer: Viewer) -> Sequence[str]:
    """Return the handles of the other moderators, in order."""
    others = (col(Account.role).in_(MODERATING), Account.id != viewer.id)
    return (await session.exec(select(Account.handle).where(*others).order_by(col(Account.handle_key)))).all()


async def buddies_of(session: AsyncSession, account_id: UUID) -> Buddies:
    """Return a moderator's buddies on both sides, in one query; who moderates no more is none."""
    own = select(Comfort.buddy_id).where(Comfort.account_id == account_id).scalar_subquery()
    query = (
        select(Account, Comfort.buddy_id, own)
        .join(Comfort, col(Comfort.account_id) == col(Account.id), isouter=True)
        .where(
            col(Account.role).in_(MODERATING),
            or_(col(Account.id) == own, col(Comfort.buddy_id) == account_id),
        )
        .order_by(col(Account.handle_key))
    )
    rows = (await session.exec(query)).all()
    mine = next((account for account, _, chosen in rows if account.id == chosen), None)
    return Buddies(
        mine.handle if mine else None,
        mine.id if mine else None,
        tuple(account.handle for account, theirs, _ in rows if theirs == account_id),
    )


async def choose_buddy(services: Services, viewer: Viewer, handle: str) -> None:
    """Keep the choice, the empty string for nobody; Invalid where it is no other moderator."""
    async with services.database.transaction() as tx:
        chosen = await _moderator(tx, viewer, handle) if handle.strip() else None
        (await own_comfort(tx, viewer.id)).buddy_id = chosen


async def _moderator(tx: Transaction, viewer: Viewer, handle: str) -> UUID:
    query = select(Account.id).where(
        Account.handle_key == handle_key(handle), col(Account.role).in_(MODERATING), Account.id != viewer.id
    )
    found = (await tx.session.exec(query)).first()
    if found is None:
        raise Invalid({"buddy": N_("Choose another moderator from the list, or nobody.")})
    return found
