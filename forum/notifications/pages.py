"""The page of notices: what waits, and what has happened."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in, zone_of
from forum.messages.answering import sent_flash
from forum.messages.reading import own_waiting
from forum.messages.resending import optional_id
from forum.messages.whereabouts import where
from forum.notifications.listing import latest_unseen, mark_seen, notices_of
from forum.services import services_of
from forum.web import page

PAGE = 30


async def show_notices(request: Request) -> Response:
    """GET /notices?before=&sent=: opening the page marks all that came until then as seen."""
    viewer, services = signed_in(request), services_of(request)
    before = optional_id(request.query_params.get("before"))
    async with services.database.reading() as session:
        latest = await latest_unseen(session, viewer)
        found = await notices_of(session, viewer, services.renderer, before, PAGE + 1)
        waiting = await own_waiting(session, viewer, services.renderer) if before is None else []
        named = await where(session, services.renderer, [message.place_id for message, _ in waiting])
    shown = found[:PAGE]
    context = {
        "notices": shown,
        "waiting": [
            {
                **asdict(own),
                "html": own.html,
                "where": named[message.place_id],
                "is_edit": message.revises_id is not None,
            }
            for message, own in waiting
        ],
        "older": f"/notices?before={shown[-1].id}" if len(found) > PAGE else None,
        "flash": sent_flash(request.query_params.get("sent", ""), zone_of(viewer)),
    }
    await mark_seen(services, viewer, latest)
    return await page(request, "notifications/index.html", context)


ROUTES = [Route("/notices", show_notices)]
