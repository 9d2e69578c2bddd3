"""While the database cannot be reached, or cannot write: who asks is told so, and keeps what they typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from forum.errors import ForumError, Unavailable
from forum.group_commit import GivenUp
from forum.web import read_form

PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOMEM,
    }
)
"""What is no fault of a statement's: https://www.sqlite.org/rescode.html; the low byte names the kind."""
CLASSES = frozenset({"08", "40", "53", "57", "58"})
"""Connections, rollbacks by the server, resources, the operator, the system:
https://www.postgresql.org/docs/current/errcodes-appendix.html."""
STATES = frozenset({"25006", "25P03", "55P03"})
"""A standby that only reads, a transaction that stood still for too long, a lock that did not come."""

log = structlog.get_logger()


def is_outage(error: BaseException) -> bool:
    """Return whether the database was away, full, read-only or too busy: the same may go well later."""
    if isinstance(error, NoConnectionLeft | GivenUp):
        return True
    if not isinstance(error, DBAPIError):
        return False
    told = error.orig
    if isinstance(told, sqlite3.Error):
        return getattr(told, "sqlite_errorcode", 0) & 0xFF in PASSING
    state: str | None = getattr(told, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return state[:2] in CLASSES or state in STATES


@contextmanager
def reaching() -> Iterator[None]:
    """Turn what says that the database is away into Unavailable; the log gets its kind, and no words."""
    try:
        yield
    except SQLAlchemyError as error:
        if not is_outage(error):
            raise
        told = getattr(error, "orig", None) or error
        log.warning("database.away", error=getattr(told, "sqlite_errorname", type(told).__name__))
        raise Unavailable from None


class Outages:
    """Has Unavailable raised, with what was typed, where something within did not reach the database."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise Unavailable instead of what the database raised; its `kept` is what the form held."""
        begun = False

        async def noting() -> Message:
            nonlocal begun
            begun = True
            return await receive()

        try:
            with reaching():
                await self._app(scope, noting, send)
        except Unavailable as error:
            request = Request(scope, receive)
            if not begun and request.method == "POST":
                # Nobody came to read the form: who is asking could not be found out.
                with suppress(ForumError, ClientDisconnect):
                    await read_form(request)
            error.kept = getattr(request.state, "typed", "")
            raise
