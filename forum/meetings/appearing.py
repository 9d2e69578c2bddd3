"""How a meeting appears: as its lobby, as the room while it is open, or as what is left when it is over."""

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import Viewer, zone_of
from forum.calendar.tables import SignUp
from forum.errors import NotFound
from forum.meetings.finding import Held, find_meeting, held_at
from forum.meetings.host_tools import note_came
from forum.meetings.questions import listed
from forum.meetings.roster import roster_of
from forum.meetings.showing import (
    Standing,
    reads_transcript,
    standing_in,
    told_of_meeting,
    told_of_room,
    why_shut,
)
from forum.meetings.tables import Phase
from forum.meetings.ticking import look_in
from forum.messages.answering import near, sent_flash
from forum.messages.resending import Typed, fresh_nonce
from forum.rooms.attendance import arrive_by_page
from forum.rooms.pages import seq_in
from forum.rooms.presence import who_is_here
from forum.rooms.reading import room_page
from forum.services import Services, services_of
from forum.spaces.removals import is_away
from forum.spaces.tables import Place, PlaceKind
from forum.web import page
from realtime.frames import MeetingState


async def meeting_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
    """Show the meeting as far as it is, after doing what its clock asks for; who is no guest is told so."""
    services, place_id = services_of(request), request.path_params["id"]
    try:
        async with services.database.reading() as session:
            held = await find_meeting(session, place_id, viewer)
            standing = await standing_in(session, held, viewer)
    except NotFound:
        return await _from_outside(request, viewer)
    if "at" in request.query_params:
        await arrive_by_page(services, viewer, place_id, meeting=True)
    if await look_in(services, held):
        return await meeting_page(request, viewer, typed)  # as it is now
    if held.meeting.phase == Phase.OPEN:
        await _come_in(services, held, viewer)
    shows = {Phase.LOBBY: _lobby, Phase.OPEN: _room, Phase.CLOSED: _over}[Phase(held.meeting.phase)]
    template, context = await shows(request, held, viewer, standing)
    typing = {"form": typed.form, "errors": typed.errors, "question": typed.question}
    return typed.on(await page(request, template, context | typing, status=typed.status))


Shows = tuple[str, dict[str, object]]


async def _lobby(request: Request, held: Held, viewer: Viewer, standing: Standing) -> Shows:
    services = services_of(request)
    async with services.database.reading() as session:
        told = await told_of_meeting(services, session, held, standing)
        roster = await roster_of(services, session, held) if standing.host else None
    return "meetings/lobby.html", told | {
        "here": await who_is_here(services, held.id),
        "lines": near(zone_of(viewer)),
        "roster": roster,
        "look": fresh_nonce()[:8],
    }


async def _room(request: Request, held: Held, viewer: Viewer, standing: Standing) -> Shows:
    services = services_of(request)
    before = seq_in(request.query_params.get("before", ""))
    async with services.database.reading() as session:
        told = await told_of_meeting(services, session, held, standing)
        shown = await room_page(session, held.place, viewer, before, services.renderer)
        asked = await listed(session, held, viewer) if held.gathering.takes_questions else ()
        roster = await roster_of(services, session, held) if standing.host else None
    state: MeetingState = told["state"]  # type: ignore[assignment]
    mine = state.sharing is not None and state.sharing.member == str(viewer.id)
    return "meetings/room.html", told | {
        "room": await told_of_room(services, held, standing, why_shut(state, standing, mine=mine))
        | {"large": state.sharing},
        "lines": shown.lines,
        "pending": shown.waiting,
        "earlier": f"/meetings/{held.id}?before={shown.earlier}" if shown.earlier else None,
        "here": await who_is_here(services, held.id),
        "nonce_field": fresh_nonce(),
        "flash": sent_flash(request.query_params.get("sent", ""), zone_of(viewer)),
        "questions": asked,
        "roster": roster,
    }


async def _over(request: Request, held: Held, viewer: Viewer, standing: Standing) -> Shows:
    services = services_of(request)
    before = seq_in(request.query_params.get("before", ""))
    async with services.database.reading() as session:
        told = await told_of_meeting(services, session, held, standing)
        reads = reads_transcript(held, standing, viewer)
        shown = await room_page(session, held.place, viewer, before, services.renderer) if reads else None
        roster = await roster_of(services, session, held) if standing.host else None
    return "meetings/over.html", told | {
        "lines": shown.lines if shown else (),
        "earlier": f"/meetings/{held.id}?before={shown.earlier}" if shown and shown.earlier else None,
        "reads": reads,
        "roster": roster,
    }


async def _come_in(services: Services, held: Held, viewer: Viewer) -> None:
    """Note, once, that somebody with a seat came."""
    async with services.database.glancing() as session:
        row = await session.get(SignUp, (held.occurrence.id, viewer.id))
    if row is not None and row.came_at is None:
        async with services.database.transaction() as tx:
            await note_came(tx, held, viewer.id, services.clock())


async def _from_outside(request: Request, viewer: Viewer) -> Response:
    """Tell who was a guest what has become of that; for everybody else there is nothing here."""
    services, place_id = services_of(request), request.path_params["id"]
    async with services.database.reading() as session:
        place = await session.get(Place, place_id)
        if place is None or place.kind != PlaceKind.MEETING:
            raise NotFound
        away = await is_away(session, place_id, viewer.id, services.clock())
        held = await held_at(session, place)
        seat = await session.get(SignUp, (held.occurrence.id, viewer.id))
    if away:
        return await page(request, "meetings/away.html", {"lines": near(zone_of(viewer))}, status=403)
    if held.meeting.phase != Phase.CLOSED or seat is None:
        raise NotFound
    template, context = await _over(request, held, viewer, Standing(viewer.id))
    return await page(request, template, context)
