"""The roster: the week by hours and days, which hours nobody has, and signing on for some."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.accounts.zones import zones
from forum.errors import ForumError, Invalid
from forum.language import N_
from forum.services import services_of
from forum.web import Flash, page, read_form, see, web_of
from forum.wellbeing.roster import DAYS, HOURS, Cell, Grid, Span, unstaffed, week_of
from forum.wellbeing.shifts import on_shift
from forum.wellbeing.signing_on import Hours, give_back, own_hours, promises, take_hours

DONE = {
    "taken": N_("You are on the roster for these hours, every week."),
    "back": N_("These hours are free again."),
}
WEEK = timedelta(weeks=1)


async def show_roster(request: Request) -> Response:
    """GET /desk/roster?week=2026-11-23&done=: the week of that day, otherwise this one."""
    return await _roster_page(request, moderating(request), {}, None)


async def take(request: Request) -> Response:
    """POST /desk/roster: weekday, start, end, by the clock of one's own zone."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        await take_hours(services_of(request), viewer, _hours(form, viewer.time_zone))
    except Invalid as invalid:
        return await _roster_page(request, viewer, form, invalid)
    return see("/desk/roster?done=taken")


async def leave(request: Request) -> Response:
    """POST /desk/roster/leave: weekday, start, end, zone."""
    form = await read_form(request)
    viewer = moderating(request)
    if form.get("zone") not in zones():
        raise ForumError
    await give_back(services_of(request), viewer, _hours(form, form["zone"]))
    return see("/desk/roster?done=back")


def _hours(form: Mapping[str, str], zone: str) -> Hours:
    weekday, start, end = (_number(form.get(name, "")) for name in ("weekday", "start", "end"))
    return Hours(weekday, start, end, zone)


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) <= len("24") else -1


async def _roster_page(
    request: Request, viewer: Viewer, form: Mapping[str, str], invalid: Invalid | None
) -> Response:
    services = services_of(request)
    now = services.clock()
    async with services.database.reading() as session:
        everybody = await promises(session)
        here = await on_shift(session, now)
    today = now.astimezone(ZoneInfo(viewer.time_zone)).date()
    monday = _monday(request.query_params.get("week", ""), today)
    grid = week_of(everybody, monday, viewer.time_zone)
    done = DONE.get(request.query_params.get("done", ""))
    context = {
        **_week_shown(_Said(web_of(request).renderer.language.locale), grid, monday),
        "today": today,
        "on_shift": here,
        "clock": now,
        "own": _own(request, own_hours(everybody, viewer.id)),
        "zone": viewer.time_zone,
        "form": form,
        "errors": invalid.fields if invalid else {},
        "flash": Flash("info", (done,)) if done and not invalid else None,
    }
    return await page(request, "wellbeing/roster.html", context, status=invalid.status if invalid else 200)


def _monday(asked: str, today: date) -> date:
    day = today
    with suppress(ValueError):
        day = date.fromisoformat(asked)
    # A year on either side is more than anybody plans, and less than calendars can say.
    day = day if abs(day - today) <= timedelta(days=366) else today
    return day - timedelta(days=day.weekday())


class _Said:
    """Days and hours in the community's language."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def day(self, day: date) -> str:
        return format_date(day, "EEEE d MMMM", locale=self._locale)

    def short(self, day: date) -> str:
        return format_date(day, "EEE d", locale=self._locale)

    def weekday(self, number: int) -> str:
        return str(get_day_names("wide", "stand-alone", self._locale)[number])

    def hour(self, hour: int) -> str:
        return format_time(time(hour % len(HOURS)), "short", locale=self._locale)

    def span(self, start: int, end: int) -> str:
        return f"{self.hour(start)} – {self.hour(end)}"


def _week_shown(said: _Said, grid: Grid, monday: date) -> dict[str, object]:
    days = [monday + timedelta(days=number) for number in DAYS]
    return {
        "rows": [{"hour": said.hour(row[0].hour), "cells": [_cell(cell) for cell in row]} for row in grid],
        "days": [{"day": day, "short": said.short(day), "long": said.day(day)} for day in days],
        "gaps": _gaps(said, unstaffed(grid)),
        "weekdays": [{"key": str(number), "words": said.weekday(number)} for number in DAYS],
        "starts": [{"key": str(hour), "words": said.hour(hour)} for hour in HOURS],
        "ends": [{"key": str(hour + 1), "words": said.hour(hour + 1)} for hour in HOURS],
        "earlier": (monday - WEEK).isoformat(),
        "later": (monday + WEEK).isoformat(),
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {"who": cell.who, "staffing": cell.staffing.value}


def _gaps(said: _Said, spans: Sequence[Span]) -> list[dict[str, object]]:
    """By day: all of it, or the hours that nobody has."""
    days: dict[date, list[Span]] = {}
    for span in spans:
        days.setdefault(span.day, []).append(span)
    return [
        {
            "day": said.day(day),
            "all": [(one.start, one.end) for one in own] == [(0, len(HOURS))],
            "hours": [said.span(one.start, one.end) for one in own],
        }
        for day, own in days.items()
    ]


def _own(request: Request, hours: Sequence[Hours]) -> list[dict[str, object]]:
    said = _Said(web_of(request).renderer.language.locale)
    return [
        {"hours": one, "words": f"{said.weekday(one.weekday)}, {said.span(one.start, one.end)}"}
        for one in hours
    ]


ROUTES = [
    Route("/desk/roster", show_roster),
    # After a form with errors the address stays; opening it again shows the page.
    Route("/desk/roster/leave", show_roster),
    Route("/desk/roster", take, methods=["POST"]),
    Route("/desk/roster/leave", leave, methods=["POST"]),
]
