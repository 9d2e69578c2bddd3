"""The guidelines' pages: what members read, with its change log, and where administrators revise it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.team import administering
from forum.errors import NotFound
from forum.in_force import SHIPPED, Guidance
from forum.policies.agreeing import Asking, ask_anew
from forum.policies.guideline_log import change_log
from forum.policies.keeping import accept_version, guidance
from forum.policies.sheet_pages import Desk, done_flash, save_desk, show_desk
from forum.policies.sheets import Sheet, currents, waiting
from forum.services import services_of
from forum.spaces.tables import PlaceKind
from forum.web import page, read_form, say, see

LIST = "/manage/guidelines"
MOST_DIGITS = 9


async def show_guidelines(request: Request) -> Response:
    """GET /guidelines: what we ask of each other, and what changed when."""
    services = services_of(request)
    async with services.database.reading() as session:
        context = {
            "guidelines": await guidance(session),
            "version": await accept_version(session),
            "log": await change_log(session, services.renderer),
        }
    return await page(request, "policies/guidelines.html", context)


async def manage_guidelines(request: Request) -> Response:
    """GET /manage/guidelines?done=."""
    administering(request)
    async with services_of(request).database.reading() as session:
        own = await currents(session, PlaceKind.GUIDELINE)
        context = {
            "guidelines": await guidance(session),
            "versions": {slug: message.seq for slug, message in own.items()},
            "waiting": await waiting(session, PlaceKind.GUIDELINE),
            "flash": done_flash(request),
        }
    return await page(request, "policies/manage_guidelines.html", context)


async def show_guideline(request: Request) -> Response:
    """GET /manage/guidelines/{slug}."""
    administering(request)
    return await show_desk(request, _desk(request))


async def save_guideline(request: Request) -> Response:
    """POST /manage/guidelines/{slug}: title, text, version, nonce."""
    form = await read_form(request)
    return await save_desk(request, _desk(request), administering(request), form)


def _desk(request: Request) -> Desk:
    one = _shipped(request)
    title, text = say(request, one.title), say(request, one.text)
    sheet = Sheet(PlaceKind.GUIDELINE, one.slug)
    return Desk(sheet, "policies/leaf.html", LIST, title, title, text)


def _shipped(request: Request) -> Guidance:
    slug = request.path_params["slug"]
    for one in SHIPPED:
        if one.slug == slug:
            return one
    raise NotFound


async def ask_members(request: Request) -> Response:
    """POST /manage/guidelines/{slug}/anew: version. Members are asked to agree before they write again."""
    form = await read_form(request)
    admin = administering(request)
    version = form.get("version", "")
    number = int(version) if version.isdecimal() and len(version) <= MOST_DIGITS else 0
    await ask_anew(services_of(request), Asking(admin.id, _shipped(request).slug, number))
    return see(f"{LIST}?done=asked")


ROUTES = [
    Route("/guidelines", show_guidelines),
    Route(LIST, manage_guidelines),
    Route(LIST + "/{slug}", show_guideline),
    Route(LIST + "/{slug}", save_guideline, methods=["POST"]),
    Route(LIST + "/{slug}/anew", ask_members, methods=["POST"]),
]
