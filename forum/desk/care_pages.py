"""Care at the desk: the steps of the playbook, and a letter to whoever may be in danger."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.team import moderating
from forum.desk.claiming_pages import readable
from forum.desk.deciding_pages import inserted
from forum.desk.item_pages import item_page, path_of
from forum.desk.playbook import take_step
from forum.errors import Invalid
from forum.review.cases import Letter, letter
from forum.services import services_of
from forum.web import read_form, see


async def do_step(request: Request) -> Response:
    """POST /desk/{id}/steps: step."""
    form = await read_form(request)
    viewer = moderating(request)
    item = await readable(request, viewer)
    try:
        await take_step(services_of(request), viewer.id, item.id, form.get("step", ""))
    except Invalid as invalid:
        return await item_page(request, viewer, invalid, form)
    return see(path_of(request, "step") + "#playbook")


async def do_letter(request: Request) -> Response:
    """POST /desk/{id}/letters: letter, wording; with `insert` the wording goes into the letter."""
    form = await read_form(request)
    viewer = moderating(request)
    item = await readable(request, viewer)
    if form.get("insert"):
        return await item_page(request, viewer, None, await inserted(request, item, form))
    words = Letter(item.message_id, item.account_id, viewer.id, form.get("letter", ""))
    try:
        await letter(services_of(request), words)
    except Invalid as invalid:
        return await item_page(request, viewer, invalid, form)
    return see(path_of(request, "sent"))


ROUTES = [
    Route("/desk/{id:uuid}/steps", do_step, methods=["POST"]),
    Route("/desk/{id:uuid}/letters", do_letter, methods=["POST"]),
]
