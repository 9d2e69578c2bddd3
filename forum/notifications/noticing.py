"""From facts to notices, in the transaction that recorded them."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.facts import Fact, MessagePublished, MessageRuled, NoticesChanged
from forum.notifications.tables import Notice

SILENT = frozenset({"kept"})
"""The author of a message that was reported and stays is not told that it was reported."""


async def notice(tx: Transaction, fact: Fact) -> None:
    """Write the notice that follows from a fact, if one does."""
    match fact:
        case MessagePublished(answers=UUID() as answered) if answered != fact.shown.author.id:
            row = Notice(account_id=answered, message_id=fact.shown.id, kind="reply", at=fact.shown.at)
        case MessageRuled() if fact.outcome not in SILENT:
            row = Notice(
                account_id=fact.author_id,
                message_id=fact.message_id,
                kind=fact.outcome,
                reason=fact.reason,
                at=fact.at,
            )
        case _:
            return
    tx.session.add(row)
    await tx.session.flush()
    tx.record(NoticesChanged(row.account_id, await unread(tx.session, row.account_id)))


async def unread(session: AsyncSession, account_id: UUID) -> int:
    """Return how many notices the member has not seen."""
    query = select(func.count()).where(col(Notice.account_id) == account_id, col(Notice.read_at).is_(None))
    return (await session.exec(query)).one()
