"""The care lane's alerts: opened with the message that raised them, closed by whoever looked."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.facts import CareRaised, Fact
from forum.review.tables import CareAlert


async def alert(tx: Transaction, fact: Fact) -> None:
    """Open an alert for a message that raised care, in the transaction that wrote it."""
    if isinstance(fact, CareRaised):
        tx.session.add(CareAlert(message_id=fact.message_id, opened_at=fact.at))
        await tx.session.flush()


async def is_urgent(session: AsyncSession, message_id: UUID) -> bool:
    """Return whether nobody has looked at the message's alert yet."""
    query = select(CareAlert.id).where(CareAlert.message_id == message_id, col(CareAlert.closed_at).is_(None))
    return (await session.exec(query.limit(1))).first() is not None


async def close_alerts(tx: Transaction, message_id: UUID, now: datetime) -> None:
    """Note that somebody has looked."""
    still_open = (col(CareAlert.message_id) == message_id, col(CareAlert.closed_at).is_(None))
    await tx.session.exec(update(CareAlert).where(*still_open).values(closed_at=now))
