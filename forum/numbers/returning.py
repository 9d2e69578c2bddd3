"""Returning members: who came to two gatherings or more within ninety days, counted and never named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering, Occurrence, SignUp
from forum.numbers.attending import took_place
from forum.transparency.months import Month
from forum.transparency.told import LEAST, Told

WITHIN = timedelta(days=90)
TIMES = 2
"""How often one comes within that time to count as returning."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came to a gathering of this kind."""

    account_id: UUID
    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Returning:
    """How many returned in the ninety days before a month ended; None for 1 to 4.

    `told` parts them by the kind that each came to most, so that everybody is counted once, and puts small
    kinds together. How many came once is not told, nor can it be worked out. The ninety days of two months
    overlap, and some return as others stay away: no difference of two months counts a group of people.
    """

    total: int | None
    told: Told


async def visits(session: AsyncSession, now: datetime, start: datetime, end: datetime) -> Sequence[Visit]:
    """Return who came to what began from `start` until before `end`."""
    query = (
        select(SignUp.account_id, Occurrence.starts_at, Gathering.kind)
        .join(Occurrence, col(Occurrence.id) == col(SignUp.occurrence_id))
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(took_place(now), col(SignUp.came_at).is_not(None))
        .where(col(Occurrence.starts_at) >= start, col(Occurrence.starts_at) < end)
    )
    return [Visit(*row) for row in (await session.exec(query)).all()]


def returning(month: Month, seen: Iterable[Visit]) -> Returning:
    """Count the returning members of the ninety days before the month ended."""
    from forum.transparency.suppression import publish  # noqa: PLC0415 - it needs numpy, and few pages do

    kinds: Mapping[UUID, Counter[str]] = defaultdict(Counter)
    for visit in seen:
        if month.end - WITHIN <= visit.at < month.end:
            kinds[visit.account_id][visit.kind] += 1
    mainly = Counter(_most(came) for came in kinds.values() if came.total() >= TIMES)
    told = publish(mainly, {"kind": str})["kind"]
    total = mainly.total()
    return Returning(None if 0 < total < LEAST else total, told)


def _most(came: Counter[str]) -> str:
    return max(came, key=lambda kind: (came[kind], kind))
