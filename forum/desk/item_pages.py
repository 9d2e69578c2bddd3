"""The page of one item: the list beside it, the item in its context, and everything that can be done."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.desk.just_done import just_done
from forum.desk.listing import Asking, listing
from forum.desk.noting import NAMES, note_reading
from forum.desk.opened import Opened, Reader, find_item, open_item
from forum.desk.playbook import LAST_STEP
from forum.desk.records import names_anybody
from forum.desk.said import HOURS, KINDS, MEASURES, QUESTIONS, SEVERITIES, STAGES, WITHDRAWN
from forum.desk.wishes import Wish
from forum.errors import Conflict, Forbidden, ForumError, Invalid
from forum.guidelines import GUIDELINES
from forum.language import N_, Words
from forum.messages.explanations import CLAIMS
from forum.policies.wordings import wordings
from forum.review.claiming import claim
from forum.services import services_of
from forum.web import Flash, page, say
from forum.wellbeing.buddies import buddies_of, team_of
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.covering import is_covered, warning
from forum.wellbeing.pause_pages import calm

DONE: Mapping[str, Words] = {
    "handed": N_("Handed over. They have half an hour to come to it."),
    "taken": N_("You look at this now."),
    "noted": N_("Your note is kept. Only moderators read it."),
    "sent": N_("Your letter is sent. The author reads it as from the moderation team."),
    "step": N_("Noted. Thank you."),
    "again": N_("The decision is taken back, and it waits again."),
    "back": N_("The decision is taken back, and everything is as it was before."),
    "gone": N_("The decision is taken back. The words are gone, so they could not be brought back."),
    "recused": N_("Noted. You are not shown what is about this member any more."),
    "upheld": N_("The appeal was right, and is answered."),
    "declined": N_("The appeal is answered."),
}


async def show_item(request: Request) -> Response:
    """GET /desk/{id}?space=&kind=&stage=&older=&done=&told=: opening it claims it, a prefetch does not."""
    viewer = moderating(request)
    resting = await calm(request, viewer)
    if resting is not None:
        return resting
    if request.method == "GET" and "prefetch" not in request.headers.get("sec-purpose", ""):
        await _claim(request, viewer)
    return await item_page(request, viewer)


async def _claim(request: Request, viewer: Viewer) -> None:
    services = services_of(request)
    async with services.database.reading() as session:
        item = await find_item(session, request.path_params["id"])
    if item.closed_at is not None:
        return
    try:
        await claim(services, viewer.id, item.id)
    except (Conflict, Forbidden):
        return  # the page says why


async def item_page(
    request: Request,
    viewer: Viewer,
    error: ForumError | None = None,
    form: Mapping[str, str] | None = None,
) -> Response:
    """Return the page; after an error with what is wrong, and with everything that was typed."""
    services = services_of(request)
    now, wish = services.clock(), Wish.of(request.query_params)
    async with services.database.reading() as session:
        item = await find_item(session, request.path_params["id"])
        opened = await open_item(session, item, Reader(viewer, now, services.renderer))
        cover = (await comfort_of(session, viewer.id)).cover
        context: dict[str, object] = {
            "opened": opened,
            "listing": await listing(session, services.renderer, Asking(viewer, now, wish)),
            "team": await team_of(session, viewer),
            "buddy": (await buddies_of(session, viewer.id)).mine,
            "wordings": [
                {"key": one.key, "words": one.title} for one in await wordings(session, services.renderer)
            ],
        }
    if names_anybody(opened.rulings, opened.past):
        await note_reading(services, viewer.id, f"item:{item.id}", NAMES)
    fields = error.fields if isinstance(error, Invalid) else {"form": error.words} if error else {}
    told = DONE.get(request.query_params.get("told", ""))
    context |= _choices(request, opened) | {
        "errors": fields,
        "form": {"note": opened.note, "version": str(item.version), **(form or {})},
        "done": await just_done(request, viewer),
        "flash": Flash("info", (told,)) if told and not error else None,
        "covered": is_covered(item, cover),
        "warning": warning(item, item.rule),
        "query": wish.query(),
        "clock": now,
        "names": viewer.role is Role.ADMINISTRATOR,
        "last_step": LAST_STEP,
    }
    return await page(request, "desk/item.html", context, status=error.status if error else 200)


def _choices(request: Request, opened: Opened) -> dict[str, object]:
    """What the form offers, and what things are called."""

    def named(words: Mapping[str, Words]) -> list[dict[str, str]]:
        return [{"key": key, "words": say(request, one)} for key, one in words.items()]

    return {
        "kinds": KINDS,
        "questions": QUESTIONS,
        "severities": SEVERITIES,
        "stages": STAGES,
        "withdrawn": WITHDRAWN,
        "reasons": [{"key": one.slug, "words": say(request, one.title)} for one in GUIDELINES],
        "measures": named({key: MEASURES[key] for key in opened.measures}),
        "hours": named(HOURS),
        "notes": named({"": N_("No note"), **CLAIMS}),
    }


def path_of(request: Request, told: str = "") -> str:
    """Return the address of the item that a form was about, with the same list beside it."""
    return f"/desk/{request.path_params['id']}" + Wish.of(request.query_params).query(told=told)


FORMS = ("rulings", "undo", "reversals", "claim", "notes", "letters", "steps")

ROUTES = [
    Route("/desk/{id:uuid}", show_item),
    # After a form with errors the address stays; opening it again shows the item.
    *(Route(f"/desk/{{id:uuid}}/{name}", show_item) for name in FORMS),
]
