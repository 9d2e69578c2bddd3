"""Shifts: who has said that they are at the desk now; each ends by itself, so that none stays by mistake."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import MODERATING
from forum.database import Transaction
from forum.services import Services
from forum.wellbeing.tables import Shift

SHIFT = timedelta(hours=4)
"""An evening; our own choice."""


@dataclass(frozen=True, slots=True)
class OnShift:
    """A moderator at the desk, and until when at the latest."""

    account_id: UUID
    handle: str
    until: datetime


def is_running(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which a Shift lasts now."""
    return and_(col(Shift.ended_at).is_(None), col(Shift.ends_at) > now)


async def on_shift(session: AsyncSession, now: datetime) -> tuple[OnShift, ...]:
    """Return who is at the desk now, who came first before the others; one query."""
    query = (
        select(Shift, Account)
        .join(Account, col(Account.id) == col(Shift.account_id))
        .where(is_running(now), col(Account.role).in_(MODERATING))
        .order_by(col(Shift.started_at), col(Shift.id))
    )
    rows = (await session.exec(query)).all()
    return tuple(OnShift(account.id, account.handle, shift.ends_at) for shift, account in rows)


async def start_shift(services: Services, account_id: UUID) -> None:
    """Begin a shift; one that runs goes on as it is, and of two beginnings at once one counts."""
    now = services.clock()
    try:
        async with services.database.transaction() as tx:
            row = await _open(tx, account_id)
            if row is not None and row.ends_at > now:
                return
            if row is not None:  # it ended by itself
                row.ended_at = row.ends_at
                await tx.session.flush()
            tx.session.add(Shift(account_id=account_id, started_at=now, ends_at=now + SHIFT))
    except IntegrityError:
        return


async def end_shift(services: Services, account_id: UUID) -> None:
    """End the shift; without one, nothing changes."""
    now = services.clock()
    async with services.database.transaction() as tx:
        row = await _open(tx, account_id)
        if row is not None:
            row.ended_at = min(now, row.ends_at)


async def _open(tx: Transaction, account_id: UUID) -> Shift | None:
    query = select(Shift).where(Shift.account_id == account_id, col(Shift.ended_at).is_(None))
    return (await tx.session.exec(query)).first()
