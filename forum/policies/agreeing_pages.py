"""The page on which a member agrees to changed guidelines; what they had typed comes back after it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.errors import Invalid, NotAccepted
from forum.policies.agreeing import agree
from forum.policies.guideline_log import change_log
from forum.policies.keeping import guidance, refresh
from forum.services import services_of
from forum.web import own_path, page, read_form, see, words_in

PREFIX = "sent-"
OURS = frozenset({"form_token"})
HERE = "/guidelines/agree"


def is_asked(request: Request, viewer: Viewer) -> bool:
    """Whether a page says that the guidelines have changed: until the member agrees to them."""
    told = request.url.path == HERE or getattr(request.state, "agreed", False)
    return not told and viewer.guidelines != services_of(request).in_force.accept


async def show_agreement(request: Request) -> Response:
    """GET /guidelines/agree?next=."""
    signed_in(request)
    return await _page(request, {"next": own_path(request.query_params.get("next", ""))})


async def ask_to_agree(request: Request, error: NotAccepted) -> Response:
    """Show the guidelines instead of what was refused; what was sent waits in the form, field by field."""
    sent: Mapping[str, str] = getattr(request.state, "sent", {})
    form = {"then": request.url.path, **{PREFIX + name: sent[name] for name in sent.keys() - OURS}}
    return await _page(request, form, status=error.status)


async def do_agree(request: Request) -> Response:
    """POST /guidelines/agree: version, and what had been sent; it comes back, ready to be sent."""
    form = await read_form(request)
    viewer: Viewer = signed_in(request)
    kept = {
        name: value for name, value in form.items() if name in ("next", "then") or name.startswith(PREFIX)
    }
    try:
        await agree(services_of(request), viewer.id, form.get("version", ""))
    except Invalid as invalid:
        return await _page(request, kept, invalid, status=invalid.status)
    then = own_path(form.get("then", ""), "")
    if not then:
        return see(own_path(form.get("next", "")))
    sent = {name.removeprefix(PREFIX): value for name, value in kept.items() if name.startswith(PREFIX)}
    # The viewer of this request is from before; the page must not ask once more.
    request.state.agreed = True
    return await page(request, "policies/agreed.html", {"then": then, "sent": sent})


async def _page(
    request: Request, kept: Mapping[str, str], invalid: Invalid | None = None, status: int = 200
) -> Response:
    services = services_of(request)
    await refresh(services)
    async with services.database.reading() as session:
        guidelines, log = await guidance(session), await change_log(session, services.renderer)
    sent = {name.removeprefix(PREFIX): value for name, value in kept.items() if name.startswith(PREFIX)}
    context = {
        "guidelines": guidelines,
        "version": services.in_force.accept,
        "log": log[:5],
        "kept": kept,
        "words": words_in(sent),
        "errors": invalid.fields if invalid else {},
    }
    return await page(request, "policies/agree.html", context, status=status)


ROUTES = [
    Route(HERE, show_agreement),
    Route(HERE, do_agree, methods=["POST"]),
]
