"""Days with what is on in them, as one reader sees them: a week's, a month's, or those of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.cards import Card
from forum.calendar.entries import Entry, Reader
from forum.calendar.listing import Between, cards_of, moments_between
from forum.calendar.looking import Looking, begins
from forum.calendar.said_times import said_day


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `more` is how many dates there are beside those that are listed here."""

    date: date
    said: str
    entries: tuple[Entry, ...]
    more: int = 0

    @property
    def stamp(self) -> str:
        """The day for an address, and for the `datetime` of a `<time>`."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class Spread:
    """The days that are looked at, one after the other, with at most so many dates each."""

    days: Sequence[date]
    most: int


async def days_seen(
    session: AsyncSession, viewer: Viewer | None, reader: Reader, looking: Looking, spread: Spread
) -> list[Day]:
    """Return each of the days with what begins in it, by the reader's clock: two queries, however many."""
    first, after = spread.days[0], spread.days[-1] + timedelta(days=1)
    span = Between(begins(first, reader.zone), begins(after, reader.zone))
    found: dict[date, list[UUID]] = {day: [] for day in spread.days}
    for date_id, starts_at in await moments_between(session, viewer, span, looking):
        # Where the clocks go back at midnight, the first day's first hour belongs to the day before by name.
        found[max(first, reader.local(starts_at).date())].append(date_id)
    wanted = [one for ids in found.values() for one in ids[: spread.most]]
    entries = {card.id: Entry.of(card, reader) for card in await cards_of(session, viewer, wanted)}
    return [
        Day(
            day,
            said_day(day, reader.locale),
            tuple(entries[one] for one in ids[: spread.most]),
            max(0, len(ids) - spread.most),
        )
        for day, ids in found.items()
    ]


def by_day(cards: Sequence[Card], reader: Reader) -> list[Day]:
    """Return the days of a list of dates in order, each with its own."""

    def day_of(card: Card) -> date:
        return reader.local(card.starts_at).date()

    return [
        Day(day, said_day(day, reader.locale), tuple(Entry.of(card, reader) for card in group))
        for day, group in groupby(cards, key=day_of)
    ]


def today_of(now: datetime, reader: Reader) -> date:
    """Return which day it is for the reader."""
    return reader.local(now).date()
