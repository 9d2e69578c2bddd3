"""The pages of the source notes: what each class says, and a form for each; administrators keep them."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.team import administering
from forum.errors import NotFound
from forum.language import N_
from forum.messages.source_notes import as_text, notes_in_force
from forum.notes.notes import CLASSES, all_notes
from forum.policies.note_forms import fields_of, note_text
from forum.policies.sheet_pages import Desk, done_flash, save_desk, show_desk
from forum.policies.sheets import Sheet, currents, waiting
from forum.services import services_of
from forum.spaces.tables import PlaceKind
from forum.web import page, read_form, say

LIST = "/manage/notes"
TITLE = "Source note"
"""Every note's title at the door; readers never see it."""
NAMES = {
    "stop-medicine": N_("Stopping a medicine"),
    "detox-alone": N_("Detox without help"),
    "dose-taper": N_("Lowering a dose"),
    "cure": N_("Promises of a cure"),
    "mixing": N_("Mixing drugs"),
    "shaming-medication": N_("Speaking against medication"),
    "first-aid": N_("First aid in an overdose"),
    "naloxone-myth": N_("Myths about naloxone"),
}


async def show_notes(request: Request) -> Response:
    """GET /manage/notes?done=."""
    administering(request)
    async with services_of(request).database.reading() as session:
        notes = await notes_in_force(session, CLASSES)
        own = await currents(session, PlaceKind.SOURCE_NOTE)
        context = {
            "notes": [
                (name, NAMES[name], notes[name], own[name].seq if name in own else 0) for name in CLASSES
            ],
            "waiting": await waiting(session, PlaceKind.SOURCE_NOTE),
            "flash": done_flash(request),
        }
    return await page(request, "policies/notes.html", context)


async def show_note(request: Request) -> Response:
    """GET /manage/notes/{slug}."""
    administering(request)
    return await show_desk(request, _desk(request))


async def save_note(request: Request) -> Response:
    """POST /manage/notes/{slug}: statement, source, page, reviewed, version, nonce."""
    form = await read_form(request)
    viewer = administering(request)
    return await save_desk(request, _desk(request), viewer, form)


def _desk(request: Request) -> Desk:
    name, today = request.path_params["slug"], services_of(request).clock().date()
    if name not in CLASSES:
        raise NotFound
    return Desk(
        Sheet(PlaceKind.SOURCE_NOTE, name),
        "policies/note.html",
        LIST,
        say(request, NAMES[name]),
        TITLE,
        as_text(all_notes()[name]),
        fields=partial(fields_of, name),
        words=lambda form: note_text(name, form, today),
        fixed_title=True,
    )


ROUTES = [
    Route(LIST, show_notes),
    Route(LIST + "/{slug}", show_note),
    Route(LIST + "/{slug}", save_note, methods=["POST"]),
]
