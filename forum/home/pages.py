"""The first page, the spaces, and the pages that every page links to."""

from collections.abc import Sequence

from sqlmodel import select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from forum.accounts.sessions import viewer_or_none, zone_of
from forum.calendar.entries import Dated
from forum.calendar.listing import next_up
from forum.calendar.own_zone import reader_of
from forum.cursor import Cursor
from forum.language import N_
from forum.reach.lines import CALLING_CODES, Line, country_of, lines_for
from forum.rooms.listing import room_cards
from forum.services import services_of
from forum.spaces.access import find_space
from forum.spaces.tables import Audience, Space
from forum.threads.listing import SpaceCard, fresh_threads, space_cards, threads_in
from forum.web import page, say, web_of

PAGE = 20
FRESH = 10
NEXT = 3
"""Dates of gatherings on the first page."""


async def show_home(request: Request) -> Response:
    """GET /: for a visitor what this is, for a member what is new."""
    return await (show_spaces(request) if viewer_or_none(request) else _landing(request))


async def _landing(request: Request) -> Response:
    async with services_of(request).database.reading() as session:
        cards = await space_cards(session, None)
    return await page(request, "home/landing.html", {"spaces": _described(request, cards)})


async def show_spaces(request: Request) -> Response:
    """GET /spaces: all that is open to the reader, what is new since the last visit, and what is next."""
    services, viewer = services_of(request), viewer_or_none(request)
    now, reader = services.clock(), reader_of(request)
    async with services.database.reading() as session:
        cards = await space_cards(session, viewer)
        fresh = await fresh_threads(session, viewer, now, FRESH) if viewer else []
        dates = await next_up(session, viewer, now, NEXT) if viewer else []
    context = {
        "spaces": _described(request, cards),
        "fresh": fresh,
        "next_up": [Dated.of(card, reader) for card in dates],
        "zone": reader.zone,
        "rooms": await room_cards(services, viewer),
    }
    return await page(request, "spaces/index.html", context)


def _described(request: Request, cards: Sequence[SpaceCard]) -> list[dict[str, object]]:
    return [_space(request, card.space) | {"threads": card.threads, "new": card.new} for card in cards]


def _space(request: Request, space: Space) -> dict[str, object]:
    audience = say(request, Audience(space.audience).words)
    return {"slug": space.slug, "name": space.name, "about": space.about, "audience": audience}


async def show_space(request: Request) -> Response:
    """GET /spaces/{slug}?before=: its threads, the last active first, and its rooms."""
    services, viewer = services_of(request), viewer_or_none(request)
    start = request.query_params.get("before")
    before = Cursor.parse(start) if start else None
    async with services.database.reading() as session:
        reader = (viewer.id, viewer.role) if viewer else (None, None)
        space = await find_space(session, request.path_params["slug"], *reader)
        found = await threads_in(session, space.id, viewer, before, PAGE + 1)
    threads, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    older = f"/spaces/{space.slug}?before={Cursor(last.last_at, last.id)}" if last else None
    context = {
        "space": _space(request, space) | {"can_post": viewer is not None},
        "threads": threads,
        "rooms": await room_cards(services, viewer, space.id),
        "older": older,
        "newest": f"/spaces/{space.slug}" if before else None,
    }
    return await page(request, "spaces/space.html", context)


async def show_reach(request: Request) -> Response:
    """GET /reach: people one can reach now, the reader's own country first."""
    services, own = services_of(request), country_of(zone_of(viewer_or_none(request)))
    listed = sorted(CALLING_CODES, key=lambda code: (code != own, _country(request, code)))
    groups = [{"country": _country(request, code), "lines": _own_lines(code)} for code in listed]
    everywhere = {"country": say(request, EVERYWHERE), "lines": lines_for(None)}
    context = {"groups": [everywhere, *groups], "community_contact": services.settings.contact or None}
    return await page(request, "home/reach.html", context)


EVERYWHERE = N_("Everywhere")


def _country(request: Request, code: str) -> str:
    return web_of(request).renderer.language.country(code)


def _own_lines(country: str) -> list[Line]:
    return [line for line in lines_for(country) if not line.everywhere]


async def show_privacy(request: Request) -> Response:
    """GET /privacy: what is kept, and for how long."""
    settings = services_of(request).settings
    context = {"days": settings.refused_days, "session_days": settings.session_days}
    return await page(request, "home/privacy.html", context)


async def robots(request: Request) -> Response:
    """GET /robots.txt: nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def health(request: Request) -> Response:
    """GET /health: 200 when the database answers; for whoever watches the server."""
    async with services_of(request).database.reading() as session:
        await session.exec(select(1))
    return PlainTextResponse("ok\n")


ROUTES = [
    Route("/", show_home),
    Route("/spaces", show_spaces),
    Route("/spaces/{slug}", show_space),
    Route("/reach", show_reach),
    Route("/privacy", show_privacy),
    Route("/robots.txt", robots),
    Route("/health", health),
]
