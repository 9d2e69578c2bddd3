"""The author's pages: why something was decided about their words, and the way to have it looked at again."""

from uuid import UUID

from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.errors import Conflict, ForumError, Invalid, NotFound, TooManyRequests
from forum.language import N_
from forum.review.appealing import Plea, appeal
from forum.review.cases import letters_of
from forum.review.own_decisions import listed
from forum.review.statements import statement_of
from forum.review.tables import Case
from forum.services import services_of
from forum.web import Flash, page, read_form, see

SENT = {
    "appealed": Flash("info", (N_("Thank you. It is with the moderation team. The answer comes here."),)),
}


async def show_reasons(request: Request) -> Response:
    """GET /reasons: what was decided about what the member wrote, the latest first."""
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        rows = await listed(session, services.renderer, viewer)
    return await page(request, "review/reasons.html", {"rows": rows})


async def show_statement(request: Request) -> Response:
    """GET /reasons/{id}?sent=: for the author only."""
    return await _statement_page(request, signed_in(request), None)


async def _statement_page(request: Request, viewer: Viewer, error: ForumError | None) -> Response:
    statement = await statement_of(services_of(request), viewer, request.path_params["id"])
    fields = error.fields if isinstance(error, Invalid) else {"text": error.words} if error else {}
    context = {
        "statement": statement,
        "form": {"text": error.kept} if error else {},
        "errors": fields,
        "flash": SENT.get(request.query_params.get("sent", "")),
    }
    answer = await page(request, "review/statement.html", context, status=error.status if error else 200)
    if isinstance(error, TooManyRequests):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


async def do_appeal(request: Request) -> Response:
    """POST /reasons/{id}/appeal: text."""
    form = await read_form(request)
    text = form.get("text", "")
    viewer = signed_in(request, kept=text)
    message_id: UUID = request.path_params["id"]
    try:
        await appeal(services_of(request), Plea(message_id, viewer.id, text))
    except (Invalid, Conflict, TooManyRequests) as error:
        return await _statement_page(request, viewer, error)
    return see(f"/reasons/{message_id}?sent=appealed")


async def show_letters(request: Request) -> Response:
    """GET /letters/{id}: to where the letters of a place, or the team's notes, are read."""
    viewer = signed_in(request)
    async with services_of(request).database.reading() as session:
        place_id = request.path_params["id"]
        of_place = (col(Case.letters_id) == place_id) | (col(Case.notes_id) == place_id)
        case = (await session.exec(select(Case).where(of_place))).first()
        if case is None or not _may_read(viewer, case, place_id):
            raise NotFound
        letters = await letters_of(session, case, viewer.id)
    mine = case.account_id == viewer.id
    if case.about_id is not None:
        return see(f"/reasons/{case.about_id}" if mine else f"/desk/{case.about_id}")
    return await page(request, "review/letters.html", {"letters": letters})


def _may_read(viewer: Viewer, case: Case, place_id: UUID) -> bool:
    if case.account_id == viewer.id:
        return place_id == case.letters_id
    return viewer.can_moderate


ROUTES = [
    Route("/reasons", show_reasons),
    Route("/reasons/{id:uuid}", show_statement),
    Route("/reasons/{id:uuid}/appeal", do_appeal, methods=["POST"]),
    Route("/letters/{id:uuid}", show_letters),
]
