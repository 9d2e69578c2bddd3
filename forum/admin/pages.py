"""The page on which community managers open spaces and rooms and invite members."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.errors import ForumError, Invalid, NotFound
from forum.language import N_, Words
from forum.services import services_of
from forum.spaces.access import rooms_seen_by, spaces_seen_by
from forum.spaces.opening import NewRoom, NewSpace, Pace, invite, open_room, open_space
from forum.spaces.tables import Audience
from forum.web import Flash, page, read_form, say, see

DONE = {
    "space": N_("The space is open."),
    "room": N_("The room is open."),
    "member": N_("Invited. They see the space from now on."),
}


def managing(request: Request) -> Viewer:
    """Return the manager who asks; for everybody else this page does not exist: NotFound."""
    viewer = signed_in(request)
    if not viewer.can_manage:
        raise NotFound
    return viewer


async def show_manage(request: Request) -> Response:
    """GET /manage?done=."""
    return await _manage_page(request, managing(request))


async def _manage_page(
    request: Request, viewer: Viewer, form: Mapping[str, str] | None = None, invalid: Invalid | None = None
) -> Response:
    async with services_of(request).database.reading() as session:
        spaces = await spaces_seen_by(session, viewer.id, viewer.role)
        rooms = await rooms_seen_by(session, viewer.id, viewer.role)
    done = DONE.get(request.query_params.get("done", ""))
    context = {
        "spaces": [
            {"slug": one.slug, "name": one.name, "audience": say(request, Audience(one.audience).words)}
            for one in spaces
        ],
        "rooms": [room for room, _ in rooms],
        "audiences": [{"key": one.value, "words": say(request, one.words)} for one in Audience],
        "form": form or {},
        "errors": invalid.fields if invalid else {},
        "flash": Flash("info", (done,)) if done else None,
    }
    return await page(request, "admin/manage.html", context, status=invalid.status if invalid else 200)


async def make_space(request: Request) -> Response:
    """POST /manage/spaces: name, slug, about, audience."""
    form = await read_form(request)
    viewer = managing(request)
    wanted = NewSpace(*(form.get(name, "") for name in ("name", "slug", "about", "audience")))
    try:
        await open_space(services_of(request), wanted)
    except Invalid as invalid:
        return await _manage_page(request, viewer, form, invalid)
    return see("/manage?done=space")


async def make_room(request: Request) -> Response:
    """POST /manage/rooms: space, name, about, slow_seconds, needs_facilitator."""
    form = await read_form(request)
    viewer = managing(request)
    try:
        pace = Pace(slow_seconds=_seconds(form), needs_facilitator="needs_facilitator" in form)
        space_id = await _space_id(request, viewer, form)
        await open_room(
            services_of(request), NewRoom(space_id, form.get("name", ""), form.get("about", ""), pace)
        )
    except Invalid as invalid:
        return await _manage_page(request, viewer, form, invalid)
    return see("/manage?done=room")


async def invite_member(request: Request) -> Response:
    """POST /manage/members: space, handle."""
    form = await read_form(request)
    viewer = managing(request)
    try:
        await invite(services_of(request), await _space_id(request, viewer, form), form.get("handle", ""))
    except Invalid as invalid:
        return await _manage_page(request, viewer, form, invalid)
    return see("/manage?done=member")


async def _space_id(request: Request, viewer: Viewer, form: Mapping[str, str]) -> UUID:
    async with services_of(request).database.reading() as session:
        spaces = await spaces_seen_by(session, viewer.id, viewer.role)
    for space in spaces:
        if space.slug == form.get("space"):
            return space.id
    raise _missing("space", N_("Choose a space."))


def _seconds(form: Mapping[str, str]) -> int:
    try:
        return int(form.get("slow_seconds") or 0)
    except ValueError:
        raise _missing("slow_seconds", N_("Use a number of seconds.")) from None


def _missing(field: str, words: Words) -> ForumError:
    return Invalid({field: words})


ROUTES = [
    Route("/manage", show_manage),
    # After a form with errors the address stays; opening it again shows the page.
    Route("/manage/spaces", show_manage),
    Route("/manage/rooms", show_manage),
    Route("/manage/members", show_manage),
    Route("/manage/spaces", make_space, methods=["POST"]),
    Route("/manage/rooms", make_room, methods=["POST"]),
    Route("/manage/members", invite_member, methods=["POST"]),
]
