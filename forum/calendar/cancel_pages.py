"""The page on which a manager cancels dates, with a word to those who signed up."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.calendar.cancelling import Cancelling, cancel
from forum.calendar.keeping import all_dates
from forum.calendar.managing import find_gathering, managing
from forum.calendar.plan_pages import LIST, meant_in, number_in
from forum.calendar.saying import Saying
from forum.calendar.scopes import Meant, part_of
from forum.calendar.words import Words, latest_words
from forum.errors import Conflict, ForumError
from forum.messages.resending import Typed, form_nonce, fresh_nonce
from forum.messages.submission import Asked, Choice, Held, Refused
from forum.services import services_of
from forum.web import page, read_form, say, see, web_of, words_in

MOST_LISTED = 12


async def show_cancel(request: Request) -> Response:
    """GET /manage/gatherings/{id}/cancel?scope=&date_id=."""
    viewer = managing(request)
    return await _page(request, viewer, meant_in(request.query_params), Typed())


async def do_cancel(request: Request) -> Response:
    """POST /manage/gatherings/{id}/cancel: scope, date_id, version, text, which may be empty."""
    form = await read_form(request)
    viewer = managing(request)
    meant = meant_in(form)
    try:
        wanted = Cancelling(
            request.path_params["id"], number_in(form, "version"), _words(viewer, form), meant
        )
        answer = await cancel(services_of(request), wanted)
    except Conflict as conflict:
        return await _page(request, viewer, meant, Typed(form, {"form": conflict.words}, conflict.status))
    except ForumError as error:
        return await _page(request, viewer, meant, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _page(request, viewer, meant, Typed.back(form, answer))
    return see(f"{LIST}?done={'cancelled-held' if isinstance(answer, Held) else 'cancelled'}")


def _words(viewer: Viewer, form: dict[str, str]) -> Words:
    try:
        choice = Choice(form.get("choice", ""))
    except ValueError:
        raise ForumError(kept=words_in(form)) from None
    return Words(viewer.id, "", form.get("text", ""), form_nonce(form), choice)


async def _page(request: Request, viewer: Viewer, meant: Meant, typed: Typed) -> Response:
    services = services_of(request)
    async with services.database.reading() as session:
        gathering = await find_gathering(session, request.path_params["id"])
        words = await latest_words(session, gathering.place_id)
        dates = await all_dates(session, gathering.id)
    try:
        affected = part_of(gathering, dates, meant, services.clock()).affected
    except Conflict as conflict:
        affected, typed = [], Typed(typed.form, {"form": conflict.words}, conflict.status)
    saying = Saying(web_of(request).renderer.language.locale, ZoneInfo(gathering.zone))
    told: Mapping[str, object] = {
        "gathering": gathering,
        "title": words.title if words else "",
        "scope": meant.scope,
        "scope_words": say(request, meant.scope.words),
        "date_id": meant.occurrence_id or "",
        "dates": [saying.span(one.starts_at, one.ends_at) for one in affected[:MOST_LISTED]],
        "more": max(0, len(affected) - MOST_LISTED),
        "coming": sum(one.coming for one in affected),
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
        "nonce_field": fresh_nonce(),
    }
    return typed.on(await page(request, "calendar/manage_cancel.html", told, status=typed.status))


ROUTES = [
    Route(LIST + "/{id:uuid}/cancel", show_cancel),
    Route(LIST + "/{id:uuid}/cancel", do_cancel, methods=["POST"]),
]
