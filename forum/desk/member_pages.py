"""A member's record for moderators: decisions, reports and measures; opening it is noted in the audit log."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.handles import handle_key
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import moderating
from forum.desk.noting import RECORD, note_reading
from forum.desk.records import away_from, reports_where, rulings_where, standing_of
from forum.errors import Forbidden, NotFound
from forum.messages.tables import Message
from forum.review.eligibility import OWN, RECUSED
from forum.review.recusing import recuse
from forum.review.tables import Recusal, Report, Ruling
from forum.services import services_of
from forum.web import page, read_form, see

MOST = 100


async def show_member(request: Request) -> Response:
    """GET /desk/members/{handle}."""
    viewer, services = moderating(request), services_of(request)
    now = services.clock()
    async with services.database.reading() as session:
        account = await _readable(session, viewer, request.path_params["handle"])
        of_theirs = select(Message.id).where(Message.author_id == account.id)
        about = (col(Report.account_id) == account.id) | col(Report.message_id).in_(of_theirs)
        context: dict[str, object] = {
            "standing": await standing_of(session, account, now),
            "joined": account.created_at,
            "rulings": await rulings_where(session, viewer, now, col(Ruling.account_id) == account.id, MOST),
            "reports": await reports_where(session, about, MOST),
            "away": await away_from(session, account.id, now),
            "clock": now,
        }
    await note_reading(services, viewer.id, f"account:{account.id}", RECORD)
    return await page(request, "desk/member.html", context)


async def _readable(session: AsyncSession, viewer: Viewer, handle: str) -> Account:
    query = select(Account).where(Account.handle_key == handle_key(handle))
    account = (await session.exec(query)).first()
    if account is None:
        raise NotFound
    if account.id == viewer.id:
        raise Forbidden(OWN)
    if await session.get(Recusal, (viewer.id, account.id)) is not None:
        raise Forbidden(RECUSED)
    return account


async def do_recuse(request: Request) -> Response:
    """POST /desk/members/{handle}/recusal: this moderator has a conflict with the member."""
    await read_form(request)
    viewer, services = moderating(request), services_of(request)
    async with services.database.reading() as session:
        account = await _readable(session, viewer, request.path_params["handle"])
    await recuse(services, viewer.id, account.id)
    return see("/desk?told=recused")


ROUTES = [
    Route("/desk/members/{handle}", show_member),
    Route("/desk/members/{handle}/recusal", do_recuse, methods=["POST"]),
]
