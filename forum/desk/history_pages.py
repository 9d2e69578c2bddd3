"""What was decided: the closed items, the latest first, and one member's record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.handles import handle_key
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import moderating
from forum.cursor import Cursor
from forum.desk.noting import NAMES, note_reading
from forum.desk.records import Ruled, by_item, names_anybody, rulings_where
from forum.desk.said import KINDS
from forum.review.tables import Recusal, ReviewItem, Ruling
from forum.services import services_of
from forum.web import page

PAGE = 30
RULINGS_EACH = 20
"""How many decisions a closed item has at the very most, for a page of them to be read at once."""


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed item, with what was decided on it; without any, its words were withdrawn."""

    item: ReviewItem
    handle: str
    at: datetime
    rulings: Sequence[Ruled]


async def show_history(request: Request) -> Response:
    """GET /desk/history?handle=&after=."""
    viewer, services = moderating(request), services_of(request)
    handle = request.query_params.get("handle", "").strip()
    start = request.query_params.get("after")
    async with services.database.reading() as session:
        rows = await _closed(session, viewer, handle, Cursor.parse(start) if start else None)
        ids = [item.id for item, _ in rows[:PAGE]]
        most = PAGE * RULINGS_EACH
        rulings = await rulings_where(session, viewer, services.clock(), col(Ruling.item_id).in_(ids), most)
    if names_anybody(rulings):
        await note_reading(services, viewer.id, "desk:history", NAMES)
    decided = by_item(rulings)
    closed = [
        Closed(item, owner, item.closed_at, decided.get(item.id, ()))
        for item, owner in rows[:PAGE]
        if item.closed_at
    ]
    more = len(rows) > PAGE
    context = {
        "closed": closed,
        "kinds": KINDS,
        "handle": handle,
        "after": str(Cursor(closed[-1].at, closed[-1].item.id)) if more else None,
        "clock": services.clock(),
    }
    return await page(request, "desk/history.html", context)


async def _closed(
    session: AsyncSession, viewer: Viewer, handle: str, after: Cursor | None
) -> Sequence[tuple[ReviewItem, str]]:
    closed_at, recused = (
        col(ReviewItem.closed_at),
        select(Recusal.account_id).where(Recusal.moderator_id == viewer.id),
    )
    query = (
        select(ReviewItem, Account.handle)
        .join(Account, col(Account.id) == col(ReviewItem.account_id))
        .where(closed_at.is_not(None), col(ReviewItem.account_id) != viewer.id)
        .where(col(ReviewItem.account_id).not_in(recused))
        .order_by(closed_at.desc(), col(ReviewItem.id).desc())
        .limit(PAGE + 1)
    )
    if handle:
        query = query.where(Account.handle_key == handle_key(handle))
    if after is not None:
        earlier = and_(closed_at == after.at, col(ReviewItem.id) < after.id)
        query = query.where(or_(closed_at < after.at, earlier))
    return (await session.exec(query)).all()


ROUTES = [Route("/desk/history", show_history)]
