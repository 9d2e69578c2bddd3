"""The line after a decision: what was done, and a button that takes it back within the minute."""

from uuid import UUID

from sqlmodel import col
from starlette.requests import Request

from forum.accounts.sessions import Viewer
from forum.desk.records import Ruled, rulings_where
from forum.review.tables import Ruling
from forum.services import services_of


async def just_done(request: Request, viewer: Viewer) -> Ruled | None:
    """Return the decision that `?done=` names, if this moderator made it and nobody took it back."""
    try:
        ruling_id = UUID(request.query_params.get("done", ""))
    except ValueError:
        return None
    services = services_of(request)
    async with services.database.reading() as session:
        found = await rulings_where(session, viewer, services.clock(), col(Ruling.id) == ruling_id, 1)
    return next((one for one in found if one.mine and one.undone_at is None), None)
