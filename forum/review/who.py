"""Who a moderator is beside an item: read for `eligibility`, which decides."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import is_moderator
from forum.review.eligibility import Who
from forum.review.tables import Appeal, Recusal, ReviewItem, Ruling


async def who_is(session: AsyncSession, moderator_id: UUID, item: ReviewItem) -> Who:
    """Return what stands between a moderator and an item, and whether they are one (still)."""
    account = await session.get(Account, moderator_id)
    recusal = await session.get(Recusal, (moderator_id, item.account_id))
    return Who(
        moderator_id,
        is_moderator(account),
        recused=recusal is not None,
        made_it=item.kind == "appeal" and await _made_the_ruling(session, moderator_id, item.id),
    )


async def _made_the_ruling(session: AsyncSession, moderator_id: UUID, item_id: UUID) -> bool:
    query = (
        select(Ruling.id)
        .join(Appeal, col(Appeal.ruling_id) == col(Ruling.id))
        .where(Appeal.item_id == item_id, Ruling.moderator_id == moderator_id)
    )
    return (await session.exec(query.limit(1))).first() is not None
