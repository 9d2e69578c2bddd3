"""Calendar files by address, and the page where a member chooses how gatherings look in calendars."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in, viewer_or_none
from forum.calendar.feeds.addresses import choice_of, choose_look, end_address, make_address, whose
from forum.calendar.feeds.dates import USUAL_TITLE, look_of, one_entry, own_entries
from forum.calendar.feeds.ics import calendar_file
from forum.errors import ForumError, TooManyRequests
from forum.language import N_
from forum.services import services_of
from forum.web import Flash, page, read_form, say, see
from realtime.allowance import Allowance

FETCHES = Allowance(30, 3_600)
"""Calendars ask every fifteen minutes at most, and a member may have it in several."""
CALENDAR_TYPE = "text/calendar; charset=utf-8"
DONE = {
    "look": N_("Saved. Calendars change when they ask the next time."),
    "ended": N_("The address has ended. Calendars that have it are told nothing any more."),
}


async def one_date(request: Request) -> Response:
    """GET /gatherings/{id}.ics, for whoever may see it."""
    entry = await one_entry(services_of(request), request.path_params["id"], viewer_or_none(request))
    return _file(request, calendar_file([entry]))


async def feed(request: Request) -> Response:
    """GET /calendar/{token}.ics: all that a member signed up for; whoever has the address may."""
    services = services_of(request)
    async with services.database.reading() as session:
        account, choice = await whose(session, request.path_params["token"])
    wait = await services.backplane.spend(f"feed:{account.id}", FETCHES)
    if wait:
        raise TooManyRequests(wait)
    async with services.database.reading() as session:
        entries = await own_entries(session, account, look_of(services, choice), services.clock())
    return _file(request, calendar_file(entries))


def _file(request: Request, content: bytes) -> Response:
    """Answer with the file, or 304 where the calendar has it (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "content-type": CALENDAR_TYPE})


async def show_choices(request: Request) -> Response:
    """GET /settings/calendar?done=."""
    return await _choices_page(request)


async def _choices_page(
    request: Request, error: ForumError | None = None, title: str | None = None, address: str = ""
) -> Response:
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        choice = await choice_of(session, viewer.id)
    done = DONE.get(request.query_params.get("done", ""))
    context = {
        "choice": choice,
        "title": choice.title if title is None else title,
        "usual": say(request, USUAL_TITLE),
        "address": address and services.settings.origin + address,
        "errors": {"title": error.words} if error else {},
        "flash": Flash("info", (done,)) if done else None,
    }
    return await page(request, "calendar/feed.html", context, status=error.status if error else 200)


async def save_look(request: Request) -> Response:
    """POST /settings/calendar: title, with_link."""
    form = await read_form(request)
    viewer, title = signed_in(request), form.get("title", "")
    try:
        await choose_look(services_of(request), viewer.id, title, with_link="with_link" in form)
    except ForumError as error:
        return await _choices_page(request, error, title)
    return see("/settings/calendar?done=look")


async def new_address(request: Request) -> Response:
    """POST /settings/calendar/address: a new one, shown this once; the old one ends."""
    await read_form(request)
    address = await make_address(services_of(request), signed_in(request).id)
    return await _choices_page(request, address=address)


async def no_address(request: Request) -> Response:
    """POST /settings/calendar/address/end."""
    await read_form(request)
    await end_address(services_of(request), signed_in(request).id)
    return see("/settings/calendar?done=ended")


ROUTES = [
    Route("/gatherings/{id:uuid}.ics", one_date),
    Route("/calendar/{token}.ics", feed),
    Route("/settings/calendar", show_choices),
    Route("/settings/calendar", save_look, methods=["POST"]),
    Route("/settings/calendar/address", new_address, methods=["POST"]),
    Route("/settings/calendar/address/end", no_address, methods=["POST"]),
]
