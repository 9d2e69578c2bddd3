"""The manager's pages of what gatherings came to, and the same numbers as files."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.admin.pages import managing
from forum.calendar.kinds import Kind
from forum.errors import NotFound
from forum.numbers.attending import CAME, HAD_SEAT, LEFT_WAITING, SIGNED_UP, dates_held, titles_of
from forum.numbers.csv_file import dates_csv, numbers_csv
from forum.numbers.reading import MonthNumbers, read_numbers
from forum.numbers.showing import Shown
from forum.services import services_of
from forum.transparency.months import Month
from forum.transparency.spelling import Spelling
from forum.web import page, say, web_of

EARLIEST = Month(2000, 1)
"""No gathering was held before, and no calendar ends at it."""
LATEST = Month(9999, 11)


async def show_numbers(request: Request) -> Response:
    """GET /manage/numbers: the last twelve months that are settled."""
    managing(request)
    shown = Shown(await _read(request), web_of(request).renderer.language)
    return await page(request, "numbers/numbers.html", {"shown": shown})


async def show_dates(request: Request) -> Response:
    """GET /manage/numbers/dates?month=2026-11: attendance by date, exactly, for managers' eyes."""
    managing(request)
    services = services_of(request)
    now = services.clock()
    month = _month(request, Month.of(now))
    async with services.database.reading() as session:
        dates = await dates_held(session, now, month.start, month.end)
        titles = await titles_of(session, dates)
    rows = [
        {
            "id": one.id,
            "at": one.starts_at,
            "title": titles.get(one.place_id) or say(request, Kind(one.kind).words),
            "kind": say(request, Kind(one.kind).words),
            "counts": [one.count(ways) for ways in (SIGNED_UP, HAD_SEAT, CAME, LEFT_WAITING)],
        }
        for one in dates
    ]
    spelling = Spelling(web_of(request).renderer.language.locale)
    context = {
        "rows": rows,
        "month": spelling.month(month),
        "before": (str(month.before()), spelling.month(month.before())),
        "after": (str(month.before(-1)), spelling.month(month.before(-1))) if month.end <= now else None,
    }
    return await page(request, "numbers/dates.html", context)


def _month(request: Request, otherwise: Month) -> Month:
    wanted = request.query_params.get("month", "")
    month = Month.parse(wanted) if wanted else otherwise
    if month is None or not EARLIEST < month < LATEST:
        raise NotFound
    return month


async def download_numbers(request: Request) -> Response:
    """GET /manage/numbers.csv."""
    managing(request)
    return _file("gatherings.csv", numbers_csv(await _read(request), partial(say, request)))


async def download_dates(request: Request) -> Response:
    """GET /manage/numbers/dates.csv."""
    managing(request)
    return _file("attendance.csv", dates_csv(await _read(request), partial(say, request)))


def _file(name: str, told: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(told, media_type="text/csv; header=present", headers=headers)


async def _read(request: Request) -> tuple[MonthNumbers, ...]:
    services = services_of(request)
    async with services.database.reading() as session:
        return await read_numbers(session, services.clock())


ROUTES = [
    Route("/manage/numbers", show_numbers),
    Route("/manage/numbers.csv", download_numbers),
    Route("/manage/numbers/dates", show_dates),
    Route("/manage/numbers/dates.csv", download_dates),
]
