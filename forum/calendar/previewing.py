"""Previewing: the next dates of a plan by the gathering's clocks and the manager's own, and what clashes."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from starlette.requests import Request

from forum.accounts.sessions import Viewer
from forum.calendar.clashes import Clash, Wanted, clashes
from forum.calendar.dates import Planned
from forum.calendar.local_times import Shown
from forum.calendar.planning import Plan
from forum.calendar.saying import Saying
from forum.calendar.tables import Gathering
from forum.calendar.timing import STRIKE
from forum.language import N_, Words
from forum.services import services_of
from forum.web import say, web_of

MOST_SHOWN = 12
NOTES: dict[Shown, Words] = {
    Shown.NEVER: N_("The clocks skip this time that night, so it begins later by the clock."),
    Shown.TWICE: N_("The clocks show this time twice that night; the first one is meant, unless you chose."),
}


async def preview(request: Request, viewer: Viewer, plan: Plan, but: Gathering | None) -> dict[str, object]:
    """Return what a manager looks at before saving: the first twelve dates to come, and warnings."""
    services = services_of(request)
    now = services.clock()
    to_come = [one for one in plan.timing.dates if one.starts_at > now]
    wanted = Wanted(to_come, list(plan.hosts), _venue(plan), but.id if but else None)
    async with services.database.reading() as session:
        found = await clashes(session, wanted)
    locale = web_of(request).renderer.language.locale
    theirs, own = Saying(locale, plan.timing.zone), Saying(locale, ZoneInfo(viewer.time_zone))
    return {
        "dates": [_date(request, one, theirs, own) for one in to_come[:MOST_SHOWN]],
        "more": max(0, len(to_come) - MOST_SHOWN),
        "over": len(plan.timing.dates) - len(to_come),
        "zone": plan.timing.zone.key,
        "own_zone": viewer.time_zone,
        "repeats": plan.timing.rule is not None,
        "clashes": _clashes(found, own),
    }


def _venue(plan: Plan) -> str:
    return plan.shown.venue if plan.terms.in_person else ""


def _date(request: Request, one: Planned, theirs: Saying, own: Saying) -> dict[str, object]:
    note = NOTES.get(one.shown)
    return {
        "said": theirs.span(one.starts_at, one.ends_at),
        "own": own.span(one.starts_at, one.ends_at) if own.zone.key != theirs.zone.key else "",
        "note": say(request, note) if note else "",
        "strike": STRIKE + one.recurs.date().isoformat(),
    }


def _clashes(found: Sequence[Clash], own: Saying) -> list[dict[str, object]]:
    return [
        {
            "handle": one.handle,
            "said": f"{own.day(one.starts_at)}, {own.clock(one.starts_at)}",
            "gathering": one.gathering_id,
            "title": one.title,
        }
        for one in found
    ]
