"""One place as this process hears it: every change once and in order, whatever became of the hints."""

import asyncio
import re
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from forum.broadcasts import place_topic
from forum.errors import NotFound
from forum.live.telling import page_of
from forum.messages.reading import missed_since
from forum.services import Services
from forum.spaces.tables import Place
from realtime import frames
from realtime.envelope import Deliver, Envelope

GAP_SECONDS = 0.05
"""A hint that overtook another waits so long for it; then the database is asked, once for everybody here."""
AHEAD_MOST = 1000
"""More hints than these are not kept while a gap is open: the database has them all."""
SEQ = re.compile(r'\{"type":"message","place":"[0-9a-f-]{36}","seq":(\d+),')
"""How `frames.message` begins; the words of a message come long after it."""

log = structlog.get_logger()


class Feed:
    """Hands on what is told of one place. Changes are told in order of seq; the rest as it comes.

    `told` is the seq up to which everything was handed on. It is None until `begin`, and nothing is before.
    """

    def __init__(self, services: Services, place_id: UUID, deliver: Deliver) -> None:
        self.place_id = place_id
        self.told: int | None = None
        self._services = services
        self._deliver = deliver
        self._ahead: dict[int, Envelope] = {}
        self._mending: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Count from what is committed by now; what is heard meanwhile is kept, and told then."""
        async with self._services.database.reading() as session:
            query = select(Place.last_seq).where(Place.id == self.place_id)
            told = (await session.exec(query)).first()
        if told is None:
            raise NotFound
        self.told = told
        self._go_on()

    def hear(self, envelope: Envelope) -> None:
        """Take a hint: hand it on in its turn, or not at all where it was told before."""
        found = SEQ.match(envelope.frame)
        if found is None:
            self._deliver(envelope)
            return
        seq = int(found[1])
        if self.told is not None and seq <= self.told:
            return
        if len(self._ahead) < AHEAD_MOST:
            self._ahead[seq] = envelope
        self._go_on()

    def reached(self, seq: int) -> None:
        """Take note that the place has come to this seq: ask for what was not heard of it."""
        if self.told is not None and seq > self.told:
            self._mend(0.0)

    async def end(self) -> None:
        """Tell nothing more, and leave no task behind."""
        if self._mending is not None:
            self._mending.cancel()
            await asyncio.gather(self._mending, return_exceptions=True)

    def _go_on(self) -> None:
        """Hand on what is next; a gap that stays open is mended."""
        if self.told is None or self._mending is not None:
            return
        while (envelope := self._ahead.pop(self.told + 1, None)) is not None:
            self.told += 1
            self._deliver(envelope)
        if self._ahead:
            self._mend(GAP_SECONDS)

    def _mend(self, after: float) -> None:
        if self._mending is None:
            self._mending = asyncio.create_task(self._read_on(after))
            self._mending.add_done_callback(self._mended)

    def _mended(self, task: asyncio.Task[None]) -> None:
        self._mending = None
        if not task.cancelled():
            self._go_on()

    async def _read_on(self, after: float) -> None:
        """Tell what the database has beyond what was told; where it has nothing, forget the hints."""
        await asyncio.sleep(after)
        if after and self.told is not None and self.told + 1 in self._ahead:
            return  # what was overtaken has come by itself
        before = self.told or 0
        try:
            while await self._read_page():
                pass
        except (OSError, SQLAlchemyError) as error:
            log.warning("feed.not-mended", error=type(error).__name__)
        now = self.told or 0
        # What the database does not confirm is forgotten: the next look finds it, if it is true.
        self._ahead = {seq: one for seq, one in self._ahead.items() if seq > now > before}

    async def _read_page(self) -> bool:
        """Tell one page; return whether there is more."""
        since = self.told or 0
        async with self._services.database.reading() as session:
            # Read first: what is committed after this, and is found all the same, is told once too.
            place = (await session.exec(select(Place).where(col(Place.id) == self.place_id))).first()
            if place is None:
                return False
            missed = await missed_since(session, self.place_id, since)
        page = page_of(self._services.renderer, place.kind, missed)
        upto = page.upto if page.more else max(page.upto, place.last_seq)
        if upto > since:
            payload = frames.missed(self.place_id, page.items, (since, upto), page.more)
            self._deliver(Envelope.of(place_topic(self.place_id), payload))
        self.told = max(since, upto)
        return page.more
