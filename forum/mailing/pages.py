"""The pages behind the links of a letter that asks whether an address is right."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in
from forum.mailing.confirming import ask_for_letter, close_address, confirm, find_letter, open_address
from forum.mailing.one_click import is_one_click
from forum.services import services_of
from forum.web import page, read_form, see


async def ask(request: Request) -> Response:
    """POST /settings/email/confirm: one letter to the address that is in the settings."""
    await read_form(request)
    await ask_for_letter(services_of(request), signed_in(request).id)
    return see("/settings?saved=letter")


async def show_confirm(request: Request) -> Response:
    """GET /settings/email/confirm/{token}: a button; programs that look at links confirm nothing."""
    return await _show(request, "confirm")


async def do_confirm(request: Request) -> Response:
    """POST /settings/email/confirm/{token}: whoever has the letter may, signed in or not."""
    await read_form(request)
    done = await confirm(services_of(request), request.path_params["token"])
    return await _told(request, "confirmed" if done else "too-late")


async def show_stop(request: Request) -> Response:
    """GET /settings/email/stop/{token}: a button."""
    return await _show(request, "stop")


async def do_stop(request: Request) -> Response:
    """POST /settings/email/stop/{token}: no letters to this address; `again` allows them."""
    services, token = services_of(request), request.path_params["token"]
    if await is_one_click(request):
        await close_address(services, token)
        return PlainTextResponse("")
    form = await read_form(request)
    if "again" in form:
        await open_address(services, token)
        return await _told(request, "opened")
    await close_address(services, token)
    return await _told(request, "closed")


async def _show(request: Request, what: str) -> Response:
    async with services_of(request).database.reading() as session:
        await find_letter(session, request.path_params["token"])
    return await _told(request, what)


async def _told(request: Request, what: str) -> Response:
    return await page(request, "mailing/email.html", {"what": what})


ROUTES = [
    Route("/settings/email/confirm", ask, methods=["POST"]),
    Route("/settings/email/confirm/{token}", show_confirm),
    Route("/settings/email/confirm/{token}", do_confirm, methods=["POST"]),
    Route("/settings/email/stop/{token}", show_stop),
    Route("/settings/email/stop/{token}", do_stop, methods=["POST"]),
]
