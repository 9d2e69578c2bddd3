"""What the pages on which the team revises a page have in common: the form, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import Viewer
from forum.errors import Conflict, ForumError, Invalid
from forum.language import N_, Words
from forum.messages.resending import Typed, form_nonce, fresh_nonce
from forum.messages.submission import Asked, Choice, Held, Refused
from forum.messages.tables import Message
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet, current, history
from forum.services import services_of
from forum.web import Flash, page, see

DONE: Mapping[str, Words] = {
    "published": N_("It is in force. The earlier version stays in the history."),
    "held": N_("It waits for somebody else of the team to read it first. Until then, nothing has changed."),
    "asked": N_("From now on, members are asked to agree before they write again."),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One page as it is edited: where, under which heading, what ships, and where its list is.

    `fields` turns the text in force into the fields of the form, `text` turns the form back into it.
    """

    sheet: Sheet
    template: str
    back: str
    heading: str
    title: str
    text: str
    fields: Callable[[str], Mapping[str, str]] = lambda text: {"text": text}
    words: Callable[[Mapping[str, str]], str] = lambda form: form.get("text", "")
    fixed_title: bool = False


def done_flash(request: Request) -> Flash | None:
    """Return the line for `?done=` in an address, if there is one."""
    key = request.query_params.get("done", "")
    return Flash("amber" if key == "held" else "info", (DONE[key],)) if key in DONE else None


async def show_desk(request: Request, desk: Desk) -> Response:
    """Show the form with what counts now."""
    return await _desk_page(request, desk, None)


async def save_desk(request: Request, desk: Desk, viewer: Viewer, form: dict[str, str]) -> Response:
    """Send the form's words through the door; a version made on an older one comes back beside the newer."""
    try:
        answer = await revise(services_of(request), _revision(desk, viewer, form))
    except Conflict as conflict:
        return await _desk_page(request, desk, Typed(form, {"form": conflict.words}, conflict.status))
    except ForumError as error:
        return await _desk_page(request, desk, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _desk_page(request, desk, Typed.back(form, answer))
    return see(f"{desk.back}?done={'held' if isinstance(answer, Held) else 'published'}")


def _revision(desk: Desk, viewer: Viewer, form: dict[str, str]) -> Revision:
    try:
        version, choice = int(form.get("version", "")[:9]), Choice(form.get("choice", ""))
    except ValueError:
        raise ForumError from None
    title = desk.title if desk.fixed_title else form.get("title", "")
    if not desk.fixed_title and not title.strip():
        raise Invalid({"title": N_("Give it a title.")})
    return Revision(desk.sheet, viewer.id, version, title, desk.words(form), form_nonce(form), choice)


async def _desk_page(request: Request, desk: Desk, typed: Typed | None) -> Response:
    async with services_of(request).database.reading() as session:
        now = await current(session, desk.sheet)
        past = await history(session, desk.sheet)
    title, text = (now.title, now.text) if now else (desk.title, desk.text)
    shown = typed or Typed({"title": title, **desk.fields(text)})
    clash = shown.status == Conflict.status
    context = {
        "desk": desk,
        "form": shown.form,
        "errors": shown.errors,
        "question": shown.question,
        "nonce_field": fresh_nonce(),
        # After a clash the next save is made on what stands there now, which is shown beside it.
        "version": (now.seq if now else 0) if typed is None or clash else shown.form.get("version", ""),
        "stands": {"title": title, "text": text} if clash else None,
        "past": _told(past),
    }
    return shown.on(await page(request, desk.template, context, status=shown.status))


def _told(past: Sequence[Message]) -> list[dict[str, object]]:
    return [
        {"number": one.seq, "at": one.published_at or one.created_at, "title": one.title, "text": one.text}
        for one in past
    ]
