"""The short page after a care item: what helps, three things to ask oneself, and whom one can reach."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.errors import Invalid
from forum.language import N_, Words
from forum.reach.lines import country_of, lines_for
from forum.services import services_of
from forum.web import page, read_form, say
from forum.wellbeing.buddies import buddies_of
from forum.wellbeing.debriefing import Told, debriefed, say_how

MOST_LINES = 4
HELPS = (
    N_("Stand up, look out of a window, and let your shoulders fall."),
    N_("Drink something warm, or take a few steps outside."),
    N_("Say to somebody that it was a hard one. You need not tell what it was."),
)
PROMPTS = (
    N_("What did you do that helped? That you looked counts."),
    N_("What would you like to leave here, now that it is with the team?"),
    N_("What would do you good in the next hour?"),
)
ANSWERED: dict[Told, Words] = {
    Told.NOT_NEEDED: N_("Good to hear. Should that change later, this page stays open to you."),
    Told.BUDDY: N_("Your buddy has a notice now. They do not read what the item was."),
    Told.ADMINISTRATORS: N_("The administrators have a notice now. They do not read what the item was."),
    Told.NOBODY: N_(
        "There is nobody else in the team who could be told. Below are people you can reach now."
    ),
}


async def show_debrief(request: Request) -> Response:
    """GET /desk/care-for-us/debrief/{id}: of a closed care item that one has decided on."""
    return await _debrief_page(request, moderating(request), None, None)


async def answer_debrief(request: Request) -> Response:
    """POST /desk/care-for-us/debrief/{id}: answer=fine or talk."""
    form = await read_form(request)
    viewer = moderating(request)
    item_id: UUID = request.path_params["id"]
    try:
        told = await say_how(services_of(request), viewer, item_id, form.get("answer", ""))
    except Invalid as invalid:
        return await _debrief_page(request, viewer, None, invalid)
    return await _debrief_page(request, viewer, told, None)


async def _debrief_page(
    request: Request, viewer: Viewer, told: Told | None, invalid: Invalid | None
) -> Response:
    async with services_of(request).database.reading() as session:
        item = await debriefed(session, viewer, request.path_params["id"])
        buddies = await buddies_of(session, viewer.id)
    context = {
        "item_id": item.id,
        "buddy": buddies.mine,
        "helps": [say(request, words) for words in HELPS],
        "prompts": [say(request, words) for words in PROMPTS],
        "told": say(request, ANSWERED[told]) if told else None,
        "lines": lines_for(country_of(viewer.time_zone))[:MOST_LINES],
        "errors": invalid.fields if invalid else {},
    }
    return await page(request, "wellbeing/debrief.html", context, status=invalid.status if invalid else 200)


ROUTES = [
    Route("/desk/care-for-us/debrief/{id:uuid}", show_debrief),
    Route("/desk/care-for-us/debrief/{id:uuid}", answer_debrief, methods=["POST"]),
]
