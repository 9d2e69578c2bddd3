"""Sessions: who is asking, and where else they are signed in."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select, update
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from forum.accounts.credentials import hashed_token
from forum.accounts.roles import Role
from forum.accounts.tables import Account, Session
from forum.database import Transaction
from forum.errors import Forbidden, NotSignedIn
from forum.facts import SessionsEnded
from forum.services import Services, services_of
from forum.web import cookie

SEEN_EVERY = timedelta(minutes=10)
"""How fresh "last seen" is kept: rarely enough that reading does not become writing."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The member who is asking, as far as pages need to know."""

    id: UUID
    handle: str
    role: Role
    time_zone: str
    session_id: UUID
    show_presence: bool = False
    guidelines: str = ""
    """The version of the guidelines that they agreed to."""

    @property
    def can_moderate(self) -> bool:
        """May decide on held and reported messages."""
        return self.role.can_moderate

    @property
    def can_manage(self) -> bool:
        """May open spaces and rooms."""
        return self.role.can_manage


def zone_of(viewer: Viewer | None) -> str:
    """Return the reader's time zone; for a visitor, UTC."""
    return viewer.time_zone if viewer else "UTC"


class Recognition:
    """Puts the viewer, or None, into the request's state; static files are not asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the session up once a request."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            request = Request(scope)
            request.state.viewer = await recognise(request)
        await self._app(scope, receive, send)


async def recognise(connection: HTTPConnection[Any]) -> Viewer | None:
    """Return who the session cookie stands for, or None; one query."""
    token = cookie(connection, "session")
    return await find_viewer(services_of(connection), token) if token else None


SIGNED_IN = (
    select(Session, Account)
    .join(Account, col(Account.id) == col(Session.account_id))
    .where(col(Session.token_hash) == bindparam("token"), col(Session.ended_at).is_(None))
)


async def find_viewer(services: Services, token: str) -> Viewer | None:
    """Return who a session's token stands for, or None when it ended or nobody came back to it in time."""
    now = services.clock()
    async with services.database.glancing() as session:
        found = (await session.exec(SIGNED_IN, params={"token": hashed_token(token)})).first()
    if found is None or found[0].last_seen_at < now - timedelta(days=services.settings.session_days):
        return None
    if found[0].last_seen_at < now - SEEN_EVERY:
        await _mark_seen(services, found[0].id, now)
    return viewer_of(found[1], found[0].id)


async def _mark_seen(services: Services, session_id: UUID, now: datetime) -> None:
    async with services.database.transaction() as tx:
        await tx.session.exec(update(Session).where(col(Session.id) == session_id).values(last_seen_at=now))


def viewer_of(account: Account, session_id: UUID) -> Viewer:
    """Return the account as the asking member."""
    return Viewer(
        account.id,
        account.handle,
        Role(account.role),
        account.time_zone,
        session_id,
        account.show_presence,
        account.guidelines_version,
    )


def viewer_or_none(request: Request) -> Viewer | None:
    """Return who is asking, if anybody is signed in."""
    return cast(Viewer | None, request.state.viewer)


def signed_in(request: Request, kept: str = "") -> Viewer:
    """Return who is asking; NotSignedIn otherwise, with what they had typed."""
    viewer = viewer_or_none(request)
    if viewer is None:
        raise NotSignedIn(kept=kept)
    return viewer


async def open_session(tx: Transaction, account_id: UUID, label: str, now: datetime) -> tuple[Session, str]:
    """Write a new session and return it with its token, which is nowhere kept."""
    token = secrets.token_urlsafe(32)
    row = Session(
        account_id=account_id, token_hash=hashed_token(token), label=label, created_at=now, last_seen_at=now
    )
    tx.session.add(row)
    await tx.session.flush()
    return row, token


async def end_session(services: Services, viewer: Viewer, session_id: UUID) -> None:
    """End one of the viewer's own sessions; Forbidden for anybody else's."""
    now = services.clock()
    async with services.database.transaction() as tx:
        row = await tx.session.get(Session, session_id)
        if row is None or row.account_id != viewer.id:
            raise Forbidden
        row.ended_at = row.ended_at or now
        tx.record(SessionsEnded(viewer.id, ended=session_id))


async def end_sessions(tx: Transaction, account_id: UUID, now: datetime, kept: UUID | None = None) -> None:
    """End all sessions of an account but the one that is kept."""
    own = (col(Session.account_id) == account_id, col(Session.ended_at).is_(None))
    others = own if kept is None else (*own, col(Session.id) != kept)
    await tx.session.exec(update(Session).where(*others).values(ended_at=now))
    tx.record(SessionsEnded(account_id, kept=kept))


async def open_sessions(services: Services, account_id: UUID) -> Sequence[Session]:
    """Return where a member is signed in, the latest first."""
    oldest = services.clock() - timedelta(days=services.settings.session_days)
    still = (col(Session.ended_at).is_(None), col(Session.last_seen_at) >= oldest)
    async with services.database.reading() as session:
        query = (
            select(Session)
            .where(Session.account_id == account_id, *still)
            .order_by(col(Session.last_seen_at).desc())
        )
        return (await session.exec(query)).all()


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """Return a coarse name such as "Firefox on Android": enough to tell one's own devices apart, no more."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Browser")
    system = next((name for mark, name in SYSTEMS if re.search(mark, user_agent)), None)
    return f"{browser} on {system}" if system else browser
