"""Who looks at an item: letting it go, taking it over, handing it over; and the team's notes about it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.desk.deciding import version_in
from forum.desk.item_pages import item_page, path_of
from forum.desk.opened import Reader, find_item, open_item
from forum.desk.wishes import Wish
from forum.errors import ForumError, Invalid, NotFound
from forum.review.cases import Remark, remark
from forum.review.claiming import HandOver, TakeOver, hand_over, let_go, take_over
from forum.review.tables import ReviewItem
from forum.services import services_of
from forum.web import read_form, see

NOT_TOLD = frozenset({ForumError.status, NotFound.status})


async def do_claim(request: Request) -> Response:
    """POST /desk/{id}/claim: do=let-go, take or hand; version, why, to."""
    form = await read_form(request)
    viewer = moderating(request)
    item = await readable(request, viewer)
    try:
        told = await _change(request, viewer, item, form)
    except ForumError as error:
        if error.status in NOT_TOLD:
            raise
        return await item_page(request, viewer, error, form)
    if told == "taken":
        return see(path_of(request, told))
    return see("/desk" + Wish.of(request.query_params).query(told=told))


async def _change(request: Request, viewer: Viewer, item: ReviewItem, form: Mapping[str, str]) -> str:
    services, why = services_of(request), form.get("why", "")
    match form.get("do"):
        case "let-go":
            await let_go(services, viewer.id, item.id)
            return ""
        case "take":
            await take_over(services, TakeOver(item.id, version_in(form), viewer.id, why))
            return "taken"
        case "hand":
            wish = HandOver(item.id, version_in(form), viewer.id, form.get("to", ""), why)
            await hand_over(services, wish)
            return "handed"
    raise ForumError


async def do_note(request: Request) -> Response:
    """POST /desk/{id}/notes: text; only the team reads it."""
    form = await read_form(request)
    viewer = moderating(request)
    item = await readable(request, viewer)
    text = form.get("text", "")
    try:
        await remark(services_of(request), Remark(item.message_id, item.account_id, viewer.id, text))
    except Invalid as invalid:
        error = Invalid({"text": invalid.fields["why"]}) if "why" in invalid.fields else invalid
        return await item_page(request, viewer, error, form)
    return see(path_of(request, "noted"))


async def readable(request: Request, viewer: Viewer) -> ReviewItem:
    """Return the item; Forbidden for what is about the viewer, or a conflict of theirs."""
    services = services_of(request)
    async with services.database.reading() as session:
        item = await find_item(session, request.path_params["id"])
        await open_item(session, item, Reader(viewer, services.clock(), services.renderer))
    return item


ROUTES = [
    Route("/desk/{id:uuid}/claim", do_claim, methods=["POST"]),
    Route("/desk/{id:uuid}/notes", do_note, methods=["POST"]),
]
