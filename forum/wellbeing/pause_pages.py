"""The calm page that stands where the queue was while a moderator rests."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.services import services_of
from forum.web import page, read_form, see
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.resting import come_back, rest, resting_until
from forum.wellbeing.shifts import on_shift
from forum.wellbeing.tables import Comfort


async def calm(request: Request, viewer: Viewer) -> Response | None:
    """Return the calm page while this moderator rests, None otherwise; for every page of the queue to ask."""
    async with services_of(request).database.reading() as session:
        comfort = await comfort_of(session, viewer.id)
    return await calm_for(request, comfort)


async def calm_for(request: Request, comfort: Comfort) -> Response | None:
    """Return the same to a page that has read what this moderator chose."""
    services = services_of(request)
    now = services.clock()
    until = resting_until(comfort, now)
    if until is None:
        return None
    async with services.database.reading() as session:
        others = [one for one in await on_shift(session, now) if one.account_id != comfort.account_id]
    return await page(request, "wellbeing/calm.html", {"until": until, "on_shift": others, "clock": now})


async def show_pause(request: Request) -> Response:
    """GET /desk/care-for-us/pause: the calm page; once the pause is over, the desk."""
    return await calm(request, moderating(request)) or see("/desk")


async def take_pause(request: Request) -> Response:
    """POST /desk/care-for-us/pause: a quarter of an hour away."""
    await read_form(request)
    viewer = moderating(request)
    await rest(services_of(request), viewer.id)
    return see("/desk/care-for-us/pause")


async def end_pause(request: Request) -> Response:
    """POST /desk/care-for-us/back: back at the desk, whenever one likes."""
    await read_form(request)
    viewer = moderating(request)
    await come_back(services_of(request), viewer.id)
    return see("/desk")


ROUTES = [
    Route("/desk/care-for-us/pause", show_pause),
    Route("/desk/care-for-us/pause", take_pause, methods=["POST"]),
    Route("/desk/care-for-us/back", end_pause, methods=["POST"]),
]
