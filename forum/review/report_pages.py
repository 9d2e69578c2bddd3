"""The pages on which a member reports a message, or a handle."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.accounts.tables import Account
from forum.errors import Invalid
from forum.language import N_
from forum.messages.explanations import CLAIMS
from forum.messages.pages import url_of
from forum.messages.views import author_of, show
from forum.review.reporting import OF_HANDLES, REASONS, handle_reportable, report, report_handle, reportable
from forum.services import services_of
from forum.spaces.tables import Place
from forum.web import page, read_form, say, see

NOT_SURE = N_("I am not sure, or it is not about health")


async def show_report(request: Request) -> Response:
    """GET /messages/{id}/report."""
    return await _report_page(request, signed_in(request), None)


async def _report_page(request: Request, viewer: Viewer, invalid: Invalid | None) -> Response:
    async with services_of(request).database.reading() as session:
        message = await reportable(session, viewer, request.path_params["id"])
        author = await session.get_one(Account, message.author_id)
        place = await session.get_one(Place, message.place_id)
    context = {
        "message": show(message, author),
        "reasons": [{"key": key, "words": say(request, words)} for key, words in REASONS.items()],
        "claims": [
            {"key": "", "words": say(request, NOT_SURE)},
            *({"key": key, "words": say(request, words)} for key, words in CLAIMS.items()),
        ],
        "errors": invalid.fields if invalid else {},
        "back": url_of(place, message),
    }
    return await page(request, "review/report.html", context, status=invalid.status if invalid else 200)


async def do_report(request: Request) -> Response:
    """POST /messages/{id}/report: reason, claim (of a health claim)."""
    form = await read_form(request)
    viewer = signed_in(request)
    try:
        await report(
            services_of(request),
            viewer,
            request.path_params["id"],
            form.get("reason", ""),
            form.get("claim", ""),
        )
    except Invalid as invalid:
        return await _report_page(request, viewer, invalid)
    return see("/notices?sent=reported")


async def show_handle_report(request: Request) -> Response:
    """GET /members/{handle}/report."""
    return await _handle_page(request, signed_in(request), None)


async def _handle_page(request: Request, viewer: Viewer, invalid: Invalid | None) -> Response:
    async with services_of(request).database.reading() as session:
        account = await handle_reportable(session, viewer, request.path_params["handle"])
    context = {
        "member": author_of(account),
        "reasons": [{"key": key, "words": say(request, words)} for key, words in OF_HANDLES.items()],
        "errors": invalid.fields if invalid else {},
    }
    return await page(
        request, "review/report_handle.html", context, status=invalid.status if invalid else 200
    )


async def do_report_handle(request: Request) -> Response:
    """POST /members/{handle}/report: reason."""
    form = await read_form(request)
    viewer = signed_in(request)
    try:
        handle, reason = request.path_params["handle"], form.get("reason", "")
        await report_handle(services_of(request), viewer, handle, reason)
    except Invalid as invalid:
        return await _handle_page(request, viewer, invalid)
    return see("/notices?sent=reported")


ROUTES = [
    Route("/messages/{id:uuid}/report", show_report),
    Route("/messages/{id:uuid}/report", do_report, methods=["POST"]),
    Route("/members/{handle}/report", show_handle_report),
    Route("/members/{handle}/report", do_report_handle, methods=["POST"]),
]
