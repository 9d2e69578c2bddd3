"""The places that somebody listens to in this process: one feed each, and a look at the database for all."""

import asyncio
from collections import deque
from itertools import islice
from typing import NoReturn
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from forum.broadcasts import place_topic
from forum.live.feed import Feed
from forum.services import Services
from forum.spaces.tables import Place
from realtime.backplane import CATCH_UP, Subscription
from realtime.envelope import Deliver, Envelope
from realtime.listeners import Listener, Listeners

LOOK_SECONDS = 1.5
"""How often the places that are listened to are compared with the database, so that nobody is later than 2 s.
Hints may be lost at any time: Redis is away, say, or a process is killed between a commit and its hint."""
AT_ONCE = 1000
"""Places that one query names: drivers bound the number of its parameters."""
KEPT_MOST = 1000
"""Of more that is heard meanwhile the oldest is let go: whoever finds a gap fetches it."""

log = structlog.get_logger()


class Following:
    """One connection's part in a feed."""

    def __init__(self, feeds: "Feeds", place_id: UUID, listener: Listener) -> None:
        self._feeds = feeds
        self._place_id = place_id
        self._listener = listener
        self._kept: deque[Envelope] | None = None

    def keep(self) -> None:
        """Hand nothing on yet: it is not known whether it may be heard."""
        kept = self._kept = deque[Envelope](maxlen=KEPT_MOST)
        self._deliver, self._listener.deliver = self._listener.deliver, kept.append

    def go_on(self) -> None:
        """Hand on what was kept, in its order, and from now on all at once; more than once is no matter."""
        if self._kept is None:
            return
        kept, self._kept, self._listener.deliver = self._kept, None, self._deliver
        for envelope in kept:
            self._deliver(envelope)

    async def end(self) -> None:
        """Stop listening; more than once is no matter."""
        await self._listener.end()
        await self._feeds.tidy(self._place_id)


class Feeds:
    """Opens a feed for the first who listens to a place, and closes it after the last."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._listeners = Listeners()
        self._open: dict[UUID, tuple[Feed, Subscription]] = {}
        self._turn = asyncio.Lock()
        self._looking: asyncio.Task[NoReturn] | None = None
        self._look_now = asyncio.Event()
        self._healing: Subscription | None = None

    def is_open(self, place_id: UUID) -> bool:
        """Return whether somebody listens to the place already."""
        return place_id in self._open

    async def follow(self, place_id: UUID, deliver: Deliver, *, kept: bool = False) -> Following:
        """Listen to a place from the moment this returns, or (`kept`) keep what is heard until `go_on`.

        Raises NotFound where there is no such place, and what the database raises.
        """
        listener = Listener(self._listeners, place_topic(place_id), deliver)
        following = Following(self, place_id, listener)
        if kept:
            following.keep()
        async with self._turn:
            if place_id not in self._open:
                await self._begin(place_id)
            self._listeners.add(listener)
        return following

    async def tidy(self, place_id: UUID) -> None:
        """Close a place's feed if nobody listens to it any more."""
        async with self._turn:
            if place_topic(place_id) in self._listeners.topics or place_id not in self._open:
                return
            feed, subscription = self._open.pop(place_id)
            await subscription.end()
            await feed.end()
            if not self._open:
                await self._rest()

    async def _begin(self, place_id: UUID) -> None:
        feed = Feed(self._services, place_id, self._listeners.deliver)
        subscription = await self._services.backplane.subscribe(place_topic(place_id), feed.hear)
        try:
            # Only now: what is committed from here on is heard, so nothing falls between the two.
            await feed.begin()
        except BaseException:
            await subscription.end()
            await feed.end()
            raise
        self._open[place_id] = feed, subscription
        if self._looking is None:
            self._looking = asyncio.create_task(self._keep_looking())
            self._healing = await self._services.backplane.subscribe(CATCH_UP, self._hurry)

    async def _rest(self) -> None:
        """Nobody listens: look no more."""
        if self._healing is not None:
            await self._healing.end()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        self._looking = self._healing = None

    def _hurry(self, _envelope: Envelope) -> None:
        self._look_now.set()

    async def _keep_looking(self) -> NoReturn:
        while True:
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._look_now.wait()
            except TimeoutError:
                pass
            self._look_now.clear()
            try:
                await self._look()
            except (OSError, SQLAlchemyError) as error:
                log.warning("feeds.not-looked", error=type(error).__name__)

    async def _look(self) -> None:
        """Tell each feed how far its place has come: one query for up to AT_ONCE of them."""
        ids = iter(tuple(self._open))
        while some := list(islice(ids, AT_ONCE)):
            async with self._services.database.reading() as session:
                query = select(Place.id, Place.last_seq).where(col(Place.id).in_(some))
                reached = (await session.exec(query)).all()
            for place_id, seq in reached:
                if place_id in self._open:
                    self._open[place_id][0].reached(seq)
