"""The page of a gathering that is over: three questions without names, and thanks to its hosts."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in, zone_of
from forum.errors import Forbidden, ForumError, Invalid, NotFound
from forum.feedback.afterwards import Afterwards, look_back
from forum.feedback.answering import answer
from forum.feedback.dates import CANCELLED, NO_GUEST, TOO_EARLY, TOO_LATE
from forum.feedback.questions import CHOICES, Question, answers_in
from forum.feedback.tables import Thanks
from forum.feedback.thanking import thank
from forum.language import N_, Words
from forum.messages.answering import after_sending, sent_flash
from forum.messages.reading import own_waiting
from forum.messages.resending import Typed, fresh_nonce, kept_words, submission_in
from forum.messages.submission import Asked, Refused, Reply
from forum.messages.views import show_to
from forum.services import services_of
from forum.spaces.access import find_place
from forum.spaces.tables import Guest
from forum.web import Flash, page, read_form, say, see

DONE = {
    "answered": N_("Thank you. Your answers are counted; whose they are is kept nowhere."),
    "thanked": N_("Thank you. The hosts can read it."),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back with errors: the answers, or the words of thanks."""

    answers: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Words] = field(default_factory=dict)
    thanks: Typed = field(default_factory=Typed)
    status: int = 200


async def show_feedback(request: Request) -> Response:
    """GET /gatherings/{id}/feedback?again=&done=&sent=: for guests and hosts; Forbidden for other members."""
    kept = await kept_words(request, signed_in(request))
    return await _page(request, Sent(thanks=Typed(kept.form())))


async def give_feedback(request: Request) -> Response:
    """POST /gatherings/{id}/feedback: welcome, useful, again."""
    form = await read_form(request)
    viewer, occurrence_id = signed_in(request), request.path_params["id"]
    try:
        await answer(services_of(request), viewer, occurrence_id, answers_in(form))
    except Invalid as invalid:
        return await _page(request, Sent(form, dict(invalid.fields), status=invalid.status))
    return see(f"/gatherings/{occurrence_id}/feedback?done=answered")


async def give_thanks(request: Request) -> Response:
    """POST /gatherings/{id}/thanks: text, nonce."""
    form = await read_form(request)
    viewer = signed_in(request, kept=form.get("text", ""))
    occurrence_id: UUID = request.path_params["id"]
    said = submission_in(form, Reply(occurrence_id), viewer.id)
    try:
        became, _ = await thank(services_of(request), viewer, occurrence_id, said)
    except ForumError as error:
        return await _back(request, Typed.objected(form, error))
    if isinstance(became, Refused | Asked):
        return await _back(request, Typed.back(form, became))
    plain = f"/gatherings/{occurrence_id}/feedback"
    sent = after_sending(plain, became)
    return see(f"{plain}?done=thanked" if sent == plain else sent)


async def _back(request: Request, typed: Typed) -> Response:
    return typed.on(await _page(request, Sent(thanks=typed, status=typed.status)))


async def to_thanks(request: Request) -> Response:
    """GET /thanks/{id}: from a place where thanks stand to their page; a moderator, to the date itself."""
    viewer = signed_in(request)
    async with services_of(request).database.reading() as session:
        place, _ = await find_place(session, request.path_params["id"], viewer.id, viewer.role)
        found = (await session.exec(select(Thanks).where(Thanks.place_id == place.id))).first()
        host = await session.get(Guest, (place.id, viewer.id)) is not None
    if found is None:
        raise NotFound
    if not (host or found.account_id == viewer.id):
        return see(f"/gatherings/{found.occurrence_id}")  # the words themselves stand at the desk
    query = request.url.query
    return see(f"/gatherings/{found.occurrence_id}/feedback" + (f"?{query}" if query else ""))


async def _page(request: Request, sent: Sent) -> Response:
    viewer, services = signed_in(request), services_of(request)
    now = services.clock()
    async with services.database.reading() as session:
        found = await look_back(session, request.path_params["id"], viewer, now)
        if not (found.date.guest or found.date.host):
            raise Forbidden(NO_GUEST)
        own = await session.get(Thanks, (found.date.occurrence.id, viewer.id))
        waiting = await own_waiting(session, viewer, services.renderer, own.place_id) if own else []
    context = {
        "after": found,
        "closed": _closed(found, early=now < found.date.occurrence.ends_at),
        "questions": _questions(request),
        "thanks": [replace(show_to(one, viewer), can_reply=False) for one in found.thanks],
        "pending": [shown for _, shown in waiting],
        "answers": sent.answers,
        "wrong": {name: say(request, words) for name, words in sent.wrong.items()},
        "form": sent.thanks.form,
        "errors": sent.thanks.errors,
        "question": sent.thanks.question,
        "nonce_field": fresh_nonce(),
        "flash": _flash(request, zone_of(viewer)),
    }
    return await page(request, "feedback/feedback.html", context, status=sent.status)


def _closed(found: Afterwards, *, early: bool) -> Words | None:
    if found.open:
        return None
    if found.date.cancelled:
        return CANCELLED
    return TOO_EARLY if early else TOO_LATE


def _questions(request: Request) -> list[dict[str, object]]:
    return [
        {
            "key": str(question),
            "words": say(request, question.words),
            "choices": [{"key": str(key), "words": say(request, words)} for key, words in said.items()],
        }
        for question, said in ((one, CHOICES[one]) for one in Question)
    ]


def _flash(request: Request, zone: str) -> Flash | None:
    done = DONE.get(request.query_params.get("done", ""))
    return Flash("info", (done,)) if done else sent_flash(request.query_params.get("sent", ""), zone)


ROUTES = [
    Route("/gatherings/{id:uuid}/feedback", show_feedback),
    Route("/gatherings/{id:uuid}/feedback", give_feedback, methods=["POST"]),
    # After a form with errors the address stays; opening it again shows the page.
    Route("/gatherings/{id:uuid}/thanks", show_feedback),
    Route("/gatherings/{id:uuid}/thanks", give_thanks, methods=["POST"]),
    Route("/thanks/{id:uuid}", to_thanks),
]
