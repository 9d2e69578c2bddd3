"""Choosing the time zone that dates are shown in: members for good, visitors for this visit."""

from sqlmodel import col, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import viewer_or_none
from forum.accounts.tables import Account
from forum.accounts.zones import zones
from forum.calendar.own_zone import reader_of, remember
from forum.errors import Invalid
from forum.language import N_
from forum.services import services_of
from forum.web import own_path, page, read_form, see

CALENDAR = "/gatherings"


async def show_zones(request: Request) -> Response:
    """GET /gatherings/zone?time_zone=&next=: choose one; `time_zone` is what a device says of itself."""
    offered = request.query_params.get("time_zone", "")
    chosen = offered if offered in zones() else reader_of(request).zone
    return await _zone_page(request, chosen, request.query_params.get("next", ""))


async def _zone_page(request: Request, chosen: str, back: str, invalid: Invalid | None = None) -> Response:
    context = {
        "zones": zones(),
        "chosen": chosen,
        "zone": reader_of(request).zone,
        "next": own_path(back, CALENDAR),
        "errors": invalid.fields if invalid else {},
    }
    return await page(request, "calendar/zone.html", context, status=invalid.status if invalid else 200)


async def choose_zone(request: Request) -> Response:
    """POST /gatherings/zone: time_zone, next; back to where one was."""
    form = await read_form(request)
    zone, back, viewer = form.get("time_zone", ""), form.get("next", ""), viewer_or_none(request)
    if zone not in zones():
        invalid = Invalid({"time_zone": N_("Choose a time zone from the list.")})
        return await _zone_page(request, reader_of(request).zone, back, invalid)
    answer = see(own_path(back, CALENDAR))
    if viewer is None:
        remember(request, answer, zone)
        return answer
    async with services_of(request).database.transaction(of=viewer.id) as tx:
        await tx.session.exec(update(Account).where(col(Account.id) == viewer.id).values(time_zone=zone))
    return answer


ROUTES = [
    Route("/gatherings/zone", show_zones),
    Route("/gatherings/zone", choose_zone, methods=["POST"]),
]
