"""What of the queue a moderator is shown, where a page of it ends, and how both stand in an address."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from forum.accounts.sessions import Viewer
from forum.cursor import Cursor
from forum.errors import ForumError
from forum.review.items import AFTER, URGENT, Kind
from forum.review.severity import WORST
from forum.review.tables import Appeal, Recusal, ReviewItem, Ruling

LANES = frozenset({str(URGENT), str(AFTER)})
SEVERITIES = frozenset(str(number) for number in range(WORST + 1))


@dataclass(frozen=True, slots=True)
class Last:
    """Where a page of the queue ends: all that the queue is ordered by, of its last item."""

    lane: int
    severity: int
    at: datetime
    id: UUID

    def __str__(self) -> str:
        """Return it as it goes into an address."""
        return f"{self.lane}_{self.severity}_{Cursor(self.at, self.id)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return it from an address; ForumError when somebody changed it."""
        lane, _, rest = text.partition("_")
        severity, _, rest = rest.partition("_")
        if lane not in LANES or severity not in SEVERITIES:
            raise ForumError
        cursor = Cursor.parse(rest)
        return cls(int(lane), int(severity), cursor.at, cursor.id)

    def later(self) -> ColumnElement[bool]:
        """Return the condition under which an item stands after it."""
        lane, severity = col(ReviewItem.lane), col(ReviewItem.severity)
        opened, same = col(ReviewItem.opened_at), col(ReviewItem.opened_at) == self.at
        younger = or_(opened > self.at, and_(same, col(ReviewItem.id) > self.id))
        milder = or_(severity < self.severity, and_(severity == self.severity, younger))
        return and_(lane >= self.lane, or_(lane > self.lane, milder))


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty for all of it.

    `older_than` is a moment: what was opened before it. `topics` are kinds or rules that the viewer leaves to
    others; what was opened at `others_until` or before is shown all the same, because no others came.
    """

    space_id: UUID | None = None
    kind: str = ""
    stage: str = ""
    older_than: datetime | None = None
    topics: frozenset[str] = frozenset()
    others_until: datetime | None = None
    shown: ColumnElement[bool] | None = field(default=None, compare=False, repr=False)
    """A further condition, such as what a moderator does not leave to others."""


def waiting_for(viewer: Viewer, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions under which an item waits for this moderator, and was asked for."""
    return [col(ReviewItem.closed_at).is_(None), *may_decide(viewer.id), *_asked_for(filters)]


def may_decide(moderator_id: UUID) -> list[ColumnElement[bool]]:
    """Nobody is shown what they may not decide: what is their own, or what they have decided before."""
    recused = select(Recusal.account_id).where(Recusal.moderator_id == moderator_id)
    own_rulings = (
        select(Appeal.item_id)
        .join(Ruling, col(Ruling.id) == col(Appeal.ruling_id))
        .where(Ruling.moderator_id == moderator_id, col(Appeal.decided_at).is_(None))
    )
    escalated_by = col(ReviewItem.escalated_by)
    return [
        col(ReviewItem.account_id) != moderator_id,
        col(ReviewItem.account_id).not_in(recused),
        or_(escalated_by.is_(None), escalated_by != moderator_id),
        or_(col(ReviewItem.kind) != Kind.APPEAL, col(ReviewItem.id).not_in(own_rulings)),
    ]


def _asked_for(filters: Filters) -> list[ColumnElement[bool]]:
    opened = col(ReviewItem.opened_at)
    conditions: list[ColumnElement[bool]] = []
    if filters.space_id is not None:
        conditions.append(col(ReviewItem.space_id) == filters.space_id)
    if filters.kind:
        conditions.append(col(ReviewItem.kind) == filters.kind)
    if filters.stage:
        conditions.append(col(ReviewItem.stage) == filters.stage)
    if filters.older_than is not None:
        conditions.append(opened < filters.older_than)
    if filters.shown is not None:
        conditions.append(filters.shown)
    if filters.topics:
        taken = col(ReviewItem.kind).in_(filters.topics) | col(ReviewItem.rule).in_(filters.topics)
        left = opened <= filters.others_until if filters.others_until else None
        conditions.append(~taken if left is None else or_(~taken, left))
    return conditions
