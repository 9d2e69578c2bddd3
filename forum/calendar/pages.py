"""The calendar: a list, a week or a month of dates, as far as the reader may see them."""

from datetime import date, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import viewer_or_none
from forum.calendar.cards import Card
from forum.calendar.days import Spread, by_day, days_seen, today_of
from forum.calendar.kinds import Kind, Pathway
from forum.calendar.listing import cards_before, cards_from
from forum.calendar.looking import Looking, View, begins, month_of, months_around, week_of
from forum.calendar.own_zone import reader_of
from forum.calendar.said_times import said_day, said_month, weekdays
from forum.cursor import Cursor
from forum.services import services_of
from forum.web import page, say

LISTED = 30
"""Dates on a page of the list."""
A_DAY = {View.WEEK: 20, View.MONTH: 3}
"""Dates that are listed of one day; more of them are a link away."""
TEMPLATES = {
    View.LIST: "calendar/index.html",
    View.WEEK: "calendar/week.html",
    View.MONTH: "calendar/month.html",
}


async def show_gatherings(request: Request) -> Response:
    """GET /gatherings?view=&at=&kind=&pathway=&after=&before=: what is on; the last two page the list."""
    reader = reader_of(request)
    looking = Looking.parse(request.query_params, small="Mobi" in request.headers.get("user-agent", ""))
    today = today_of(services_of(request).clock(), reader)
    show = {View.LIST: _list, View.WEEK: _week, View.MONTH: _month}[looking.view]
    async with services_of(request).database.reading() as session:
        shown = await show(request, session, looking, looking.day or today)
    views = [
        {"words": say(request, view.words), "href": looking.to(view).address, "here": view is looking.view}
        for view in View
    ]
    context = {
        "zone": reader.zone,
        "here": looking.address,
        "looking": looking,
        "today": {"stamp": today.isoformat(), "href": looking.at(None).address},
        "views": views,
        "kinds": _choices(request, Kind),
        "pathways": _choices(request, Pathway),
    }
    return await page(request, TEMPLATES[looking.view], context | shown)


def _choices(request: Request, kinds: type[Kind] | type[Pathway]) -> list[dict[str, str]]:
    return [{"key": str(one), "words": say(request, one.words)} for one in kinds if one]


async def _list(request: Request, session: AsyncSession, looking: Looking, day: date) -> dict[str, object]:
    """Return the dates from a day on, or those before or after a page that was shown."""
    viewer, reader = viewer_or_none(request), reader_of(request)
    after, before = request.query_params.get("after"), request.query_params.get("before")
    start = Cursor.parse(after) if after else begins(day, reader.zone)
    if before:
        found = await cards_before(session, viewer, Cursor.parse(before), looking, LISTED + 1)
        cards, earlier, later = found[-LISTED:], len(found) > LISTED, True
    else:
        found = await cards_from(session, viewer, start, looking, LISTED + 1)
        cards, later = found[:LISTED], len(found) > LISTED
        earlier = bool(await cards_before(session, viewer, start, looking, 1))
    first = _cursor(cards[0]) if cards else Cursor(begins(day, reader.zone), UUID(int=0))
    return {
        "days": by_day(cards, reader),
        "earlier": f"{looking.address}&before={first}" if earlier else None,
        "later": f"{looking.address}&after={_cursor(cards[-1])}" if later and cards else None,
        "from_day": said_day(day, reader.locale),
    }


def _cursor(card: Card) -> Cursor:
    return Cursor(card.starts_at, card.id)


async def _week(request: Request, session: AsyncSession, looking: Looking, day: date) -> dict[str, object]:
    reader = reader_of(request)
    days = week_of(day, reader.locale.first_week_day)
    spread = Spread(days, A_DAY[View.WEEK])
    return {
        "days": await days_seen(session, viewer_or_none(request), reader, looking, spread),
        "said": f"{said_day(days[0], reader.locale)} – {said_day(days[-1], reader.locale)}",
        "earlier": looking.at(days[0] - timedelta(days=7)).address,
        "later": looking.at(days[0] + timedelta(days=7)).address,
    }


async def _month(request: Request, session: AsyncSession, looking: Looking, day: date) -> dict[str, object]:
    reader = reader_of(request)
    weeks = month_of(day, reader.locale.first_week_day)
    # The days of its first and last week that belong to other months are shown, and what is on then is not.
    own = [one for week in weeks for one in week if one.month == day.month]
    seen = await days_seen(session, viewer_or_none(request), reader, looking, Spread(own, A_DAY[View.MONTH]))
    days = {one.date: one for one in seen}
    earlier, later = months_around(day)
    return {
        "weeks": [[(one, days.get(one)) for one in week] for week in weeks],
        "said": said_month(day, reader.locale),
        "weekdays": weekdays(reader.locale),
        "earlier": looking.at(earlier).address,
        "later": looking.at(later).address,
    }


ROUTES = [Route("/gatherings", show_gatherings)]
