"""Reads months from the audit log; what is counted is kept for as long as the log cannot change it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.tables import AuditEntry
from forum.database import Database
from forum.transparency.figures import Figures, Headline, figures, headline
from forum.transparency.months import SETTLES, Month, months_between
from forum.transparency.tally import ACTS, Seen, Tally, tally

YEAR = 12


@dataclass(slots=True)
class Kept:
    """A month as it was counted when the log ended at `seq`; a settled one no later entry can change."""

    seq: int
    settled: bool
    tally: Tally
    figures: Figures | None = None
    """Made when somebody asks for this month itself: hiding small counts takes the most time."""


@dataclass(slots=True)
class Counts:
    """The months that this process has counted of one database, and whose turn it is to count."""

    months: dict[Month, Kept] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Reading:
    """A month, the headlines of the year that ends with it, and all months there are, the latest first."""

    figures: Figures
    year: Sequence[Headline]
    months: Sequence[Month]


KEPT: WeakKeyDictionary[Database, Counts] = WeakKeyDictionary()


async def read(database: Database, month: Month | None, now: datetime) -> Reading | None:
    """Return a month, or without one the last that is over (in the first month: that); None outside our time.

    Three queries at most, however many months and entries there are.
    """
    counts = KEPT.setdefault(database, Counts())
    async with counts.turn:
        async with database.reading() as session:
            seq, first = await _ends(session)
            months = months_between(Month.of(min(first or now, now)), Month.of(now))
            wanted = month or next((one for one in months if not one.is_running(now)), months[0])
            if wanted not in months:
                return None
            year = [one for one in reversed(months) if wanted.before(YEAR - 1) <= one <= wanted]
            stale = [one for one in year if _is_stale(counts.months.get(one), seq, now)]
            for counted in await _count(session, stale):
                counts.months[counted.month] = Kept(seq, not counted.month.is_running(now), counted)
        kept = [counts.months[one] for one in year]
        lines = [headline(one.tally, running=not one.settled) for one in kept]
        return Reading(await _figures(kept[-1]), lines, months)


async def _ends(session: AsyncSession) -> tuple[int, datetime | None]:
    """Return how far the log goes, and when it began."""
    first = select(col(AuditEntry.at)).order_by(col(AuditEntry.seq)).limit(1)
    last = await session.exec(select(func.coalesce(func.max(AuditEntry.seq), 0)))
    return last.one(), (await session.exec(first)).first()


def _is_stale(kept: Kept | None, seq: int, now: datetime) -> bool:
    if kept is None or kept.settled:
        return kept is None
    return kept.seq != seq or not kept.tally.month.is_running(now)


async def _count(session: AsyncSession, months: Sequence[Month]) -> list[Tally]:
    """Return the months as the log tells them: one query for all of them, none for none."""
    if not months:
        return []
    seen: dict[Month, list[Seen]] = {month: [] for month in months}
    columns = (AuditEntry.at, AuditEntry.act, AuditEntry.subject, AuditEntry.details)
    span = (col(AuditEntry.at) >= months[0].start, col(AuditEntry.at) < months[-1].end + SETTLES)
    query = select(*columns).where(col(AuditEntry.act).in_(ACTS), *span).order_by(col(AuditEntry.seq))
    for row in await session.exec(query):
        entry = Seen(*row)
        for month in {Month.of(entry.at), Month.of(entry.at - SETTLES)} & seen.keys():
            seen[month].append(entry)
    return [tally(month, entries) for month, entries in seen.items()]


async def _figures(kept: Kept) -> Figures:
    if kept.figures is None:
        kept.figures = await asyncio.to_thread(figures, kept.tally, running=not kept.settled)
    return kept.figures
