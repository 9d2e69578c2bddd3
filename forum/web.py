"""What every page does alike: read a form, render a template, set a cookie."""

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from forum.errors import FormExpired, ForumError
from forum.language import N_, Words
from forum.reach.lines import Line
from forum.rendering import Renderer
from forum.settings import Settings

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 100
SEE_OTHER = 303
NUL = b"\0"
TYPED = ("title", "text", "letter", "closing", "why")
"""The fields that hold what somebody typed in words."""

Layout = Callable[[Request], Awaitable[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Flash:
    """A line at the top of the next page; `kind` is info, amber or rose, `lines` whom one can reach."""

    kind: str
    words: tuple[Words, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Web:
    """What pages need of the house; `layout` gives what every page shows from the floors above."""

    settings: Settings
    renderer: Renderer
    layout: Layout


def web_of(connection: HTTPConnection[Any]) -> Web:
    """Return what `app.py` handed in."""
    return cast(Web, connection.state.web)


def say(request: Request, words: Words) -> str:
    """Return the sentence in the community's language."""
    return web_of(request).renderer.say(words)


async def page(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """Render a page; `errors` and `flash` in the context may hold Words, which are said here."""
    web = web_of(request)
    full: dict[str, object] = {
        "viewer": getattr(request.state, "viewer", None),
        "layout": await web.layout(request),
        "nonce": request.state.nonce,
        "form_token": FormToken(request),
        "path": request.url.path,
        "now": datetime.now(UTC),
        "form": {},
        **context,
    }
    errors = cast(Mapping[str, Words], context.get("errors") or {})
    full["errors"] = {name: web.renderer.say(words) for name, words in errors.items()}
    flash = cast(Flash | None, context.get("flash"))
    full["flash"] = flash and {
        "kind": flash.kind,
        "words": [web.renderer.say(words) for words in flash.words],
        "lines": flash.lines,
    }
    return HTMLResponse(web.renderer.render(template, full), status)


class FormToken:
    """The token of this browser's forms, made only where a template writes it: no form, no cookie."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def __str__(self) -> str:
        """Return the token."""
        return form_token(self._request)


def see(url: str) -> Response:
    """After a POST: 303, so that reloading sends nothing twice."""
    return RedirectResponse(url, SEE_OTHER)


def own_path(candidate: str, otherwise: str = "/") -> str:
    """Return the candidate if it is a path on this site, or `otherwise`: no open redirects."""
    plain = candidate.startswith("/") and not candidate.startswith("//") and candidate.isprintable()
    return candidate if plain and "\\" not in candidate else otherwise


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, after its token was checked.

    Raises ForumError 400 for another content type, text that is not UTF-8 or too many fields,
    413 above the body limit, and FormExpired for a missing or foreign token. What was typed is kept,
    also in the request's state, so that a crash later on can give it back.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM_TYPE:
        raise ForumError
    body = await request.body()
    try:
        async with request.form(max_fields=MOST_FIELDS) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
    except HTTPException:
        raise ForumError from None
    _check_encoding(body, fields)
    request.state.typed, request.state.sent = words_in(fields), fields
    if not hmac.compare_digest(fields.get("form_token", "").encode(), form_token(request).encode()):
        raise FormExpired(kept=words_in(fields))
    return fields


def _check_encoding(body: bytes, fields: Mapping[str, str]) -> None:
    plain = unquote_to_bytes(body)
    try:
        plain.decode()
    except UnicodeDecodeError:
        plain = NUL
    if NUL in plain:  # no sign that anybody types, and PostgreSQL keeps none
        words = N_("Some of that could not be read as text. Go back, check it and send it again.")
        raise ForumError(words, kept=fields.get("text", ""))


def words_in(form: Mapping[str, str]) -> str:
    """Return all that a member typed into a form, to be given back where the form cannot be shown."""
    return "\n\n".join(form[name] for name in TYPED if form.get(name))


def form_token(request: Request) -> str:
    """Return the token that this browser's forms must carry, bound to its session or visit.

    A visitor without either gets a random visit cookie with this response (signed in or not,
    a token made from another cookie does not fit).
    """
    secret = cookie(request, "session") or cookie(request, "visit") or _new_visit(request)
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def _new_visit(request: Request) -> str:
    if not hasattr(request.state, "new_visit"):
        request.state.new_visit = secrets.token_urlsafe(32)
    return cast(str, request.state.new_visit)


def cookie_name(settings: Settings, name: str) -> str:
    """Return the cookie's full name; browsers refuse __Host- without Secure, so loopback goes without."""
    return f"__Host-waypost-{name}" if settings.secure else f"waypost-{name}"


def cookie(connection: HTTPConnection[Any], name: str) -> str:
    """Return the cookie's value, or the empty string."""
    return connection.cookies.get(cookie_name(web_of(connection).settings, name), "")


def set_cookie(request: Request, response: Response, name: str, value: str, days: int | None = None) -> None:
    """Set a cookie that scripts cannot read; an empty value removes it."""
    settings = web_of(request).settings
    response.set_cookie(
        cookie_name(settings, name),
        value,
        max_age=0 if not value else days and days * 86_400,
        httponly=True,
        secure=settings.secure,
        samesite="lax",
        path="/",
    )
