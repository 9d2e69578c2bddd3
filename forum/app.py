"""The house put together: routes, middleware, error pages, and what every layout shows."""

from collections.abc import Mapping
from urllib.parse import urlencode

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, ExceptionHandler, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from forum.accounts import entrance_pages, settings_pages
from forum.accounts.sessions import Recognition, viewer_or_none
from forum.admin import pages as admin_pages
from forum.admin import policy_pages
from forum.errors import ForumError, NotFound, NotSignedIn, TooManyRequests
from forum.home import pages as home_pages
from forum.language import N_, Words
from forum.live import ROUTES as LIVE_ROUTES
from forum.logs import places
from forum.messages import pages as message_pages
from forum.middleware import BodyLimit, Headed, RequestLog, SameSite, allowed_hosts
from forum.notifications import pages as notice_pages
from forum.notifications.noticing import unread
from forum.profiles import pages as profile_pages
from forum.rendering import static_folder
from forum.review import desk_pages, report_pages
from forum.review.queue import queue_length
from forum.rooms import pages as room_pages
from forum.services import Services, services_of
from forum.threads import pages as thread_pages
from forum.web import Web, page, see

log = structlog.get_logger()

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
        *entrance_pages.ROUTES,
        *settings_pages.ROUTES,
        *thread_pages.ROUTES,
        *room_pages.ROUTES,
        *message_pages.ROUTES,
        *report_pages.ROUTES,
        *profile_pages.ROUTES,
        *notice_pages.ROUTES,
        *desk_pages.ROUTES,
        *admin_pages.ROUTES,
        *policy_pages.ROUTES,
        *LIVE_ROUTES,
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
            Middleware(BodyLimit),
            Middleware(Recognition),
            Middleware(SameSite, settings=settings),
        ],
    )


class Handing:
    """Hands the services, and what pages need of them, to every request."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._web = Web(services.settings, services.renderer, layout)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put them into the scope's state."""
        scope.setdefault("state", {}).update(services=self._services, web=self._web, viewer=None)
        await self._app(scope, receive, send)


async def layout(request: Request) -> Mapping[str, object]:
    """Return what every page shows from the floors above: the unread notices, and what waits at the desk."""
    settings, viewer = services_of(request).settings, viewer_or_none(request)
    counts: dict[str, object] = {"unread": 0, "waiting": None}
    if viewer is not None:
        async with services_of(request).database.reading() as session:
            counts["unread"] = await unread(session, viewer.id)
            if viewer.can_moderate:
                counts["waiting"] = await queue_length(session, viewer)
    return {"community": settings.name, "leave_url": settings.leave_url, **counts}


async def on_broken_rule(request: Request, error: Exception) -> Response:
    """Show what the rule is; a reader who only has to sign in is sent to the door, and from there back."""
    assert isinstance(error, ForumError)  # noqa: S101 - registered for nothing else
    if isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD"):
        wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return see("/sign-in?" + urlencode({"next": wanted}))
    answer = await error_page(request, error.status, (error.words,), error)
    if isinstance(error, TooManyRequests):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Show starlette's own refusals (no such address, wrong method) as pages of ours."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    words = NotFound.words if error.status_code in (404, 405) else ForumError.words
    answer = await error_page(request, error.status_code, (words,))
    answer.headers.update(error.headers or {})
    return answer


async def on_crash(request: Request, error: Exception) -> Response:
    """Show a page that admits the fault; the log gets places in the code: words may quote people."""
    log.error("crash", error=type(error).__name__, at=places(error))
    if request.scope["type"] == "websocket":
        raise error  # the server closes the socket
    words = (N_("Something broke on our side."),)
    try:
        return await error_page(request, 500, words)
    except Exception as another:  # noqa: BLE001 - the page's own reads may be what is broken
        log.error("crash", error=type(another).__name__, at=places(another))
        request.state.viewer = None
        return await error_page(request, 500, words)


HEADINGS: dict[int, Words] = {
    403: N_("That did not go through"),
    404: N_("There is nothing here"),
    405: N_("There is nothing here"),
    409: N_("Something has changed"),
    413: N_("That is too much at once"),
    429: N_("Wait a little"),
    500: N_("Something broke on our side"),
}
OTHERWISE = N_("That could not be read")


async def error_page(
    request: Request, status: int, words: tuple[Words, ...], error: ForumError | None = None
) -> Response:
    """Render a page for a status, with what was typed given back."""
    renderer = services_of(request).renderer
    context = {
        "status": status,
        "heading": renderer.say(HEADINGS.get(status, OTHERWISE)),
        "words": [renderer.say(sentence) for sentence in words],
        "retry_after": error.retry_after if isinstance(error, TooManyRequests) else None,
        "kept": (error.kept if error else "") or getattr(request.state, "typed", "") or None,
    }
    return await page(request, "error.html", context, status=status)
