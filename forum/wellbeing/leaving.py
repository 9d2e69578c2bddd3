"""Leaving to others: which items of the queue a moderator does not see, and for how long at most.

Nothing is missed: what nobody on shift takes comes back to everybody, and so does what lies too long.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import MODERATING
from forum.review.tables import ReviewItem
from forum.wellbeing.covering import DANGER_LANE
from forum.wellbeing.shifts import is_running
from forum.wellbeing.tables import Shift, TopicLeft
from forum.wellbeing.topics import TOPICS, is_about

PATIENCE = timedelta(minutes=30)
"""How long others may take it up before whoever left the topic sees it after all; our own choice."""
LONGEST = timedelta(hours=4)
"""The same where somebody on shift takes the topic: a shift's length. They may not decide on every item."""
AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Left:
    """What one moderator leaves to others now: topics that somebody on shift takes, and those nobody does."""

    moderator_id: UUID
    now: datetime
    taken: frozenset[str] = frozenset()
    untaken: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        """Whether there is a topic that they leave."""
        return bool(self.taken or self.untaken)

    def shown(self) -> ColumnElement[bool]:
        """Return the condition under which they see a ReviewItem; what they hold a claim on is always shown.

        Where somebody may be in danger, a topic that nobody on shift takes hides nothing, not for a minute.
        """
        hidden = [
            *(self._hidden(topic, LONGEST, PATIENCE) for topic in sorted(self.taken)),
            *(self._hidden(topic, PATIENCE, AT_ONCE) for topic in sorted(self.untaken)),
        ]
        if not hidden:
            return true()
        return or_(self._claimed(), not_(or_(*hidden)))

    def returned(self) -> ColumnElement[bool]:
        """Return the condition under which an item is of a topic that they leave (and shown all the same)."""
        return or_(*(is_about(topic) for topic in sorted(self.taken | self.untaken)))

    def _claimed(self) -> ColumnElement[bool]:
        # NULL would make the whole condition unknown.
        return and_(col(ReviewItem.claimed_by).is_not(None), col(ReviewItem.claimed_by) == self.moderator_id)

    def _hidden(self, topic: str, patience: timedelta, in_danger: timedelta) -> ColumnElement[bool]:
        opened, lane = col(ReviewItem.opened_at), col(ReviewItem.lane)
        fresh = or_(
            and_(lane == DANGER_LANE, opened > self.now - in_danger),
            and_(lane != DANGER_LANE, opened > self.now - patience),
        )
        return and_(fresh, is_about(topic))


async def left_by(session: AsyncSession, moderator_id: UUID, now: datetime) -> Left:
    """Return what the moderator leaves, and whether somebody else on shift takes it; one query."""
    others = (
        select(Shift.account_id)
        .join(Account, col(Account.id) == col(Shift.account_id))
        .where(is_running(now), col(Account.role).in_(MODERATING), col(Shift.account_id) != moderator_id)
    )
    rows = (
        await session.exec(
            select(Account.id, TopicLeft.topic)
            .join(TopicLeft, col(TopicLeft.account_id) == col(Account.id), isouter=True)
            .where(or_(col(Account.id) == moderator_id, col(Account.id).in_(others)))
        )
    ).all()
    leaving: dict[UUID, set[str]] = {account_id: set() for account_id, _ in rows}
    for account_id, topic in rows:
        if topic in TOPICS:
            leaving[account_id].add(topic)
    mine = leaving.pop(moderator_id, set())
    taken = {topic for topic in mine if any(topic not in theirs for theirs in leaving.values())}
    return Left(moderator_id, now, frozenset(taken), frozenset(mine - taken))


async def returned_to(session: AsyncSession, left: Left, item_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these items are of a topic that the moderator leaves, so that the page can say why."""
    if not left.anything or not item_ids:
        return frozenset()
    query = select(ReviewItem.id).where(col(ReviewItem.id).in_(item_ids), left.returned())
    return frozenset((await session.exec(query)).all())
