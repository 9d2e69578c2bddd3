"""The pages of rooms: the list, a room, a line said without scripts, and how the room is held."""

from contextlib import suppress
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in, viewer_or_none, zone_of
from forum.errors import Forbidden, ForumError, Invalid
from forum.language import N_
from forum.messages.answering import after_sending, sent_flash
from forum.messages.publishing import submit
from forum.messages.resending import Typed, fresh_nonce, kept_words, submission_in
from forum.messages.submission import Asked, Refused, Reply
from forum.rooms.attendance import arrive_by_page
from forum.rooms.listing import room_cards
from forum.rooms.presence import state_of, who_is_here
from forum.rooms.reading import RoomPage, find_room, room_page
from forum.services import services_of
from forum.spaces.opening import Pace, set_pace
from forum.web import page, read_form, see
from realtime.commands import HIGHEST_SEQ


async def show_rooms(request: Request) -> Response:
    """GET /rooms."""
    cards = await room_cards(services_of(request), viewer_or_none(request))
    return await page(request, "rooms/index.html", {"rooms": cards})


async def show_room(request: Request) -> Response:
    """GET /rooms/{id}?before=&again=&sent=&at=: `at` comes with "See new lines", without scripts."""
    viewer = viewer_or_none(request)
    if viewer is not None and "at" in request.query_params:
        await _arrive(request, viewer)
    kept = await kept_words(request, viewer)
    return await _room_page(request, Typed(kept.form()))


async def _arrive(request: Request, viewer: Viewer) -> None:
    services = services_of(request)
    async with services.database.reading() as session:
        place = await find_room(session, request.path_params["id"], viewer)
    await arrive_by_page(services, viewer, place.id)


async def _room_page(request: Request, typed: Typed) -> Response:
    services, viewer = services_of(request), viewer_or_none(request)
    before = seq_in(request.query_params.get("before", ""))
    async with services.database.reading() as session:
        place = await find_room(session, request.path_params["id"], viewer)
        shown = await room_page(session, place, viewer, before, services.renderer)
    context = await _context(request, shown) | {
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
    }
    return typed.on(await page(request, "rooms/room.html", context, status=typed.status))


def seq_in(text: str) -> int | None:
    """Return the seq in an address, no higher than a database column holds; None when it is not one."""
    with suppress(ValueError):
        return min(int(text), HIGHEST_SEQ) if text.isdecimal() else None
    return None


async def _context(request: Request, shown: RoomPage) -> dict[str, object]:
    services, viewer, place = services_of(request), viewer_or_none(request), shown.place
    state = await state_of(services, place)
    facilitates = viewer is not None and viewer.role.can_facilitate
    return {
        "room": {
            "id": place.id,
            "name": place.name,
            "about": place.about,
            "url": f"/rooms/{place.id}/messages",
            "shut": None,
            "guest": viewer is not None,
            "paused": state.paused,
            "slow_seconds": state.slow_seconds,
            "needs_facilitator": place.needs_facilitator,
            "waiting_for_facilitator": state.waiting_for_facilitator,
            "can_facilitate": facilitates,
            "can_speak": viewer is not None
            and (facilitates or not (state.paused or state.waiting_for_facilitator)),
            "seq": place.last_seq,
        },
        "lines": shown.lines,
        "pending": shown.waiting,
        "earlier": f"/rooms/{place.id}?before={shown.earlier}" if shown.earlier else None,
        "here": await who_is_here(services, place.id),
        "nonce_field": fresh_nonce(),
        "flash": sent_flash(request.query_params.get("sent", ""), zone_of(viewer)),
    }


async def say(request: Request) -> Response:
    """POST /rooms/{id}/messages: text, nonce; the same door as a live line."""
    form = await read_form(request)
    author = signed_in(request, kept=form.get("text", ""))
    place_id: UUID = request.path_params["id"]
    submission = submission_in(form, Reply(place_id), author.id)
    try:
        answer = await submit(services_of(request), submission)
    except ForumError as error:
        return await _room_page(request, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _room_page(request, Typed.back(form, answer))
    await arrive_by_page(services_of(request), author, place_id)
    return see(after_sending(f"/rooms/{place_id}#end", answer))


async def control(request: Request) -> Response:
    """POST /rooms/{id}/controls: paused, slow_seconds, needs_facilitator; for who holds rooms."""
    form = await read_form(request)
    viewer = signed_in(request)
    services, place_id = services_of(request), request.path_params["id"]
    async with services.database.reading() as session:
        place = await find_room(session, place_id, viewer)
    if not viewer.role.can_facilitate:
        raise Forbidden
    try:
        pace = Pace("paused" in form, int(form.get("slow_seconds") or 0), "needs_facilitator" in form)
        await set_pace(services, place.id, pace)
    except ValueError:
        return await _room_page(request, Typed({}, {"slow_seconds": N_("Use a number of seconds.")}, 422))
    except Invalid as invalid:
        return await _room_page(request, Typed({}, dict(invalid.fields), 422))
    return see(f"/rooms/{place_id}")


ROUTES = [
    Route("/rooms", show_rooms),
    Route("/rooms/{id:uuid}", show_room),
    Route("/rooms/{id:uuid}/messages", say, methods=["POST"]),
    Route("/rooms/{id:uuid}/controls", control, methods=["POST"]),
]
