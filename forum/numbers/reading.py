"""Reads what a year of gatherings came to: months that are settled, and of them what can be told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering, Occurrence
from forum.feedback.dates import OPEN_FOR
from forum.feedback.questions import Choice, Question, counter
from forum.feedback.tables import Feedback
from forum.numbers.attending import HAD_SEAT, DateCounts, dates_held, took_place
from forum.numbers.pooling import Pooled, pool
from forum.numbers.returning import WITHIN, Returning, Visit, returning, visits
from forum.transparency.months import Month
from forum.transparency.told import LEAST, Told

SETTLES = OPEN_FOR + timedelta(days=1)
"""How long after its end a month is told: when its feedback has closed, and hosts have noted who came.

Until then the numbers still move, and whoever compared two days could make out single people.
"""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthNumbers:
    """A month that is settled. How many gatherings there were is exact: it tells of nobody."""

    month: Month
    held: Counter[str]
    """Dates that took place, by kind."""
    pooled: Pooled
    returning: Returning
    feedback: Mapping[Question, Told]
    """How often each choice was given, of every question by itself."""


async def read_numbers(session: AsyncSession, now: datetime) -> tuple[MonthNumbers, ...]:
    """Return the last twelve months that are settled and not before the first gathering, the latest last."""
    last = Month.of(now - SETTLES).before()
    began = await _began(session, now)
    if began is None or Month.of(began) > last:
        return ()
    first = max(Month.of(began), last.before(MONTHS - 1))
    dates = await dates_held(session, now, first.start, last.end)
    seen = await visits(session, now, first.end - WITHIN, last.end)
    count = (last.year - first.year) * 12 + last.number - first.number
    return tuple(
        [await _month(session, now, last.before(back), (dates, seen)) for back in range(count, -1, -1)]
    )


async def _began(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the first gathering of all began."""
    query = (
        select(Occurrence.starts_at)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(took_place(now))
        .order_by(col(Occurrence.starts_at))
        .limit(1)
    )
    return (await session.exec(query)).first()


async def _month(
    session: AsyncSession, now: datetime, month: Month, found: tuple[Sequence[DateCounts], Sequence[Visit]]
) -> MonthNumbers:
    dates = [one for one in found[0] if month.start <= one.starts_at < month.end]
    held = Counter(one.kind for one in dates)
    guests = sum(one.count(HAD_SEAT) for one in dates)
    answers = _told(await _answers(session, now, month), guests)
    return MonthNumbers(month, held, pool(dates), returning(month, found[1]), answers)


async def _answers(session: AsyncSession, now: datetime, month: Month) -> Mapping[str, int]:
    """Return how often each answer was given, by the name of its count."""
    names = [counter(question, choice) for question in Question for choice in Choice]
    query = (
        select(*(func.coalesce(func.sum(getattr(Feedback, name)), 0) for name in names))
        .join(Occurrence, col(Occurrence.id) == col(Feedback.occurrence_id))
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(took_place(now), col(Occurrence.starts_at) >= month.start)
        .where(col(Occurrence.starts_at) < month.end)
    )
    return dict(zip(names, map(int, (await session.exec(query)).one()), strict=True))


def _told(sums: Mapping[str, int], guests: int) -> Mapping[Question, Told]:
    """Each question by itself: which answers belong together is not known, so nothing follows across them.

    How many guests there were is told as well; so where 1 to 4 of them did not answer, no answer is.
    """
    from forum.transparency.suppression import publish  # noqa: PLC0415 - it needs numpy, and few pages do

    given = {question: _given(sums, question) for question in Question}
    silent = {question: guests - sum(counts.values()) for question, counts in given.items()}
    return {
        question: Told(()) if 0 < silent[question] < LEAST else publish(counts, {"choice": str})["choice"]
        for question, counts in given.items()
    }


def _given(sums: Mapping[str, int], question: Question) -> dict[str, int]:
    given = {str(choice): sums[counter(question, choice)] for choice in Choice}
    return {choice: count for choice, count in given.items() if count}
