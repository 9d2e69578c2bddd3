"""The public page of what was decided, month by month, and the same numbers as a file."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.errors import NotFound
from forum.services import services_of
from forum.transparency.csv_file import csv_of
from forum.transparency.months import Month
from forum.transparency.reading import Reading, read
from forum.transparency.showing import Shown
from forum.web import page, say, web_of


async def show_latest(request: Request) -> Response:
    """GET /transparency: the last month that is over, and the way to all others."""
    return await _show(request, await _read(request, None))


async def show_month(request: Request) -> Response:
    """GET /transparency/{month}, as 2026-10."""
    return await _show(request, await _wanted(request))


async def download(request: Request) -> Response:
    """GET /transparency/{month}.csv."""
    figures = (await _wanted(request)).figures
    name = f"decisions-{figures.headline.month}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    told = csv_of(figures, partial(say, request))
    return Response(told, media_type="text/csv; header=present", headers=headers)


async def _wanted(request: Request) -> Reading:
    month = Month.parse(request.path_params["month"])
    if month is None:
        raise NotFound
    return await _read(request, month)


async def _read(request: Request, month: Month | None) -> Reading:
    services = services_of(request)
    reading = await read(services.database, month, services.clock())
    if reading is None:
        raise NotFound
    return reading


async def _show(request: Request, reading: Reading) -> Response:
    shown = Shown(reading, web_of(request).renderer.language)
    return await page(request, "transparency/month.html", {"shown": shown})


ROUTES = [
    Route("/transparency", show_latest),
    Route("/transparency/{month}.csv", download),
    Route("/transparency/{month}", show_month),
]
