"""An evening of chaos: fifty members talk in five rooms, and afterwards everything is compared."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlmodel import col, select

from forum.messages.tables import Message
from forum.spaces.tables import Place
from tests.builders import Community, community_at, prepare_database
from tests.journeys.chaos.member import Member
from tests.journeys.chaos.mischief import Mischief
from tests.journeys.chaos.own_postgres import own_postgres
from tests.journeys.chaos.proxy import Proxy, proxying
from tests.journeys.chaos.record import Log, Stored, Truth
from tests.journeys.web import Web
from tests.servers import running_valkey

ROOMS, MEMBERS = 5, 50
SETTLE_SECONDS = 90.0
"""How long it may take, once all is well again, until everybody has read everything."""


@dataclass(frozen=True, slots=True)
class Evening:
    """What came of it."""

    logs: Sequence[Log]
    truth: Truth
    harm: dict[str, int]
    exits: Sequence[float]
    settled: float
    """Seconds from the last harm to the last line that was read."""
    statuses: Sequence[int]
    said: str
    """What the processes logged."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A site of two web processes, each behind a proxy that can harm its connections."""

    mischief: Mischief
    url: str

    @property
    def proxies(self) -> Sequence[Proxy]:
        """Where members connect."""
        return self.mischief.proxies

    def community(self) -> AbstractAsyncContextManager[Community]:
        """Open the site in this process too: what is said here is heard there."""
        return community_at(self.url, backplane_url=self.mischief.valkey.url)


@asynccontextmanager
async def staged(folder: Path, dice: random.Random) -> AsyncIterator[Stage]:
    """Start PostgreSQL, Valkey, two web processes and their proxies."""
    async with AsyncExitStack() as stack:
        postgres = stack.enter_context(own_postgres())
        valkey = stack.enter_context(running_valkey())
        await prepare_database(postgres.url)
        environment = {
            **os.environ,
            "DATABASE_URL": postgres.url,
            "BACKPLANE_URL": valkey.url,
            "SCORER_URL": "lexicon:",
            "WAYPOST_DEMO": "0",
        }
        webs = [Web(environment, folder / f"web-{number}.log") for number in range(2)]
        for web in webs:
            stack.callback(web.stop)
            web.launch()
        for web in webs:
            await asyncio.to_thread(web.wait)
        proxies = [await stack.enter_async_context(proxying(web.port)) for web in webs]
        yield Stage(Mischief(webs, proxies, valkey, postgres, dice), postgres.url)


async def spend(folder: Path, seconds: float, seed: int) -> Evening:
    """Let members talk while there is mischief for so many seconds, then let everything settle."""
    dice = random.Random(seed)  # noqa: S311 - the same evening each time
    async with staged(folder, dice) as stage:
        async with stage.community() as community:
            members = await arrived(community, stage, dice)
        talking = [asyncio.create_task(member.talk()) for member in members]
        await stage.mischief.reign(seconds)
        settled = await _settle(stage, members)
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        return Evening(
            [member.log for member in members],
            await truth_at(stage.url),
            stage.mischief.done,
            stage.mischief.exits,
            settled,
            [status for member in members for status in member.statuses],
            "".join(web.log.read_text() for web in stage.mischief.webs),
        )


async def arrived(community: Community, stage: Stage, dice: random.Random) -> list[Member]:
    """Sign everybody up, ten to a room; each connects to either process, as it comes."""
    community.clock.now = datetime.now(UTC)
    rooms = [await community.room(name=f"Room {number}") for number in range(ROOMS)]
    members = []
    for number in range(MEMBERS):
        one = await community.member(f"Member{number}")
        own = random.Random(dice.random())  # noqa: S311
        log = Log(one.id, rooms[number % ROOMS].id)
        members.append(Member(one.token, log, partial(either, own, stage.proxies), own))
    return members


def either(dice: random.Random, proxies: Sequence[Proxy]) -> int:
    """Return the port of one of the proxies."""
    return dice.choice(proxies).port


async def _settle(stage: Stage, members: Sequence[Member]) -> float:
    """Wait until everybody was answered and has read everything, and return how long that took."""
    for member in members:
        member.quiet = True
    started = time.monotonic()
    while time.monotonic() - started < SETTLE_SECONDS:
        await asyncio.sleep(0.25)
        if any(member.waiting for member in members):
            continue
        last = (await truth_at(stage.url, words=False)).last_seq
        if all(member.log.upto == last[member.log.room] for member in members):
            break
    return time.monotonic() - started


async def truth_at(url: str, *, words: bool = True) -> Truth:
    """Read what the database has of all rooms; or only how far each has counted."""
    async with community_at(url) as community, community.services.database.reading() as session:
        rooms = select(Place.id).where(Place.kind == "room")
        said = select(Message).where(col(Message.place_id).in_(rooms))
        rows = (await session.exec(said)).all() if words else []
        places = (await session.exec(select(Place.id, Place.last_seq).where(Place.kind == "room"))).all()
    stored = [Stored(row.author_id, row.nonce, row.place_id, row.id, row.state, row.seq) for row in rows]
    return Truth(stored, dict(places))
