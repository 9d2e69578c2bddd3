"""A process that is told to stop: it finishes, says when to come back, and is gone within ten seconds."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import col, select

from forum.app import create_app
from forum.messages.tables import Message
from forum.reactions import react
from forum.services import open_services
from tests.builders import Clock, Community, Member, cheap_passwords, prepare_database, settings
from tests.forum.live.peers import hello
from tests.forum.talk import say_many
from tests.journeys.site import Site
from tests.realtime.crowd import Reader, masked, readers, stallers

MEMBERS, EACH = 5, 40
LINES = 60
FETCHES = 19
"""Each is answered by some 90 KB; more frames at once than these are refused."""
LONG = "A long and calm evening, with many words in it. " * 30
MOST_SECONDS = 10.0


@asynccontextmanager
async def community_in(database: Path) -> AsyncIterator[Community]:
    """Open a community on a database file that a site may be serving."""
    services = open_services(
        settings(database_url=f"sqlite+aiosqlite:///{database}"), react, cheap_passwords()
    )
    clock = Clock()
    clock.now = datetime.now(UTC)
    try:
        yield Community(services, clock, create_app(services))
    finally:
        await services.aclose()


async def stalled(port: int, member: Member, room_id: UUID) -> socket.socket:
    """Ask for more than fits into the buffers, and read nothing of it."""
    one = (await stallers(port, 1, hello(member, port)))[0]
    await asyncio.sleep(0.5)
    for _ in range(FETCHES):
        frame = masked({"type": "fetch", "place": str(room_id), "since": 0})
        await asyncio.get_running_loop().sock_sendall(one, frame)
    return one


async def joined(one: Reader, room_id: UUID) -> None:
    """Enter the room, and wait until that is so."""
    one.send({"type": "join", "place": str(room_id), "since": None})
    while (await one.answers.get())["type"] != "joined":
        pass


async def test_two_hundred_sockets_and_one_that_stalls_are_sent_elsewhere_in_time(tmp_path: Path) -> None:
    database, nonce = tmp_path / "site.db", uuid4()
    await prepare_database(f"sqlite+aiosqlite:///{database}")
    async with community_in(database) as community:
        members = [await community.member(f"Rowan{number}", days=2) for number in range(MEMBERS)]
        room = await community.room()
        await say_many(community, members[0], room.id, LINES, LONG)
        site = Site(database)
        site.environment["SCORER_URL"] = "lexicon:"
        await asyncio.to_thread(site.start)
        peers = [
            peer for member in members for peer in await readers(site.port, EACH, hello(member, site.port))
        ]
        await asyncio.gather(*(joined(peer, room.id) for peer in peers))
        silent = await stalled(site.port, members[1], room.id)
        peers[0].send({"type": "say", "place": str(room.id), "nonce": str(nonce), "text": "One last thing."})
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await asyncio.to_thread(site.stop, signal.SIGTERM)
        took = time.monotonic() - began
        silent.close()
        await asyncio.gather(*(peer.gone.wait() for peer in peers))
        async with community.services.database.reading() as session:
            said = (await session.exec(select(Message).where(col(Message.nonce) == nonce))).all()
    told = [[peer.answers.get_nowait() for _ in range(peer.answers.qsize())] for peer in peers]
    later = [frame["seconds"] for frames in told for frame in frames if frame["type"] == "later"]

    assert took < MOST_SECONDS
    assert {peer.closed for peer in peers} == {1012}
    assert len(later) == len(peers)
    assert len(set(later)) > 5
    assert [frame["state"] for frame in told[0] if frame["type"] == "answered"] == ["published"]
    assert len(said) == 1
