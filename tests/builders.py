"""Builds what tests need: a community on a real database, members in it, browsers and servers for it."""

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import httpx2
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from sqlmodel import col, select
from starlette.applications import Starlette

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.app import create_app
from forum.audit.tables import AuditEntry
from forum.broadcasts import Broadcasts
from forum.database import Database
from forum.language import Language
from forum.mail.opening import open_mailer
from forum.messages.publishing import submit
from forum.messages.submission import (
    Answer,
    Asked,
    Choice,
    Held,
    Opening,
    Published,
    Refused,
    Reply,
    Submission,
)
from forum.messages.tables import Message
from forum.migrations.running import migrate
from forum.passwords import Passwords
from forum.reactions import react
from forum.rendering import Renderer
from forum.services import Services, open_services, read_policy
from forum.serving import server
from forum.settings import Settings
from forum.spaces.opening import NewRoom, NewSpace, Pace, open_room, open_space
from forum.spaces.tables import Audience, Guest, Place, PlaceKind, Space
from realtime.backplane import open_backplane
from tests.newcomers import CHEAP, newcomer, settle
from tests.postgres import Template
from tests.remembering import Remembering, read_once

PASSWORD = "four quiet herons wading"
HARMLESS = "Good morning. I slept well and went for a walk."
HOLDS = "You are worthless."
"""A text that the lexicon holds."""
EMAIL = "rowan@heather.example"
GIVES_AWAY = f"I am up late. Write to {EMAIL} if you like."
"""A text with something of the author's own, which they are asked about."""
GIVES_AWAY_MASKED = "I am up late. Write to [e-mail address] if you like."
STIGMA = "The junkies by the station were kind to me."
"""A text for which kinder words are suggested."""
IN_DANGER = "I have swallowed all my tablets and I am getting sleepy."
"""A text by somebody who may be in danger."""
CLAIMS = "You should stop taking your methadone."
"""A text with health advice that can harm, of the class stop-medicine."""


class Clock:
    """A moment that tests move by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def forward(self, **by: float) -> None:
        """Move on, by `timedelta`'s arguments."""
        self.now += timedelta(**by)


def cheap_passwords() -> Passwords:
    """Return what hashes passwords as cheaply as can be."""
    return Passwords(CHEAP)


def settings(**values: Any) -> Settings:
    """Return settings that nothing outside touches; unless told otherwise, the lexicon scores."""
    values = {"scorer_url": "lexicon:"} | values
    names = {name: one.validation_alias for name, one in Settings.model_fields.items()}
    return Settings.model_validate({str(names[name]): value for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a test's community; `token` is what their browser's session cookie holds."""

    viewer: Viewer
    token: str

    @property
    def id(self) -> UUID:
        """The account's id."""
        return self.viewer.id


@dataclass
class Community:
    """A site of its own, on a fresh database, with the clock in the test's hand."""

    services: Services
    clock: Clock
    app: Starlette
    _spaces: int = field(default=0)

    async def member(self, handle: str = "Rowan", role: Role = Role.MEMBER, *, days: int = 30) -> Member:
        """Return somebody who signed up so many days ago."""
        now = self.clock()
        account = newcomer(handle, role, PASSWORD, now - timedelta(days=days))
        async with self.services.database.transaction() as tx:
            viewer, token = await settle(tx, account, now)
        return Member(viewer, token)

    async def space(self, audience: Audience = Audience.MEMBERS, slug: str = "") -> Space:
        """Open a space."""
        self._spaces += 1
        slug = slug or f"space-{self._spaces}"
        return await open_space(self.services, NewSpace(f"Space {slug}", slug, "", audience))

    async def room(
        self, pace: Pace | None = None, space: Space | None = None, name: str = "Evening"
    ) -> Place:
        """Open a room."""
        where = space or await self.space()
        return await open_room(self.services, NewRoom(where.id, name, "", pace or Pace()))

    async def meeting(self, *guests: Member, host: Member | None = None) -> Place:
        """Make the room of one gathering, for these guests and perhaps a host."""
        space, now = await self.space(), self.clock()
        place = Place(
            kind=PlaceKind.MEETING, space_id=space.id, name="Sunday tea", last_at=now, created_at=now
        )
        rows = [Guest(place_id=place.id, account_id=one.id) for one in guests]
        rows += [Guest(place_id=place.id, account_id=host.id, host=True)] if host else []
        async with self.services.database.transaction() as tx:
            tx.session.add(place)
            await tx.session.flush()
            tx.session.add_all(rows)
        return place

    async def thread(
        self, author: Member, text: str = HARMLESS, title: str = "A title", space: Space | None = None
    ) -> Answer:
        """Open a thread; the answer is what `submit` said."""
        where = space or await self.space()
        return await submit(self.services, Submission(Opening(where.id, title), author.id, text))

    async def say(
        self, author: Member, place_id: UUID, text: str = HARMLESS, parent: UUID | None = None
    ) -> Answer:
        """Say something in a thread or a room."""
        return await submit(self.services, Submission(Reply(place_id, parent), author.id, text))

    async def choose(self, author: Member, place_id: UUID, text: str, choice: Choice) -> Answer:
        """Say something with the choice of somebody who was asked about it."""
        submission = Submission(Reply(place_id), author.id, text, choice=choice)
        return await submit(self.services, submission)

    async def message(self, message_id: UUID) -> Message:
        """Return the row as it is now."""
        async with self.services.database.reading() as session:
            return await session.get_one(Message, message_id)

    def browser(self, member: Member | None = None) -> "Browser":
        """Return a browser without scripts, signed in as the member if one is given."""
        return Browser(self.app, member)


async def acts(community: Community) -> list[AuditEntry]:
    """Return the audit log, from its first entry."""
    async with community.services.database.reading() as session:
        return list((await session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)))).all())


