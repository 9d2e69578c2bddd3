"""Days with what is on in them, as one reader sees them: a week's, a month's, or those of a list."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.cards import Card
from forum.calendar.entries import Entry, Reader
from forum.calendar.listing import Between, Key, cards_of, id_of, moments_between
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
    after = spread.days[-1] + timedelta(days=1)
    midnights = [begins(day, reader.zone) for day in (*spread.days, after)]
    span = Between(midnights[0], midnights[-1])
    found: list[list[Key]] = [[] for _ in spread.days]
    for key, starts_at in await moments_between(session, viewer, span, looking):
        found[bisect_right(midnights, starts_at) - 1].append(key)
    first = [[id_of(key) for key in keys[: spread.most]] for keys in found]
    cards = {card.id: card for card in await cards_of(session, viewer, chain.from_iterable(first))}
    days = []
    for day, keys, ids in zip(spread.days, found, first, strict=True):
        entries = tuple(Entry.of(cards[one], reader) for one in ids if one in cards)
        days.append(Day(day, said_day(day, reader.locale), entries, len(keys) - len(ids)))
    return days


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
