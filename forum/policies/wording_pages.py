"""The pages of the wordings: the list, and a form for each; moderators keep them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.team import moderating
from forum.errors import NotFound
from forum.language import N_
from forum.policies.sheet_pages import Desk, done_flash, save_desk, show_desk
from forum.policies.sheets import Sheet, waiting
from forum.policies.wordings import SHIPPED, is_key, new_key, wordings
from forum.services import services_of
from forum.spaces.tables import PlaceKind
from forum.web import page, read_form, say, see

LIST = "/desk/wordings"
OWN = N_("A wording of our own")


async def show_wordings(request: Request) -> Response:
    """GET /desk/wordings?done=."""
    moderating(request)
    services = services_of(request)
    async with services.database.reading() as session:
        context = {
            "wordings": await wordings(session, services.renderer),
            "waiting": await waiting(session, PlaceKind.WORDING),
            "flash": done_flash(request),
        }
    return await page(request, "policies/wordings.html", context)


async def new_wording(request: Request) -> Response:
    """GET /desk/wordings/new: to the form of one that is not there yet."""
    moderating(request)
    return see(f"{LIST}/{new_key()}")


async def show_wording(request: Request) -> Response:
    """GET /desk/wordings/{slug}."""
    moderating(request)
    return await show_desk(request, _desk(request))


async def save_wording(request: Request) -> Response:
    """POST /desk/wordings/{slug}: title, text, version, nonce."""
    form = await read_form(request)
    viewer = moderating(request)
    return await save_desk(request, _desk(request), viewer, form)


def _desk(request: Request) -> Desk:
    key = request.path_params["slug"]
    if not is_key(key):
        raise NotFound
    sheet = Sheet(PlaceKind.WORDING, key)
    if key not in SHIPPED:
        return Desk(sheet, "policies/wording.html", LIST, say(request, OWN), "", "")
    title, text = (say(request, words) for words in SHIPPED[key])
    return Desk(sheet, "policies/wording.html", LIST, title, title, text)


ROUTES = [
    Route(LIST, show_wordings),
    Route(LIST + "/new", new_wording),
    Route(LIST + "/{slug}", show_wording),
    Route(LIST + "/{slug}", save_wording, methods=["POST"]),
]
