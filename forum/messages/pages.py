"""The pages of one message: where it is, editing it, withdrawing it."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in, viewer_or_none
from forum.accounts.tables import Account
from forum.errors import Conflict, ForumError, NotFound
from forum.messages.answering import after_sending
from forum.messages.publishing import submit
from forum.messages.resending import Typed, fresh_nonce, kept_words, submission_in
from forum.messages.submission import Asked, Edit, Held, Refused
from forum.messages.tables import Message, State
from forum.messages.views import show_own
from forum.messages.withdrawing import WITHDRAWABLE, withdraw
from forum.services import Services, services_of
from forum.spaces.access import find_place
from forum.spaces.tables import Place, PlaceKind, Space
from forum.web import page, read_form, see, words_in


def again_url(place: Place, space: Space | None, message: Message) -> str:
    """Return the form that takes the words of a message that was not published, to change and send again."""
    if message.revises_id is not None:
        return f"/messages/{message.revises_id}/edit?again={message.id}"
    if message.is_opening and space is not None:
        return f"/spaces/{space.slug}/threads/new?again={message.id}"
    form = FORMS.get(PlaceKind(place.kind))
    if form is None:
        return url_of(place, message)  # what is not among members is not sent again
    return form.format(place=place.id, again=f"again={message.id}")


FORMS = {
    PlaceKind.ROOM: "/rooms/{place}?{again}#end",
    PlaceKind.MEETING: "/meetings/{place}?{again}#end",
    PlaceKind.THREAD: "/threads/{place}?{again}#reply",
    PlaceKind.PROFILE: "/profile/edit?{again}",
    PlaceKind.THANKS: "/thanks/{place}?{again}",
}
"""Where something is said among members, with the words that are to be changed."""


def url_of(place: Place, message: Message) -> str:
    """Return where a message is read: its place, at that message."""
    match place.kind:
        case PlaceKind.ROOM:
            return f"/rooms/{place.id}" + (f"?before={message.seq + 1}#m-{message.id}" if message.seq else "")
        case PlaceKind.PROFILE:
            return f"/members/by-id/{place.owner_id}"
        case PlaceKind.THREAD:
            return f"/threads/{place.id}?at={message.id}#m-{message.id}"
        case PlaceKind.GATHERING:
            return f"/gatherings/about/{place.id}"
        case PlaceKind.MEETING | PlaceKind.THANKS:
            room = "meetings" if place.kind == PlaceKind.MEETING else "thanks"
            return f"/{room}/{place.id}#m-{message.id}"
    return PAPERS.get(PlaceKind(place.kind), f"/letters/{place.id}")


PAPERS = {
    PlaceKind.GUIDELINE: "/guidelines",
    PlaceKind.SOURCE_NOTE: "/guidelines",
    PlaceKind.WORDING: "/desk/wordings",
}
"""Where the team's papers are read."""


async def show_message(request: Request) -> Response:
    """GET /messages/{id}: to the page of its place that it stands on."""
    viewer, services = viewer_or_none(request), services_of(request)
    async with services.database.reading() as session:
        message = await session.get(Message, request.path_params["id"])
        if message is None or (message.seq is None and (viewer is None or message.author_id != viewer.id)):
            raise NotFound
        place, _ = await find_place(
            session, message.place_id, viewer.id if viewer else None, viewer.role if viewer else None
        )
    return see(url_of(place, message))


async def _own(services: Services, viewer: Viewer, message_id: UUID) -> tuple[Message, Account, Place]:
    async with services.database.reading() as session:
        message = await session.get(Message, message_id)
        if message is None or message.author_id != viewer.id:
            raise NotFound
        place = await session.get_one(Place, message.place_id)
        return message, await session.get_one(Account, viewer.id), place


async def show_edit(request: Request) -> Response:
    """GET /messages/{id}/edit?again=: only what is published can be edited; the rest is sent again."""
    viewer = signed_in(request)
    message, _, _ = await _own(services_of(request), viewer, request.path_params["id"])
    if message.state != State.PUBLISHED:
        raise NotFound
    kept = await kept_words(request, viewer)
    form = kept.form() if kept.text else {"title": message.title, "text": message.text}
    return await _edit_page(request, viewer, Typed(form))


async def _edit_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
    message, account, place = await _own(services_of(request), viewer, request.path_params["id"])
    context = {
        "message": show_own(message, account),
        "is_opening": message.is_opening,
        "version": message.version,
        "nonce_field": fresh_nonce(),
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
        "back": url_of(place, message),
    }
    return typed.on(await page(request, "messages/edit.html", context, status=typed.status))


async def edit(request: Request) -> Response:
    """POST /messages/{id}/edit: title (of an opening), text, version, nonce."""
    form = await read_form(request)
    viewer = signed_in(request, kept=words_in(form))
    services, message_id = services_of(request), request.path_params["id"]
    try:
        target = Edit(message_id, int(form.get("version", "")), form.get("title", ""))
    except ValueError:
        raise ForumError(kept=words_in(form)) from None
    try:
        answer = await submit(services, submission_in(form, target, viewer.id))
    except Conflict as conflict:
        return await _edit_page(request, viewer, Typed(form, {"text": conflict.words}, conflict.status))
    except ForumError as error:
        return await _edit_page(request, viewer, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _edit_page(request, viewer, Typed.back(form, answer))
    message, _, place = await _own(services, viewer, message_id)
    url = url_of(place, message)
    if isinstance(answer, Held) and not answer.cared:
        return see(_with_note(url, "edit-held"))
    return see(after_sending(url, answer))


def _with_note(url: str, key: str) -> str:
    path, mark, fragment = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}sent={key}{mark}{fragment}"


async def show_withdraw(request: Request) -> Response:
    """GET /messages/{id}/withdraw: asks once, because the words are erased."""
    viewer = signed_in(request)
    message, account, place = await _own(services_of(request), viewer, request.path_params["id"])
    if message.state not in WITHDRAWABLE:
        raise NotFound
    context = {"message": show_own(message, account), "back": url_of(place, message)}
    return await page(request, "messages/withdraw.html", context)


async def do_withdraw(request: Request) -> Response:
    """POST /messages/{id}/withdraw."""
    await read_form(request)
    viewer = signed_in(request)
    services = services_of(request)
    message = await withdraw(services, viewer.id, request.path_params["id"])
    if message.seq is None or message.is_opening:
        return see("/notices?sent=withdrawn")
    _, _, place = await _own(services, viewer, message.id)
    return see(_with_note(url_of(place, message), "withdrawn"))


ROUTES = [
    Route("/messages/{id:uuid}", show_message),
    Route("/messages/{id:uuid}/edit", show_edit),
    Route("/messages/{id:uuid}/edit", edit, methods=["POST"]),
    Route("/messages/{id:uuid}/withdraw", show_withdraw),
    Route("/messages/{id:uuid}/withdraw", do_withdraw, methods=["POST"]),
]
