"""What was missed in a place, read and encoded once for all who missed the same."""

import asyncio
from uuid import UUID

from forum.live.telling import missed_by
from forum.messages.reading import missed_since
from forum.services import Services
from forum.spaces.tables import Place
from realtime import frames
from realtime.envelope import encode

KEPT_SECONDS = 2.0
KEPT_MOST = 32
"""Pages, of at most some 100 KB each; a thousand who come back at once miss a few kinds of the same."""

Key = tuple[UUID, int, int]


class Recall:
    """Answers who was away; nobody is answered from before their own place was read.

    A page is known by its place, by the seq that it begins after, and by the seq that the place had come to
    when somebody asked: whoever read the same of the place misses the same.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pages: dict[Key, asyncio.Task[str]] = {}

    async def missed(self, place: Place, since: int) -> str:
        """Return the `missed` frame for a reader of this place; raises what the database raises."""
        if since >= place.last_seq:
            return encode(frames.missed(place.id, (), (since, since), more=False))
        key = (place.id, since, place.last_seq)
        page = self._pages.get(key) or self._begin(key, place)
        return await asyncio.shield(page)  # one reader leaving must not take it from the others

    def _begin(self, key: Key, place: Place) -> asyncio.Task[str]:
        while len(self._pages) >= KEPT_MOST:
            self._pages.pop(next(iter(self._pages)))
        page = self._pages[key] = asyncio.create_task(self._read(place, key[1]))
        page.add_done_callback(lambda _: self._read_once(key, page))
        return page

    def _read_once(self, key: Key, page: asyncio.Task[str]) -> None:
        """Keep a page for a while; of a fault only those hear who waited."""
        if page.cancelled() or page.exception() is not None:
            self._forget(key, page)
        else:
            asyncio.get_running_loop().call_later(KEPT_SECONDS, self._forget, key, page)

    def _forget(self, key: Key, page: asyncio.Task[str]) -> None:
        if self._pages.get(key) is page:
            del self._pages[key]

    async def _read(self, place: Place, since: int) -> str:
        async with self._services.database.reading() as session:
            missed = await missed_since(session, place.id, since)
        return encode(missed_by(self._services.renderer, place, since, missed))
