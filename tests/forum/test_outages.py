"""While the database is away, full or busy: a kind page, the words back, one line in the log, no crash."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any

import httpx2
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from structlog.testing import capture_logs

from forum import engines
from forum.errors import Unavailable
from forum.outages import is_outage, reaching
from realtime import frames
from tests.builders import Community, Member, community_at, prepare_database, published, serving
from tests.forum.live.peers import Peer, listening
from tests.journeys.chaos.own_postgres import Postgres, own_postgres
from tests.postgres import Template

NONCE = "7b0f8a9e-57f5-4bd2-9e10-5a3f35d3a1c2"
TYPED = 'Day nine. I slept "badly" & wrote <this>.'
SHOWN = "Day nine. I slept &#34;badly&#34; &amp; wrote &lt;this&gt;."


def is_kind(answer: httpx2.Response) -> bool:
    """Whether it is the page that says to wait a moment."""
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["retry-after"]) > 0
    return "<h1>One moment, please</h1>" in answer.text and "script-src 'nonce-" in str(answer.headers)


@contextmanager
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Collect the kinds of everything that is logged as worse than a note."""
    told = list[str]()
    with capture_logs() as lines, caplog.at_level(logging.WARNING):
        yield told
    assert not [line for line in lines if line["event"] == "crash"], lines
    assert "Day nine" not in f"{lines} {caplog.text}"
    told += [line["error"] for line in lines if line["event"] == "database.away"]


@asynccontextmanager
async def on_postgres() -> AsyncIterator[tuple[Community, Postgres]]:
    """A community on a PostgreSQL that can be killed."""
    with own_postgres() as postgres:
        await prepare_database(postgres.url)
        async with community_at(postgres.url) as community:
            yield community, postgres


async def test_while_postgresql_is_away_pages_are_kind_and_afterwards_they_are_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with on_postgres() as (community, postgres):
        rowan, room = await community.member(), await community.room()
        page, lines = f"/rooms/{room.id}", f"/rooms/{room.id}/messages"
        async with community.browser(rowan) as browser, community.browser() as visitor:
            before = (await browser.get(page)).status_code
            await asyncio.to_thread(postgres.kill)
            with logged(caplog) as kinds:
                asked = [await browser.get(page) for _ in range(3)]
                asked += [await browser.get("/health"), await browser.get("/")]
                sent = await browser.post(lines, text=TYPED, nonce=NONCE)
                entering = await visitor.post("/sign-in", handle="Rowan", password="four quiet herons")
            await asyncio.to_thread(postgres.start)
            after = await browser.get(page)

    assert all(is_kind(answer) for answer in (*asked, sent, entering))
    assert len(kinds) == 7
    assert SHOWN in sent.text
    assert f'action="{lines}"' in sent.text
    assert "herons" not in entering.text
    assert (before, after.status_code) == (200, 200)


async def test_what_could_not_be_sent_is_sent_again_by_the_page_that_said_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with on_postgres() as (community, postgres):
        rowan, room = await community.member(), await community.room()
        fields = {"text": "Day nine. I slept well.", "nonce": NONCE}
        async with community.browser(rowan) as browser:
            await asyncio.to_thread(postgres.kill)
            with logged(caplog):
                sent = await browser.post(f"/rooms/{room.id}/messages", **fields)
            await asyncio.to_thread(postgres.start)
            hidden = {name: f'name="{name}" value="{value}"' for name, value in fields.items()}
            again = await browser.post(f"/rooms/{room.id}/messages", **fields)
            twice = await browser.post(f"/rooms/{room.id}/messages", **fields)
            shown = (await browser.get(f"/rooms/{room.id}")).text

    assert all(one in sent.text for one in hidden.values())
    assert again.status_code == twice.status_code == 303
    assert shown.count("I slept well.") == 1


