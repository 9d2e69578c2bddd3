"""The manager's list of gatherings, one of them with its dates, and throwing a draft away."""

from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.calendar.discarding import discard
from forum.calendar.hosting import hosts_of
from forum.calendar.keeping import all_dates
from forum.calendar.kinds import Format, Kind
from forum.calendar.manage_listing import Line, list_gatherings
from forum.calendar.managing import find_gathering, managing
from forum.calendar.plan_pages import LIST, number_in
from forum.calendar.saying import Saying
from forum.calendar.tables import Occurrence, Stage
from forum.calendar.words import latest_words
from forum.language import N_, Words
from forum.messages.tables import State
from forum.services import services_of
from forum.web import Flash, page, read_form, say, see, web_of

DONE: dict[str, Words] = {
    "scheduled": N_("It is scheduled. Members can sign up."),
    "draft": N_("The draft is kept. Only managers see it."),
    "changed": N_("The change is saved. Those who signed up keep their places."),
    "cancelled": N_("It is cancelled. Those who signed up are told."),
    "discarded": N_("The draft is gone."),
    "held": N_(
        "It is saved, and its words are waiting for a person. Until somebody has let them pass, members do"
        " not see them: a new gathering is not there for them yet, of another they read the earlier words."
    ),
    "cancelled-held": N_(
        "It is cancelled. Your message is waiting for a person, and follows once somebody has let it pass."
    ),
}


async def show_list(request: Request) -> Response:
    """GET /manage/gatherings?done=."""
    viewer = managing(request)
    services = services_of(request)
    async with services.database.reading() as session:
        lines = await list_gatherings(session, services.clock())
    key = request.query_params.get("done", "")
    saying = _own(request, viewer)
    lists = {
        name: [_line(request, one, saying) for one in getattr(lines, name)]
        for name in ("upcoming", "drafts", "waiting", "past")
    }
    flash = Flash("amber" if key.endswith("held") else "info", (DONE[key],)) if key in DONE else None
    return await page(
        request, "calendar/manage_list.html", {**lists, "zone": saying.zone.key, "flash": flash}
    )


def _own(request: Request, viewer: Viewer) -> Saying:
    return Saying(web_of(request).renderer.language.locale, ZoneInfo(viewer.time_zone))


def _line(request: Request, line: Line, saying: Saying) -> dict[str, object]:
    at = line.next_at or line.last_at
    return {
        "id": line.gathering.id,
        "version": line.gathering.version,
        "title": line.title,
        "kind": say(request, Kind(line.gathering.kind).words),
        "space": line.space,
        "said": f"{saying.day(at)}, {saying.clock(at)}" if at else "",
        "dates": line.dates,
        "coming": line.coming,
        "cancelled": line.gathering.stage == Stage.CANCELLED,
        "held": line.state == State.HELD,
        "refused": line.state == State.REFUSED,
    }


async def show_one(request: Request) -> Response:
    """GET /manage/gatherings/{id}: its dates, each of which can be changed or cancelled."""
    viewer = managing(request)
    services = services_of(request)
    async with services.database.reading() as session:
        gathering = await find_gathering(session, request.path_params["id"])
        words = await latest_words(session, gathering.place_id)
        hosts = await hosts_of(session, gathering.id)
        dates = await all_dates(session, gathering.id)
    own = _own(request, viewer)
    theirs = Saying(own.locale, ZoneInfo(gathering.zone))
    context = {
        "gathering": gathering,
        "title": words.title if words else "",
        "held": words is not None and words.state == State.HELD,
        "refused": words is not None and words.state == State.REFUSED,
        "kind": say(request, Kind(gathering.kind).words),
        "format": say(request, Format(gathering.format).words),
        "hosts": [one.handle for one in hosts],
        "own_zone": own.zone.key,
        "dates": [_date(one, theirs, own) | {"over": one.starts_at <= services.clock()} for one in dates],
        "to_come": any(one.starts_at > services.clock() and not one.cancelled_at for one in dates),
    }
    return await page(request, "calendar/manage_one.html", context)


def _date(date: Occurrence, theirs: Saying, own: Saying) -> dict[str, object]:
    elsewhere = own.zone.key != theirs.zone.key
    return {
        "id": date.id,
        "said": theirs.span(date.starts_at, date.ends_at),
        "own": own.span(date.starts_at, date.ends_at) if elsewhere else "",
        "coming": date.coming,
        "cancelled": date.cancelled_at is not None,
    }


async def throw_away(request: Request) -> Response:
    """POST /manage/gatherings/{id}/discard: version."""
    form = await read_form(request)
    viewer = managing(request)
    await discard(services_of(request), viewer.id, request.path_params["id"], number_in(form, "version"))
    return see(f"{LIST}?done=discarded")


ROUTES = [
    Route(LIST, show_list),
    Route(LIST + "/{id:uuid}", show_one),
    Route(LIST + "/{id:uuid}/discard", throw_away, methods=["POST"]),
]