def published(answer: Answer) -> Published:
    """Return the answer, which must be Published."""
    assert isinstance(answer, Published), answer
    return answer


def held(answer: Answer) -> Held:
    """Return the answer, which must be Held."""
    assert isinstance(answer, Held), answer
    return answer


def asked(answer: Answer) -> Asked:
    """Return the answer, which must be Asked."""
    assert isinstance(answer, Asked), answer
    return answer


def refused(answer: Answer) -> Refused:
    """Return the answer, which must be Refused."""
    assert isinstance(answer, Refused), answer
    return answer


class Browser:
    """Sends what a browser without scripts sends; forms carry the token of their cookie."""

    def __init__(self, app: Starlette, member: Member | None) -> None:
        self.client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app, client=("192.0.2.7", 4242)),
            base_url="http://127.0.0.1:8000",
            cookies={"waypost-session": member.token} if member else None,
            headers={"user-agent": "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"},
        )

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.client.__aexit__(*error)

    async def get(self, url: str, **how: Any) -> httpx2.Response:
        """Open an address; redirects are not followed."""
        return await self.client.get(url, **how)

    async def post(self, url: str, /, **fields: str) -> httpx2.Response:
        """Send a form; redirects are not followed."""
        return await self.client.post(url, data={"form_token": await self.token(), **fields})

    async def token(self) -> str:
        """Return the token that this browser's forms carry."""
        if not self._secret():
            await self.client.get("/sign-in")
        return hashlib.sha256(f"form:{self._secret()}".encode()).hexdigest()

    def _secret(self) -> str:
        cookies = self.client.cookies
        return cookies.get("waypost-session") or cookies.get("waypost-visit") or ""


Prepared = Path | Template
"""A migrated database to be copied: a file of SQLite's, or one on a server."""
migrated: dict[str, Engine] = {}
"""The first engine of each kind, by which SQLAlchemy knows its dialect and keeps what it compiled."""
STATEMENTS = 10_000
"""More than there are in the house: the usual 500 would be compiled over and over."""


async def prepare_database(url: str) -> None:
    """Migrate an empty database, to be copied by every test."""
    services = open_services(settings(database_url=url), react, cheap_passwords())
    await migrate(services.database.engine)
    first = migrated.setdefault(services.database.engine.dialect.name, services.database.engine.sync_engine)
    first._compiled_cache = LRUCache(STATEMENTS)
    await services.aclose()


@contextmanager
def copied(prepared: Prepared, folder: Path) -> Iterator[str]:
    """Copy a database; the value is the URL of the copy."""
    if isinstance(prepared, Template):
        with prepared.copied() as url:
            yield url
    else:
        yield f"sqlite+aiosqlite:///{shutil.copy(prepared, folder / f'{uuid4()}.db')}"


def like(prepared: Prepared, url: str) -> Prepared:
    """Return the database at a URL as one to be copied, which is of the same kind as another one."""
    return replace(prepared, url=url) if isinstance(prepared, Template) else Path(url.partition("///")[2])


@cache
def shared_renderer(language: str, time_zone: str) -> Renderer:
    """Return one renderer for every test: compiling the templates takes longer than most of them."""
    return Renderer(Language.load(language), time_zone)


def share_statements(database: Database) -> None:
    """Let an engine use what was compiled for the one that migrated: by itself, each compiles all anew."""
    for opened in (database.engine, database._reader, database._glancer):
        engine = opened.sync_engine
        if first := migrated.get(engine.dialect.name):
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


def services_of(chosen: Settings, clock: Clock) -> Services:
    """Return what `open_services` would open, where that is the lexicon without reading it again."""
    renderer = shared_renderer(chosen.language, chosen.time_zone)
    if chosen.scorer_url != "lexicon:":
        return replace(open_services(chosen, react, cheap_passwords()), clock=clock, renderer=renderer)
    backplane = open_backplane(chosen.backplane_url)
    pipeline = Remembering(chosen)
    database = Database(chosen.database_url, react, Broadcasts(backplane, renderer).announce)
    share_statements(database)
    return Services(
        settings=chosen,
        database=database,
        backplane=backplane,
        scorer=read_once()[0],
        pipeline=pipeline,
        policy=read_policy(chosen),
        renderer=renderer,
        passwords=cheap_passwords(),
        mailer=open_mailer(chosen.mail_url, chosen.mail_from),
        clock=clock,
    )


@asynccontextmanager
async def opened_community(prepared: Prepared, folder: Path, **values: Any) -> AsyncIterator[Community]:
    """Open a community on a copy of the prepared database."""
    with copied(prepared, folder) as url:
        async with community_at(url, **values) as community:
            yield community


@asynccontextmanager
async def community_at(url: str, **values: Any) -> AsyncIterator[Community]:
    """Open a community on a migrated database itself."""
    clock = Clock()
    services = services_of(settings(database_url=url, **values), clock)
    try:
        yield Community(services, clock, create_app(services))
    finally:
        await services.aclose()


@asynccontextmanager
async def serving(services: Services, port: int = 0) -> AsyncIterator[str]:
    """Serve on this port of this machine, by default a free one; the value is its host and port."""
    on_port = replace(services, settings=services.settings.model_copy(update={"port": port}))
    web = server(on_port)
    task = asyncio.create_task(web.serve())
    while not web.started:
        await asyncio.sleep(0.01)
        if task.done():
            task.result()
    host, port = web.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"{host}:{port}"
    finally:
        web.should_exit = True
        await task
