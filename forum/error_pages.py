"""The pages of what goes wrong: broken rules, addresses that are not there, and faults of our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import viewer_or_none
from forum.errors import ForumError, NotAccepted, NotFound, NotSignedIn, TooManyRequests, Unavailable
from forum.language import N_, Words
from forum.logs import places
from forum.policies.agreeing_pages import ask_to_agree
from forum.services import services_of
from forum.web import own_path, page, see

log = structlog.get_logger()


async def on_broken_rule(request: Request, error: Exception) -> Response:
    """Show what the rule is; a reader who only has to sign in is sent to the door, and from there back."""
    assert isinstance(error, ForumError)  # noqa: S101 - registered for nothing else
    if isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD"):
        wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return see("/sign-in?" + urlencode({"next": wanted}))
    if isinstance(error, NotAccepted) and viewer_or_none(request):
        return await ask_to_agree(request, error)
    if isinstance(error, Unavailable):
        request.state.viewer = None  # of members a page shows what is in the database
    answer = await error_page(request, error.status, (error.words,), error)
    if isinstance(error, TooManyRequests | Unavailable):
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
    503: N_("One moment, please"),
}
OTHERWISE = N_("That could not be read")


@dataclass(frozen=True, slots=True)
class Again:
    """A request that can be made again: where to, whether it sent a form, and its fields."""

    path: str
    sends: bool
    fields: Mapping[str, str]


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
        "again": _again(request) if isinstance(error, Unavailable) else None,
        "kept": (error.kept if error else "") or getattr(request.state, "typed", "") or None,
    }
    return await page(request, "error.html", context, status=status)


def _again(request: Request) -> Again | None:
    """Return the same request, to be sent once more; None where it would carry a password."""
    sent: Mapping[str, str] = getattr(request.state, "sent", {}) if request.method == "POST" else {}
    if any("password" in name for name in sent):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return Again(own_path(request.url.path + query), request.method == "POST", sent)
