"""What every request passes: its log line, its headers, where it may come from, how large it may be."""

import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from forum.errors import Forbidden, ForumError, TooLarge
from forum.settings import LOOPBACK, Settings
from forum.web import set_cookie

BODY_BYTES = 128 * 1024
"""The largest form: 10,000 characters of four bytes each fit, when each byte takes three as %F0."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
YEAR_SECONDS = 31_536_000

log = structlog.get_logger()


class RequestLog:
    """One line a request: method, route, status, milliseconds. Never an address, a handle or a text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Time the request; the route's pattern is logged, not the path."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", None) or _endpoint(scope)
            took = round((time.perf_counter() - started) * 1000, 1)
            log.info("request", method=scope["method"], route=route, status=status, ms=took)


def _endpoint(scope: Scope) -> str:
    return getattr(scope.get("endpoint"), "__qualname__", "unknown")


class Headed:
    """Sets the headers that keep pages private and scripts ours, and a visit cookie where one was needed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request its nonce and the response its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["nonce"] = secrets.token_urlsafe(16)

        async def heading(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers(state["nonce"]).items():
                    headers.setdefault(name, value)
                if "new_visit" in state:
                    carrier = Response()
                    set_cookie(Request(scope), carrier, "visit", state["new_visit"])
                    headers.append("set-cookie", carrier.headers["set-cookie"])
                message["headers"] = headers.raw
            await send(message)

        await self._app(scope, receive, heading)

    def _headers(self, nonce: str) -> Mapping[str, str]:
        origin = urlsplit(self._settings.origin)
        socket = f"{'wss' if origin.scheme == 'https' else 'ws'}://{origin.netloc}"
        headers = {
            "content-security-policy": (
                f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
                f"connect-src 'self' {socket}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "x-robots-tag": "noindex, nofollow",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "cache-control": "no-store",
        }
        if origin.scheme == "https":
            headers["strict-transport-security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"
        return headers


class SameSite:
    """Refuses what another site makes a member's browser send.

    Sec-Fetch-Site decides where a browser sends it; otherwise Origin. Under `Referrer-Policy: no-referrer` a
    form's Origin is "null" (Fetch standard, "append a request Origin header"): then its token decides alone.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise Forbidden for a cross-site write; websockets check their origin in `forum.live`."""
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._own(Headers(scope=scope)):
            raise Forbidden
        await self._app(scope, receive, send)

    def _own(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin", "null")
        return origin == "null" or is_own_origin(self._settings, origin, headers.get("host", ""))


def is_own_origin(settings: Settings, origin: str, host: str) -> bool:
    """Return whether a browser's Origin is this site: as set, or the loopback name it was asked under."""
    if origin == settings.origin:
        return True
    ours, theirs = urlsplit(settings.origin), urlsplit(origin)
    local = ours.hostname in LOOPBACK and theirs.hostname in LOOPBACK
    return local and theirs.netloc == host and theirs.scheme == ours.scheme


def allowed_hosts(settings: Settings) -> list[str]:
    """Return the host names that requests may ask for: against DNS rebinding."""
    host = urlsplit(settings.origin).hostname or ""
    hosts = LOOPBACK if host in LOOPBACK else {host}
    return [f"[{name}]" if ":" in name else name for name in sorted(hosts)]


class Legible:
    """Refuses an address with a NUL in it: none of ours has one, and PostgreSQL would not look for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise ForumError 400 for it."""
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            raise ForumError
        await self._app(scope, receive, send)


class BodyLimit:
    """Reads no more of a body than a form of ours can hold: TooLarge, while it is being read."""

    def __init__(self, app: ASGIApp, limit: int = BODY_BYTES) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes as they come, whatever Content-Length says."""
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise TooLarge
            return message

        await self._app(scope, counting if scope["type"] == "http" else receive, send)
