"""The time zone that somebody sees dates in: a member's own, a visitor's choice, or the community's."""

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import viewer_or_none
from forum.accounts.zones import zones
from forum.calendar.entries import Reader
from forum.services import services_of
from forum.web import cookie, set_cookie

COOKIE = "zone"


def reader_of(request: Request) -> Reader:
    """Return whom the page is for: a zone that is known, and the community's language."""
    services, viewer = services_of(request), viewer_or_none(request)
    chosen = cookie(request, COOKIE)
    visitor = chosen if chosen in zones() else services.settings.time_zone
    return Reader(viewer.time_zone if viewer else visitor, services.renderer.language)


def remember(request: Request, response: Response, zone: str) -> None:
    """Keep a visitor's choice until they close the browser."""
    set_cookie(request, response, COOKIE, zone)
