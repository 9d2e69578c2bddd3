"""The house put together: routes, middleware, and what every layout shows."""

from collections.abc import Mapping

from sqlmodel import select
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, ExceptionHandler, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from forum.accounts import entrance_pages, settings_pages
from forum.accounts.sessions import Recognition, viewer_or_none
from forum.admin import pages as admin_pages
from forum.admin import policy_pages
from forum.calendar import cancel_pages, date_pages, manage_pages, plan_pages, zone_pages
from forum.calendar import pages as calendar_pages
from forum.calendar.feeds import pages as feed_pages
from forum.desk.addresses import ROUTES as DESK_ROUTES
from forum.drafts import pages as draft_pages
from forum.error_pages import on_broken_rule, on_crash, on_http_exception
from forum.errors import ForumError
from forum.feedback import pages as feedback_pages
from forum.feedback.afterwards import on_date_page
from forum.home import pages as home_pages
from forum.live import pages as live_pages
from forum.live.shared import Live
from forum.mailing import pages as mailing_pages
from forum.meetings import pages as meeting_pages
from forum.messages import pages as message_pages
from forum.middleware import BodyLimit, Headed, Legible, RequestLog, SameSite, allowed_hosts
from forum.notifications import pages as notice_pages
from forum.notifications.noticing import UNREAD
from forum.numbers import pages as number_pages
from forum.outages import Outages
from forum.policies import agreeing_pages, guideline_pages, note_pages, wording_pages
from forum.profiles import pages as profile_pages
from forum.reminders import pages as reminder_pages
from forum.rendering import static_folder
from forum.review import reason_pages, report_pages
from forum.review.queue import queue_length
from forum.review.waiting import HELD, waits_of
from forum.rooms import pages as room_pages
from forum.services import Services, services_of
from forum.threads import pages as thread_pages
from forum.threads.everybody import Shelf
from forum.threads.reading import Threads
from forum.transparency import pages as transparency_pages
from forum.web import Web
from forum.wellbeing import care_pages, debrief_pages, pause_pages, roster_pages

TOLD = select(UNREAD.scalar_subquery(), HELD.exists())
"""How many notices a member has not seen, and whether something of theirs waits: every page asks."""
FOR_EVER = "public, max-age=31536000, immutable"


class VersionedFiles(StaticFiles):
    """Static files, kept by browsers for ever: their addresses carry a hash of their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with the headers for keeping it."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOR_EVER
        return response


def routes() -> list[BaseRoute]:
    """Return every address of the site."""
    return [
        Mount("/static/{version}", VersionedFiles(directory=static_folder())),
        *home_pages.ROUTES,
        *transparency_pages.ROUTES,
        *entrance_pages.ROUTES,
        *settings_pages.ROUTES,
        *mailing_pages.ROUTES,
        *feed_pages.ROUTES,
        *reminder_pages.ROUTES,
        *thread_pages.ROUTES,
        *room_pages.ROUTES,
        *calendar_pages.ROUTES,
        *zone_pages.ROUTES,
        *date_pages.ROUTES,
        *meeting_pages.ROUTES,
        *message_pages.ROUTES,
        *report_pages.ROUTES,
        *profile_pages.ROUTES,
        *notice_pages.ROUTES,
        *DESK_ROUTES,
        *reason_pages.ROUTES,
        *admin_pages.ROUTES,
        *policy_pages.ROUTES,
        *agreeing_pages.ROUTES,
        *guideline_pages.ROUTES,
        *note_pages.ROUTES,
        *wording_pages.ROUTES,
        *draft_pages.ROUTES,
        *care_pages.ROUTES,
        *pause_pages.ROUTES,
        *debrief_pages.ROUTES,
        *roster_pages.ROUTES,
        *feedback_pages.ROUTES,
        *number_pages.ROUTES,
        *plan_pages.ROUTES,
        *manage_pages.ROUTES,
        *cancel_pages.ROUTES,
    ]


def create_app(services: Services) -> Starlette:
    """Return the site on these services; whoever opened them closes them."""
    settings = services.settings
    handlers: Mapping[object, ExceptionHandler] = {
        ForumError: on_broken_rule,
        HTTPException: on_http_exception,
        Exception: on_crash,
    }
    return Starlette(
        routes=routes(),
        exception_handlers={ForumError: on_broken_rule, HTTPException: on_http_exception},
        middleware=[
            Middleware(Handing, services=services),
            Middleware(RequestLog),
            Middleware(Headed, settings=settings),
            Middleware(CompressMiddleware),
            # A second net inside the headers: whatever is raised from here on gets a page, not a bare 500.
            Middleware(ExceptionMiddleware, handlers=handlers),
            Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(settings), www_redirect=False),
            Middleware(Legible),
            Middleware(BodyLimit),
            Middleware(Outages),
            Middleware(Recognition),
            Middleware(SameSite, settings=settings),
        ],
    )


class Handing:
    """Hands the services, and what pages need of them, to every request."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        # A socket keeps, for hours, every frame it was called through; of all layers only one is about it.
        self._sockets = TrustedHostMiddleware(
            Router(live_pages.ROUTES), allowed_hosts(services.settings), www_redirect=False
        )
        self._handed = {
            "services": services,
            "web": Web(services.settings, services.renderer, layout),
            "live": Live.on(services),
            "threads": Threads(services.renderer, Shelf()),
            "viewer": None,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put them into the scope's state."""
        scope.setdefault("state", {}).update(self._handed)
        app = self._sockets if scope["type"] == "websocket" else self._app
        await app(scope, receive, send)


async def layout(request: Request) -> Mapping[str, object]:
    """Return what every page shows from the floors above: the unread notices, and what waits at the desk."""
    settings, viewer = services_of(request).settings, viewer_or_none(request)
    counts: dict[str, object] = {"unread": 0, "waiting": None, "waits": {}, "agree": False}
    if viewer is not None:
        counts["agree"] = agreeing_pages.is_asked(request, viewer)
        database = services_of(request).database
        # The length of the queue is counted through all of it.
        async with (database.reading if viewer.can_moderate else database.glancing)() as session:
            asked = {"account": viewer.id, "author": viewer.id}
            counts["unread"], waits = (await session.exec(TOLD, params=asked)).one()
            if waits:
                counts["waits"] = await waits_of(session, viewer.id)
            if viewer.can_moderate:
                known: int | None = getattr(request.state, "waiting", None)
                counts["waiting"] = await queue_length(session, viewer) if known is None else known
    counts["afterwards"] = await on_date_page(request)
    return {"community": settings.name, "leave_url": settings.leave_url, **counts}