async def test_while_postgresql_is_away_members_are_asked_to_come_back_and_can(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with on_postgres() as (community, postgres):
        rowan, room = await community.member(), await community.room()
        async with serving(community.services) as host:
            async with listening(host, rowan) as speaking:
                await speaking.join(room.id)
                await asyncio.to_thread(postgres.kill)
                with logged(caplog) as kinds:
                    nonce = await speaking.say(room.id, "Day nine.")
                    cut = [await waiting(speaking), await waiting(await arriving(host, rowan))]
            await asyncio.to_thread(postgres.start)
            async with listening(host, rowan) as back:
                await back.join(room.id, 0)
                again = await back.say(room.id, "Day nine.", nonce=nonce)  # type: ignore[arg-type]
                answer = await back.until("answered")

    assert all(1 <= seconds <= 5 and code == frames.TRY_AGAIN_LATER for seconds, code in cut)
    assert len(kinds) == 2
    assert (again, answer["state"], answer["seq"]) == (nonce, "published", 1)


async def arriving(host: str, member: Member) -> Peer:
    """Connect, whatever the first frame is."""
    from websockets.asyncio.client import connect  # noqa: PLC0415

    headers = {"cookie": f"waypost-session={member.token}"}
    return Peer(await connect(f"ws://{host}/live", additional_headers=headers))


async def waiting(peer: Peer) -> tuple[int, int]:
    """Return in how many seconds to come back, and the code of the close that follows."""
    later = await peer.until("later")
    return later["seconds"], await peer.closing()


async def test_when_every_connection_is_taken_for_too_long_the_page_is_kind_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, prepared_postgresql: Template
) -> None:
    monkeypatch.setattr(engines, "POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.2})
    with prepared_postgresql.copied() as url:
        async with community_at(url) as community:
            rowan = await community.member()
            async with community.browser(rowan) as browser:
                async with community.services.database.engine.connect():
                    with logged(caplog) as kinds:
                        busy = await browser.get("/")
                after = await browser.get("/")

    assert is_kind(busy)
    assert kinds == ["TimeoutError"]
    assert after.status_code == 200


async def test_a_file_that_another_program_writes_to_is_an_outage(
    community: Community, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rowan, room = await community.member(), await community.room()
    path = community.services.database.url.partition("///")[2]
    async with community.browser(rowan) as browser:
        await browser.token()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with patient_for(community, 50), logged(caplog) as kinds:
                sent = await browser.post(f"/rooms/{room.id}/messages", text=TYPED, nonce=NONCE)
                read = await browser.get(f"/rooms/{room.id}")

    assert is_kind(sent)
    assert SHOWN in sent.text
    assert kinds == ["SQLITE_BUSY"]
    assert read.status_code == 200


@contextmanager
def patient_for(community: Community, milliseconds: int) -> Iterator[None]:
    """Let every connection wait so long for others, instead of seconds."""
    with said_first(community, f"PRAGMA busy_timeout={milliseconds}"):
        yield


@contextmanager
def said_first(community: Community, statement: str) -> Iterator[None]:
    """Say something on each connection before it begins."""

    def say(connection: Any) -> None:
        connection.exec_driver_sql(statement)

    engine = community.services.database.engine.sync_engine
    event.listen(engine, "begin", say, insert=True)
    try:
        yield
    finally:
        event.remove(engine, "begin", say)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("PRAGMA max_page_count=1", "SQLITE_FULL"), ("PRAGMA query_only=ON", "SQLITE_READONLY")],
)
async def test_a_full_disk_and_a_file_that_may_only_be_read_are_outages(
    community: Community, caplog: pytest.LogCaptureFixture, statement: str, kind: str
) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan)).place_id
    long = TYPED + " And so it went on." * 400
    async with community.browser(rowan) as browser:
        await browser.token()
        with said_first(community, statement), logged(caplog) as kinds:
            sent = await browser.post(f"/threads/{thread}/replies", text=long, nonce=NONCE)

    assert is_kind(sent)
    assert SHOWN in sent.text
    assert kinds == [kind]


async def test_what_is_wrong_with_a_statement_is_no_outage(community: Community) -> None:
    with pytest.raises(DBAPIError) as caught, reaching():
        async with community.services.database.reading() as session:
            await session.exec(text("SELECT nothing FROM nowhere"))  # type: ignore[call-overload]

    assert not is_outage(caught.value)
    assert not is_outage(SQLAlchemyError())
    assert not is_outage(OSError())


@pytest.mark.parametrize(
    ("function", "outage"),
    [
        ("pg_terminate_backend(pg_backend_pid())", True),
        ("pg_cancel_backend(pg_backend_pid())", True),
        ("1 / 0", False),
        ("nothing", False),
    ],
)
async def test_postgresql_tells_which_is_which(
    prepared_postgresql: Template, function: str, outage: bool
) -> None:
    with prepared_postgresql.copied() as url:
        async with community_at(url) as community:
            with pytest.raises(Unavailable if outage else DBAPIError), capture_logs(), reaching():
                async with community.services.database.reading() as session:
                    await session.exec(text(f"SELECT {function}"))  # type: ignore[call-overload]
