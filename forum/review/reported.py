"""What members have reported and nobody has decided yet."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.review.items import Kind
from forum.review.tables import Report, ReviewItem


async def reports_of(session: AsyncSession, message_ids: Collection[UUID]) -> dict[UUID, tuple[Report, ...]]:
    """Return the open reports by message, the oldest first: one query, however many messages."""
    rows = await _open(session, col(Report.message_id).in_(message_ids)) if message_ids else ()
    return _by({one: one for one in message_ids}, rows)


async def open_reports(
    session: AsyncSession, items: Collection[ReviewItem]
) -> dict[UUID, tuple[Report, ...]]:
    """Return the open reports by item, of its message or of its handle; one query, however many items."""
    about = {item.message_id or item.account_id: item.id for item in items if item.kind != Kind.APPEAL}
    if not about:
        return {}
    handles = and_(col(Report.message_id).is_(None), col(Report.account_id).in_(about))
    return _by(about, await _open(session, or_(col(Report.message_id).in_(about), handles)))


def _by(about: dict[UUID, UUID], rows: Sequence[Report]) -> dict[UUID, tuple[Report, ...]]:
    found: dict[UUID, list[Report]] = defaultdict(list)
    for row in rows:
        what = row.message_id or row.account_id
        if what is not None:
            found[about[what]].append(row)
    return {key: tuple(reports) for key, reports in found.items()}


async def _open(session: AsyncSession, about: ColumnElement[bool]) -> Sequence[Report]:
    query = select(Report).where(about, col(Report.closed_at).is_(None))
    return (await session.exec(query.order_by(col(Report.created_at), col(Report.id)))).all()
