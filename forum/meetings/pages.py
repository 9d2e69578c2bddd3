"""The addresses of a meeting: its page, what is said and asked in it, and all else that is done there."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.errors import Forbidden, ForumError, Invalid, TooManyRequests
from forum.meetings.acting import act
from forum.meetings.appearing import meeting_page
from forum.meetings.finding import find_meeting
from forum.meetings.questions import ask, listed
from forum.meetings.roster import roster_of
from forum.meetings.showing import standing_in, told_of_meeting
from forum.messages.answering import after_sending
from forum.messages.publishing import submit
from forum.messages.resending import Typed, kept_words, submission_in
from forum.messages.submission import Answer, Asked, Refused, Reply, Submission
from forum.rooms.attendance import arrive_by_page
from forum.services import Services, services_of
from forum.web import page, read_form, say, see

JSON = "application/json"
LANDS = {"react": "#sharing", "vote": "#questions", "unvote": "#questions", "answered": "#questions"}
"""Where the page opens again, without scripts; else at the turns."""

Sends = Callable[[Services, Viewer, Submission], Awaitable[Answer]]


async def show_meeting(request: Request) -> Response:
    """GET /meetings/{id}?before=&again=&sent=&at=: `at` comes with "See new lines", without scripts."""
    viewer = signed_in(request)
    kept = await kept_words(request, viewer)
    return await meeting_page(request, viewer, Typed(kept.form()))


async def speak(request: Request) -> Response:
    """POST /meetings/{id}/messages: text, nonce; the same door as a live line."""
    return await _send(request, lambda services, _, submission: submit(services, submission))


async def put_question(request: Request) -> Response:
    """POST /meetings/{id}/questions: text, nonce; a line that is listed as a question, too."""
    return await _send(request, ask)


async def _send(request: Request, send: Sends) -> Response:
    form = await read_form(request)
    author, services = signed_in(request, kept=form.get("text", "")), services_of(request)
    place_id: UUID = request.path_params["id"]
    submission = submission_in(form, Reply(place_id), author.id)
    try:
        answer = await send(services, author, submission)
    except ForumError as error:
        return await meeting_page(request, author, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await meeting_page(request, author, Typed.back(form, answer))
    await arrive_by_page(services, author, place_id, meeting=True)
    return see(after_sending(f"/meetings/{place_id}#end", answer))


async def take_part(request: Request) -> Response:
    """POST /meetings/{id}/part: do, seen, member, question, word; scripts that ask for JSON get no page."""
    form = await read_form(request)
    viewer, services, place_id = signed_in(request), services_of(request), request.path_params["id"]
    by_script = JSON in request.headers.get("accept", "")
    try:
        await act(services, place_id, viewer, form)
    except ForumError as error:
        if by_script:
            return _objection(request, error)
        if isinstance(error, Invalid):
            return await meeting_page(request, viewer, Typed.objected({}, error))
        raise
    if by_script:
        return Response(status_code=204)
    await arrive_by_page(services, viewer, place_id, meeting=True)
    return see(f"/meetings/{place_id}{LANDS.get(form.get('do', ''), '#turns')}")


def _objection(request: Request, error: ForumError) -> Response:
    words = next(iter(error.fields.values())) if isinstance(error, Invalid) else error.words
    headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooManyRequests) else None
    return JSONResponse({"words": say(request, words)}, error.status, headers)


async def show_roster(request: Request) -> Response:
    """GET /meetings/{id}/roster: the part of the page that hosts have of everybody."""
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        held = await find_meeting(session, request.path_params["id"], viewer)
        standing = await standing_in(session, held, viewer)
        if not standing.host:
            raise Forbidden
        told = await told_of_meeting(services, session, held, standing)
        roster = await roster_of(services, session, held)
    return await page(request, "meetings/roster.html", told | {"roster": roster})


async def show_questions(request: Request) -> Response:
    """GET /meetings/{id}/questions: the part of the page with what was asked."""
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        held = await find_meeting(session, request.path_params["id"], viewer)
        standing = await standing_in(session, held, viewer)
        told = await told_of_meeting(services, session, held, standing)
        asked = await listed(session, held, viewer) if held.gathering.takes_questions else ()
    return await page(request, "meetings/questions.html", told | {"questions": asked})


ROUTES = [
    Route("/meetings/{id:uuid}", show_meeting),
    Route("/meetings/{id:uuid}/messages", speak, methods=["POST"]),
    Route("/meetings/{id:uuid}/part", take_part, methods=["POST"]),
    Route("/meetings/{id:uuid}/roster", show_roster),
    Route("/meetings/{id:uuid}/questions", show_questions),
    Route("/meetings/{id:uuid}/questions", put_question, methods=["POST"]),
]
