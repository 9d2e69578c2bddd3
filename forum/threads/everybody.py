"""A page of a thread as anybody sees it, and the pages that were read last, kept for a moment."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.messages.reading import Rows, published_in, show_rows
from forum.messages.tables import Message
from forum.messages.tree import WIDTH
from forum.shown import Shown
from forum.spaces.tables import Place

PAGE = 20
KEPT_SECONDS = 1.0
"""Whatever changes in a thread takes its next seq, and is seen at once. A handle or a role is not in the
thread: a page shows those as they were at most so long ago."""
KEPT_MOST = 200
"""Pages, some 30 KiB each; the one that was longest unseen goes first."""

# Put together once: it takes longer than to ask.
HERE = published_in(bindparam("place")).order_by(col(Message.path)).limit(PAGE + 1)
AFTER = HERE.where(col(Message.path) > bindparam("path"))
FROM = HERE.where(col(Message.path) >= bindparam("path"))
OPENING = select(Message).where(col(Message.place_id) == bindparam("place"), col(Message.is_opening))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: from the branch of message `at`, or after or before a path; otherwise the first."""

    at: UUID | None = None
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a thread opens with; `seq` is None while it waits."""

    title: str
    state: str
    author_id: UUID
    seq: int | None


@dataclass(frozen=True, slots=True)
class Everybody:
    """A page, and what the thread opens with; its neighbours end at `earlier` and start at `later`."""

    opening: Opened
    messages: tuple[Shown, ...]
    earlier: str | None
    later: str | None


class Shelf:
    """Reads pages of threads, and keeps those that were read last while their threads stay as they are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[UUID, Wanted], tuple[int, float, Everybody]] = {}

    async def page(self, session: AsyncSession, place: Place, wanted: Wanted) -> Everybody:
        """Return the page of a thread whose row was read in this session: three queries at most, or none."""
        key, now = (place.id, wanted), self._clock()
        kept = self._kept.pop(key, None)
        if kept is None or kept[0] != place.last_seq or kept[1] <= now:
            kept = (place.last_seq, now + KEPT_SECONDS, await _read(session, place.id, wanted))
        # Before anything is published there is but an opening that waits; and notes are the team's to change.
        if place.last_seq and not any(one.note for one in kept[2].messages):
            self._kept[key] = kept
            if len(self._kept) > KEPT_MOST:
                del self._kept[next(iter(self._kept))]
        return kept[2]


async def opened(session: AsyncSession, place_id: UUID) -> Opened:
    """Return what a thread opens with, whatever became of it."""
    row = (await session.exec(OPENING, params={"place": place_id})).one()
    return Opened(row.title, row.state, row.author_id, row.seq)


async def _read(session: AsyncSession, place_id: UUID, wanted: Wanted) -> Everybody:
    rows = await _rows(session, place_id, wanted)
    shown = await show_rows(session, rows.page)
    return Everybody(await opened(session, place_id), tuple(shown), rows.earlier, rows.later)


@dataclass(frozen=True, slots=True)
class _Rows:
    page: Rows
    earlier: str | None
    later: str | None


async def _rows(session: AsyncSession, place_id: UUID, wanted: Wanted) -> _Rows:
    path = col(Message.path)
    start = await _branch(session, place_id, wanted.at) if wanted.at else ""
    if wanted.before:
        query = published_in(place_id).where(path < wanted.before)
        found = (await session.exec(query.order_by(path.desc()).limit(PAGE + 1))).all()
        page = list(reversed(found[:PAGE]))
        earlier = page[0][0].path if len(found) > PAGE else None
        return _Rows(page, earlier, page[-1][0].path if page else None)
    begun = (AFTER, wanted.after) if wanted.after else (FROM, start)
    found = (await session.exec(begun[0], params={"place": place_id, "path": begun[1]})).all()
    page = list(found[:PAGE])
    skipped = bool(wanted.after) or await _something_before(session, place_id, start)
    earlier = page[0][0].path if page and skipped else None
    return _Rows(page, earlier, page[-1][0].path if len(found) > PAGE else None)


async def _something_before(session: AsyncSession, place_id: UUID, start: str) -> bool:
    if not start:
        return False
    earlier = select(Message.id).where(Message.place_id == place_id, col(Message.path) < start).limit(1)
    return (await session.exec(earlier)).first() is not None


async def _branch(session: AsyncSession, place_id: UUID, message_id: UUID) -> str:
    """Where to start so that the message is on the page: at its branch's top, or at itself in a long one."""
    query = select(Message.path).where(Message.id == message_id, Message.place_id == place_id)
    own = (await session.exec(query)).first() or ""
    between = published_in(place_id).where(col(Message.path) >= own[:WIDTH], col(Message.path) < own)
    above = (await session.exec(between.limit(PAGE))).all()
    return own if len(above) == PAGE else own[:WIDTH]
