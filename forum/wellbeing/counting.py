"""Counting hard items: how much a moderator has read in this session and this week, from their rulings.

Those who moderate for long need limits to what they take in, and breaks (Steiger et al. 2021, The
Psychological Well-Being of Content Moderators). The figures are our own choice: nobody has shown better ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.review.tables import ReviewItem, Ruling
from forum.wellbeing.covering import is_hard

GAP = timedelta(minutes=30)
"""Without a ruling for so long, a session is over; our own choice."""
MANY = 5
"""Hard items in a session, or since the last pause, after which a pause is suggested; our own choice."""
LONGEST_SESSION = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decided:
    """One ruling of the moderator's: when, on which item, and whether that was hard."""

    at: datetime
    item_id: UUID
    hard: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Hard items of this session, of this week, and of this session since the last pause; each item once."""

    session: int = 0
    week: int = 0
    since_pause: int = 0

    @property
    def suggests_pause(self) -> bool:
        """Whether a pause would be good now."""
        return self.since_pause >= MANY


@dataclass(frozen=True, slots=True)
class Moments:
    """From when it is counted: now, the beginning of the week, and of the last pause if there was one."""

    now: datetime
    monday: datetime
    paused: datetime | None = None


def tally(decided: Sequence[Decided], moments: Moments) -> Tally:
    """Count what was decided, the oldest first."""
    begun = session_start([one.at for one in decided], moments.now)
    fresh = max(begun, moments.paused or begun)
    return Tally(
        session=_hard_since(decided, begun),
        week=_hard_since(decided, moments.monday),
        since_pause=_hard_since(decided, fresh),
    )


def session_start(moments: Sequence[datetime], now: datetime) -> datetime:
    """Return when the session that lasts until now began; `now` itself when there is none."""
    start = now
    for later, earlier in pairwise([now, *reversed(moments)]):
        if later - earlier >= GAP:
            break
        start = earlier
    return start


def _hard_since(decided: Sequence[Decided], since: datetime) -> int:
    return len({one.item_id for one in decided if one.hard and one.at >= since})


def monday_of(now: datetime, zone: str) -> datetime:
    """Return the moment at which this week began where the moderator lives."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() - timedelta(days=local.weekday()), time(), local.tzinfo)


async def tally_of(
    session: AsyncSession, viewer: Viewer, now: datetime, paused: datetime | None = None
) -> Tally:
    """Return the moderator's own tally, in one query; a ruling that was undone was read all the same."""
    moments = Moments(now, monday_of(now, viewer.time_zone), paused)
    since = min(moments.monday, now - LONGEST_SESSION)
    query = (
        select(Ruling, ReviewItem)
        .join(ReviewItem, col(ReviewItem.id) == col(Ruling.item_id))
        .where(Ruling.moderator_id == viewer.id, col(Ruling.made_at) >= since)
        .order_by(col(Ruling.made_at))
    )
    rows = (await session.exec(query)).all()
    return tally([Decided(ruling.made_at, item.id, is_hard(item)) for ruling, item in rows], moments)
