"""The page of one date, and what its forms do: saying yes, maybe or no, and taking something on."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in, viewer_or_none
from forum.calendar.date_context import member_context, public_context
from forum.calendar.listing import date_about
from forum.calendar.own_zone import reader_of
from forum.calendar.reading import find_date
from forum.calendar.showing import other_dates, show_date
from forum.calendar.signing_up import Seating, leave, sign_up
from forum.calendar.tables import Coming
from forum.calendar.taking_slots import give_back_slot, take_slot
from forum.errors import ForumError, NotFound, NotSignedIn, TooManyRequests
from forum.language import N_
from forum.services import services_of
from forum.web import Flash, page, read_form, see

DONE = {
    "seated": N_("You are coming. If something changes, say so here: somebody else may be waiting."),
    "queued": N_("Everything is taken for now. You are on the waiting list, and move up by yourself."),
    "maybe": N_("You may come. This keeps no seat for you."),
    "no": N_("You are not coming. Thank you for saying so."),
    "left": N_("What you had answered is erased."),
    "taken": N_("Thank you. It is yours to bring or do."),
    "given-back": N_("You have given it back."),
}
LEAVE = "leave"


async def show_one(request: Request) -> Response:
    """GET /gatherings/{id}?done=: one date, by the id of its occurrence."""
    done = DONE.get(request.query_params.get("done", ""))
    return await _date_page(request, Flash("info", (done,)) if done else None)


async def _date_page(request: Request, flash: Flash | None = None, status: int = 200) -> Response:
    services, viewer, reader = services_of(request), viewer_or_none(request), reader_of(request)
    now = services.clock()
    async with services.database.reading() as session:
        date = await find_date(session, request.path_params["id"], viewer)
        if viewer is None:
            others = await other_dates(session, date, None, reader, now)
        else:
            shown = await show_date(session, date, viewer, reader, now)
    if viewer is None:
        return await page(request, "calendar/public.html", public_context(date, reader, now, others))
    context = member_context(date, reader, now, shown) | {"flash": flash}
    return await page(request, "calendar/gathering.html", context, status=status)


async def reply(request: Request) -> Response:
    """POST /gatherings/{id}/reply: reply, one of yes, maybe, no and leave."""
    form = await read_form(request)
    viewer = signed_in(request)
    services, date_id, said = services_of(request), request.path_params["id"], form.get("reply", "")
    if said not in {LEAVE, *Coming}:
        raise ForumError
    try:
        if said == LEAVE:
            await leave(services, viewer, date_id)
            return see(f"/gatherings/{date_id}?done=left")
        answer = await sign_up(services, viewer, date_id, Coming(said))
    except ForumError as error:
        return await _objected(request, error)
    return see(f"/gatherings/{date_id}?done={_what(answer)}")


def _what(answer: Seating) -> str:
    if answer.reply is Coming.YES:
        return "seated" if answer.seated else "queued"
    return str(answer.reply)


async def change_slot(request: Request) -> Response:
    """POST /gatherings/{id}/slots: slot, and do, which is take or back."""
    form = await read_form(request)
    viewer = signed_in(request)
    try:
        await _change_slot(request, viewer, form)
    except ForumError as error:
        return await _objected(request, error)
    done = "given-back" if form.get("do") == "back" else "taken"
    return see(f"/gatherings/{request.path_params['id']}?done={done}#slots")


async def _change_slot(request: Request, viewer: Viewer, form: dict[str, str]) -> None:
    try:
        slot_id = UUID(form.get("slot", ""))
    except ValueError:
        raise NotFound from None
    change = give_back_slot if form.get("do") == "back" else take_slot
    await change(services_of(request), viewer, request.path_params["id"], slot_id)


async def _objected(request: Request, error: ForumError) -> Response:
    """Show the date as it is now, and say what speaks against what was asked for."""
    if isinstance(error, NotFound | NotSignedIn):
        raise error
    answer = await _date_page(request, Flash("rose", (error.words,)), error.status)
    if isinstance(error, TooManyRequests):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


async def show_next(request: Request) -> Response:
    """GET /gatherings/about/{id}: to the next date of what stands in a place, else to its last one."""
    services, viewer = services_of(request), viewer_or_none(request)
    async with services.database.reading() as session:
        date_id = await date_about(session, viewer, request.path_params["id"], services.clock())
        if date_id is None:
            raise NotFound
        await find_date(session, date_id, viewer)
    return see(f"/gatherings/{date_id}")


ROUTES = [
    Route("/gatherings/about/{id:uuid}", show_next),
    Route("/gatherings/{id:uuid}", show_one),
    Route("/gatherings/{id:uuid}/reply", reply, methods=["POST"]),
    Route("/gatherings/{id:uuid}/slots", change_slot, methods=["POST"]),
]
