"""The moderators' own page: how much it was, a pause, the shift, a buddy, covers, topics left to others."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.errors import ForumError, Invalid
from forum.language import N_
from forum.services import services_of
from forum.web import Flash, page, read_form, say, see
from forum.wellbeing.buddies import buddies_of, choose_buddy, team_of
from forum.wellbeing.comfort import choose_cover, comfort_of
from forum.wellbeing.counting import tally_of
from forum.wellbeing.covering import Cover
from forum.wellbeing.debriefing import met, talks_for
from forum.wellbeing.handing import Handed, hand_to_buddy
from forum.wellbeing.resting import resting_until
from forum.wellbeing.shifts import end_shift, on_shift, start_shift
from forum.wellbeing.topics import TOPICS, leave_topics, topics_of

HERE = "/desk/care-for-us"
DONE = {
    "on": N_("You are on shift. It ends by itself after four hours."),
    "off": N_("Your shift is over. Thank you for being here."),
    "cover": N_("Saved."),
    "topics": N_("Saved. Others see what you leave, and nobody is told why."),
    "buddy": N_("Saved. Your buddy sees it, too."),
    "no-buddy": N_("Saved. You have no buddy now."),
    "handed": N_("Handed over. It is with your buddy now."),
    "met": N_("Thank you for being there."),
}


async def show_care(request: Request) -> Response:
    """GET /desk/care-for-us?done=."""
    return await _care_page(request, moderating(request), None)


async def _care_page(request: Request, viewer: Viewer, error: ForumError | None) -> Response:
    context = await _context(request, viewer)
    fields = error.fields if isinstance(error, Invalid) else {"form": error.words} if error else {}
    done = DONE.get(request.query_params.get("done", ""))
    context |= {"errors": fields, "flash": Flash("info", (done,)) if done and not error else None}
    return await page(request, "wellbeing/care.html", context, status=error.status if error else 200)


async def _context(request: Request, viewer: Viewer) -> dict[str, object]:
    """Seven queries, however many moderators there are."""
    services = services_of(request)
    now = services.clock()
    async with services.database.reading() as session:
        comfort = await comfort_of(session, viewer.id)
        here = await on_shift(session, now)
        left = await topics_of(session, viewer.id)
        context: dict[str, object] = {
            "tally": await tally_of(session, viewer, now, comfort.rest_since),
            "buddies": await buddies_of(session, viewer.id),
            "talks": await talks_for(session, viewer),
            "team": await team_of(session, viewer),
        }
    return context | {
        "clock": now,
        "resting": resting_until(comfort, now),
        "cover": comfort.cover,
        "covers": [{"key": one.value, "words": say(request, one.words)} for one in Cover],
        "on_shift": here,
        "own_shift": next((one.until for one in here if one.account_id == viewer.id), None),
        "topics": [
            {"key": key, "words": say(request, topic.name), "left": key in left}
            for key, topic in TOPICS.items()
        ],
    }


async def save_shift(request: Request) -> Response:
    """POST /desk/care-for-us/shift: do=start or end."""
    form = await read_form(request)
    viewer = moderating(request)
    if form.get("do") not in ("start", "end"):
        raise ForumError
    change, done = (start_shift, "on") if form["do"] == "start" else (end_shift, "off")
    await change(services_of(request), viewer.id)
    return see(f"{HERE}?done={done}")


async def save_cover(request: Request) -> Response:
    """POST /desk/care-for-us/cover: hard, all or none."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        await choose_cover(services_of(request), viewer.id, form.get("cover", ""))
    except Invalid as invalid:
        return await _care_page(request, viewer, invalid)
    return see(f"{HERE}?done=cover")


async def save_topics(request: Request) -> Response:
    """POST /desk/care-for-us/topics: a field `leave-…` for each that is left to others."""
    form = await read_form(request)
    viewer = moderating(request)
    wanted = {name.removeprefix("leave-") for name in form if name.startswith("leave-")}
    try:
        await leave_topics(services_of(request), viewer.id, wanted)
    except Invalid as invalid:
        return await _care_page(request, viewer, invalid)
    return see(f"{HERE}?done=topics")


async def save_buddy(request: Request) -> Response:
    """POST /desk/care-for-us/buddy: a handle, or nothing for nobody."""
    form = await read_form(request)
    viewer = moderating(request)
    handle = form.get("buddy", "").strip()
    try:
        await choose_buddy(services_of(request), viewer, handle)
    except Invalid as invalid:
        return await _care_page(request, viewer, invalid)
    return see(f"{HERE}?done={'buddy' if handle else 'no-buddy'}")


async def hand_item(request: Request) -> Response:
    """POST /desk/care-for-us/hand: item, version, why; it goes to the buddy."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        await hand_to_buddy(services_of(request), viewer, _handed(form))
    except ForumError as error:
        if error.status not in (Invalid.status, 403, 409):
            raise
        return await _care_page(request, viewer, error)
    return see(f"{HERE}?done=handed")


def _handed(form: Mapping[str, str]) -> Handed:
    try:
        return Handed(UUID(form.get("item", "")), int(form.get("version", "")), form.get("why", ""))
    except ValueError:
        raise ForumError from None


async def note_met(request: Request) -> Response:
    """POST /desk/care-for-us/talks/{id}: the two have talked; the id is the other's."""
    await read_form(request)
    viewer = moderating(request)
    await met(services_of(request), viewer, request.path_params["id"])
    return see(f"{HERE}?done=met")


ROUTES = [
    Route(HERE, show_care),
    # After a form with errors the address stays; opening it again shows the page.
    *(Route(f"{HERE}/{name}", show_care) for name in ("shift", "cover", "topics", "buddy", "hand")),
    Route(f"{HERE}/shift", save_shift, methods=["POST"]),
    Route(f"{HERE}/cover", save_cover, methods=["POST"]),
    Route(f"{HERE}/topics", save_topics, methods=["POST"]),
    Route(f"{HERE}/buddy", save_buddy, methods=["POST"]),
    Route(f"{HERE}/hand", hand_item, methods=["POST"]),
    Route(f"{HERE}/talks/{{id:uuid}}", note_met, methods=["POST"]),
]
