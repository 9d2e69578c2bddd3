"""Closing what waits, with its reports and alerts, and opening it again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.facts import ItemChanged
from forum.review.tables import CareAlert, CareStep, Report, ReviewItem

CLOSED = "closed"
"""The last step of the playbook: written with the decision, never without it."""


async def close(tx: Transaction, item: ReviewItem, now: datetime, by: UUID | None = None) -> None:
    """Note that the item is done; nobody holds it any more."""
    item.closed_at, item.version = now, item.version + 1
    item.claimed_by = item.claimed_until = None
    tx.session.add(item)
    await tx.session.flush()
    tx.record(ItemChanged(item.id, item.kind, item.lane, "done", by))


async def reopen(tx: Transaction, item: ReviewItem, now: datetime, by: UUID | None = None) -> ReviewItem:
    """Let it wait again, in its old place; what waits meanwhile about the same is joined, and returned.

    A message, or a handle, has one open item at most.
    """
    if item.closed_at is None:
        return item
    waiting = await _open_beside(tx.session, item)
    if waiting is None:
        waiting = item
        item.closed_at, item.stage = None, "second-opinion" if item.escalated_by else "new"
        item.claimed_by = item.claimed_until = None
    else:
        waiting.lane, waiting.severity = min(waiting.lane, item.lane), max(waiting.severity, item.severity)
    waiting.version += 1
    tx.session.add(waiting)
    await tx.session.flush()
    tx.record(ItemChanged(waiting.id, waiting.kind, waiting.lane, "new", by))
    return waiting


async def _open_beside(session: AsyncSession, item: ReviewItem) -> ReviewItem | None:
    """Return the other item that is open about the same message, or about the same handle."""
    query = select(ReviewItem).where(ReviewItem.id != item.id, col(ReviewItem.closed_at).is_(None))
    if item.kind in ("handle", "appeal"):
        same = (ReviewItem.kind == item.kind, ReviewItem.account_id == item.account_id)
        query = query.where(*same, ReviewItem.message_id == item.message_id)
    else:
        query = query.where(ReviewItem.kind != "appeal", ReviewItem.message_id == item.message_id)
    return (await session.exec(query.with_for_update())).first()


async def close_reports(tx: Transaction, item: ReviewItem, now: datetime) -> tuple[UUID, ...]:
    """Close the open reports of what the item is about; return their ids."""
    about = (
        col(Report.message_id) == item.message_id
        if item.message_id
        else (col(Report.account_id) == item.account_id) & col(Report.message_id).is_(None)
    )
    closing = update(Report).where(about, col(Report.closed_at).is_(None)).values(closed_at=now)
    return tuple((await tx.session.exec(closing.returning(col(Report.id)))).scalars())


async def close_alerts(tx: Transaction, item: ReviewItem, by: UUID, now: datetime) -> tuple[UUID, ...]:
    """Note that somebody has looked at the alerts of the item's message, the last step; return their ids."""
    still_open = (col(CareAlert.message_id) == item.message_id, col(CareAlert.closed_at).is_(None))
    closing = update(CareAlert).where(*still_open).values(closed_at=now, closed_by=by)
    alerts = tuple((await tx.session.exec(closing.returning(col(CareAlert.id)))).scalars())
    tx.session.add_all(CareStep(alert_id=one, moderator_id=by, step=CLOSED, at=now) for one in alerts)
    return alerts


async def reopen_reports(tx: Transaction, ids: Collection[UUID]) -> None:
    """Open reports again that a ruling had closed, but for handles that were reported again meanwhile."""
    newer = aliased(Report)
    again = select(newer.id).where(
        newer.account_id == Report.account_id,
        newer.reporter_id == Report.reporter_id,
        col(newer.closed_at).is_(None),
    )
    opening = update(Report).where(col(Report.id).in_(ids), ~again.exists()).values(closed_at=None)
    await tx.session.exec(opening.execution_options(synchronize_session=False))


async def reopen_alerts(tx: Transaction, ids: Collection[UUID]) -> None:
    """Open alerts again that a ruling had closed."""
    again = {"closed_at": None, "closed_by": None}
    await tx.session.exec(update(CareAlert).where(col(CareAlert.id).in_(ids)).values(**again))
