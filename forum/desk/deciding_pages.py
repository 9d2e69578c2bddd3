"""Deciding: the form of an item, what comes after it, taking back within the minute, and reversing later."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import moderating
from forum.desk.deciding import decision_in, version_in, with_wording
from forum.desk.item_pages import item_page, path_of
from forum.desk.listing import Asking, listing, next_of
from forum.desk.looping import decide
from forum.desk.opened import find_item
from forum.desk.wishes import Wish
from forum.errors import ForumError, NotFound
from forum.policies.wordings import wordings
from forum.review.answering import Answer, decide_appeal
from forum.review.items import URGENT, Kind
from forum.review.outcomes import OPEN_STILL
from forum.review.tables import ReviewItem
from forum.review.undoing import Reversal, Undone, reverse, undo
from forum.services import services_of
from forum.web import read_form, see
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.counting import tally_of

UNREADABLE = frozenset({ForumError.status, NotFound.status})
"""What is no moderator's mistake that a form could tell."""


async def do_decide(request: Request) -> Response:
    """POST /desk/{id}/rulings: action, version, reason, measure, hours, note, letter, wording, closing.

    With `insert` nothing is decided: the wording goes into the letter.
    """
    form = await read_form(request)
    viewer = moderating(request)
    async with services_of(request).database.reading() as session:
        item = await find_item(session, request.path_params["id"])
    if form.get("insert"):
        return await item_page(request, viewer, None, await inserted(request, item, form))
    try:
        done, outcome = await _carry_out(request, viewer, item, form)
    except ForumError as error:
        if error.status in UNREADABLE:
            raise
        return await item_page(request, viewer, error, _without_version(form))
    return see(await _next(request, viewer, item, (done, outcome)))


def _without_version(form: Mapping[str, str]) -> dict[str, str]:
    """What comes next is decided on what is seen now."""
    return {name: value for name, value in form.items() if name != "version"}


async def inserted(request: Request, item: ReviewItem, form: Mapping[str, str]) -> dict[str, str]:
    """Return the form with the chosen wording in its letter."""
    services = services_of(request)
    async with services.database.reading() as session:
        known = await wordings(session, services.renderer)
        author = await session.get_one(Account, item.account_id)
    return with_wording(_without_version(form), known, author.handle, services.renderer)


async def _carry_out(
    request: Request, viewer: Viewer, item: ReviewItem, form: Mapping[str, str]
) -> tuple[UUID | None, str]:
    """Return the ruling that can be undone, and the outcome; an answer to an appeal stays."""
    services = services_of(request)
    if item.kind == Kind.APPEAL:
        text, version = form.get("letter", ""), version_in(form)
        answer = Answer(item.id, viewer.id, version, form.get("action", ""), text, form.get("reason", ""))
        return None, (await decide_appeal(services, answer)).appeal.outcome
    decision = decision_in(form, item.id, viewer)
    ruling = await decide(services, item, decision, form.get("closing", ""))
    return ruling.id, ruling.outcome


async def _next(request: Request, viewer: Viewer, item: ReviewItem, decided: tuple[UUID | None, str]) -> str:
    """Return where to go on: after care a moment for oneself, the pause that is due, or the next item."""
    ruling_id, outcome = decided
    if item.lane == URGENT and item.kind != Kind.APPEAL and outcome not in OPEN_STILL:
        return f"/desk/care-for-us/debrief/{item.id}"
    services, wish = services_of(request), Wish.of(request.query_params)
    more = {"done": str(ruling_id)} if ruling_id else {"told": outcome}
    async with services.database.reading() as session:
        now = services.clock()
        rested = (await comfort_of(session, viewer.id)).rest_since
        tally = await tally_of(session, viewer, now, rested)
        found = await listing(session, services.renderer, Asking(viewer, now, wish))
    upcoming = next_of(found.rows, item.id)
    if upcoming is None or tally.suggests_pause:
        return "/desk" + wish.query(**more)
    return upcoming.item.url + wish.query(**more)


async def do_undo(request: Request) -> Response:
    """POST /desk/{id}/undo: ruling; within the minute, by whoever made it."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        undone = await undo(services_of(request), _ruling_in(form), viewer.id)
    except ForumError as error:
        if error.status in UNREADABLE:
            raise
        return await item_page(request, viewer, error)
    return see(path_of(request, _told(undone)))


async def do_reverse(request: Request) -> Response:
    """POST /desk/{id}/reversals: ruling, why."""
    form = await read_form(request)
    viewer = moderating(request)
    reversal = Reversal(_ruling_in(form), viewer.id, form.get("why", ""))
    try:
        undone = await reverse(services_of(request), reversal)
    except ForumError as error:
        if error.status in UNREADABLE:
            raise
        return await item_page(request, viewer, error, form)
    return see(path_of(request, _told(undone)))


def _ruling_in(form: Mapping[str, str]) -> UUID:
    try:
        return UUID(form.get("ruling", ""))
    except ValueError:
        raise ForumError from None


def _told(undone: Undone) -> str:
    if not undone.restored:
        return "gone"
    return "again" if undone.item is not None else "back"


ROUTES = [
    Route("/desk/{id:uuid}/rulings", do_decide, methods=["POST"]),
    Route("/desk/{id:uuid}/undo", do_undo, methods=["POST"]),
    Route("/desk/{id:uuid}/reversals", do_reverse, methods=["POST"]),
]
