"""The pages of a thread: reading it, starting one, answering in it, closing it."""

from urllib.parse import quote
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in, viewer_or_none, zone_of
from forum.errors import Forbidden, ForumError
from forum.messages.answering import after_sending, sent_flash
from forum.messages.publishing import submit
from forum.messages.reading import mark_read
from forum.messages.resending import Typed, fresh_nonce, kept_words, optional_id, submission_in
from forum.messages.submission import Asked, Held, Opening, Published, Refused, Reply
from forum.services import services_of
from forum.shown import Shown
from forum.spaces.access import find_place, find_space
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience, PlaceKind, Space
from forum.threads.everybody import Wanted
from forum.threads.reading import ThreadPage, threads_of
from forum.web import page, read_form, say, see, words_in


async def show_thread(request: Request) -> Response:
    """GET /threads/{id}?after=&before=&at=&reply=&again=&sent=."""
    kept = await kept_words(request, viewer_or_none(request))
    return await _thread_page(request, Typed(kept.form()))


async def _thread_page(request: Request, typed: Typed) -> Response:
    services, viewer = services_of(request), viewer_or_none(request)
    parent = optional_id(typed.form.get("parent") or request.query_params.get("reply"))
    async with services.database.glancing() as session:
        shown = await threads_of(request).page(
            session, request.path_params["id"], viewer, _wanted(request, parent)
        )
    if viewer is not None and shown.now_read_to > shown.read_to:
        await mark_read(services, viewer.id, shown.place.id, shown.now_read_to)
    answered = next((one for one in shown.messages if one.id == parent and one.can_reply), None)
    context = _context(request, shown, typed, answered)
    return typed.on(await page(request, "threads/thread.html", context, status=typed.status))


def _wanted(request: Request, parent: UUID | None) -> Wanted:
    query = request.query_params
    return Wanted(optional_id(query.get("at")) or parent, query.get("after", ""), query.get("before", ""))


def _context(request: Request, shown: ThreadPage, typed: Typed, answered: Shown | None) -> dict[str, object]:
    viewer, url = viewer_or_none(request), f"/threads/{shown.place.id}"
    return {
        "space": shown.space,
        "thread": {
            "id": shown.place.id,
            "title": shown.title,
            "closed": shown.place.closed,
            "seq": shown.place.last_seq,
            "can_close": viewer is not None and viewer.can_moderate,
        },
        "messages": shown.messages,
        "pending": shown.waiting,
        "first_page": shown.earlier is None,
        "earlier": f"{url}?before={quote(shown.earlier)}" if shown.earlier else None,
        "later": f"{url}?after={quote(shown.later)}" if shown.later else None,
        "first_new": f"{url}?at={shown.first_new}#m-{shown.first_new}" if shown.first_new else None,
        "can_reply": viewer is not None and not shown.place.closed and shown.place.last_seq > 0,
        "reply_to": {"id": answered.id, "handle": answered.author.handle, "html": answered.html}
        if answered
        else None,
        "nonce_field": fresh_nonce(),
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
        "flash": sent_flash(request.query_params.get("sent", ""), zone_of(viewer)),
    }


async def reply(request: Request) -> Response:
    """POST /threads/{id}/replies: text, parent, nonce; as a browser without scripts sends it."""
    form = await read_form(request)
    author = signed_in(request, kept=words_in(form))
    place_id: UUID = request.path_params["id"]
    target = Reply(place_id, optional_id(form.get("parent")))
    submission = submission_in(form, target, author.id)
    try:
        answer = await submit(services_of(request), submission)
    except ForumError as error:
        return await _thread_page(request, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _thread_page(request, Typed.back(form, answer))
    return see(_after_sending(place_id, answer))


def _after_sending(place_id: UUID, answer: Published | Held) -> str:
    if isinstance(answer, Held):
        return after_sending(f"/threads/{place_id}#pending", answer)
    return after_sending(f"/threads/{place_id}?at={answer.message_id}#m-{answer.message_id}", answer)


async def show_new(request: Request) -> Response:
    """GET /spaces/{slug}/threads/new?again=."""
    viewer = signed_in(request)
    kept = await kept_words(request, viewer)
    return await _new_page(request, viewer, Typed(kept.form()))


async def _new_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
    async with services_of(request).database.reading() as session:
        space = await _space(session, request, viewer)
    context = {
        "space": {
            "slug": space.slug,
            "name": space.name,
            "audience": say(request, Audience(space.audience).words),
        },
        "nonce_field": fresh_nonce(),
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
    }
    return typed.on(await page(request, "threads/new.html", context, status=typed.status))


async def open_thread(request: Request) -> Response:
    """POST /spaces/{slug}/threads/new: title, text, nonce."""
    form = await read_form(request)
    author = signed_in(request, kept=words_in(form))
    services = services_of(request)
    try:
        async with services.database.reading() as session:
            space = await _space(session, request, author)
        target = Opening(space.id, form.get("title", ""))
        answer = await submit(services, submission_in(form, target, author.id))
    except ForumError as error:
        return await _new_page(request, author, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _new_page(request, author, Typed.back(form, answer))
    return see(_after_sending(answer.place_id, answer))


async def _space(session: AsyncSession, request: Request, viewer: Viewer) -> Space:
    return await find_space(session, request.path_params["slug"], viewer.id, viewer.role)


async def close(request: Request) -> Response:
    """POST /threads/{id}/closed: closed=on closes it to new replies; an empty field opens it again."""
    form = await read_form(request)
    viewer = signed_in(request)
    if not viewer.can_moderate:
        raise Forbidden
    services, place_id = services_of(request), request.path_params["id"]
    async with services.database.reading() as session:
        place, _ = await find_place(session, place_id, viewer.id, viewer.role)
    if place.kind != PlaceKind.THREAD:
        raise Forbidden
    await set_pace(services, place_id, Pace(closed=bool(form.get("closed"))))
    return see(f"/threads/{place_id}")


ROUTES = [
    Route("/spaces/{slug}/threads/new", show_new),
    Route("/spaces/{slug}/threads/new", open_thread, methods=["POST"]),
    Route("/threads/{id:uuid}", show_thread),
    Route("/threads/{id:uuid}/replies", reply, methods=["POST"]),
    Route("/threads/{id:uuid}/closed", close, methods=["POST"]),
]
