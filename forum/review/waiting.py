"""How long it takes until somebody decides, as it was lately, for those who wait."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import median
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.language import N_, Words
from forum.messages.tables import Message, State
from forum.review.tables import ReviewItem, Ruling

LATELY = 20
"""Of so many decisions the median is told: enough that one slow night weighs little; our own choice."""
MINUTE, HOUR, DAY = 60, 3_600, 86_400

HELD = (
    select(Message.revises_id)
    .where(col(Message.author_id) == bindparam("author"), Message.state == State.HELD)
    .limit(100)
)


async def usual_wait(session: AsyncSession, kind: str) -> timedelta | None:
    """Return the median wait of the last decisions on items of this kind; None where there is none."""
    query = (
        select(Ruling.made_at, ReviewItem.opened_at)
        .join(ReviewItem, col(ReviewItem.id) == col(Ruling.item_id))
        .where(ReviewItem.kind == kind, Ruling.outcome != "escalated")
        .order_by(col(Ruling.made_at).desc())
        .limit(LATELY)
    )
    rows: Sequence[tuple[object, object]] = (await session.exec(query)).all()
    seconds = [(made - opened).total_seconds() for made, opened in rows]  # type: ignore[operator]
    return timedelta(seconds=median(seconds)) if seconds else None


async def waits_of(session: AsyncSession, account_id: UUID) -> Mapping[str, Words]:
    """Return what to tell a member who has something held, by kind (held, edit); empty for everybody else."""
    held = (await session.exec(HELD, params={"author": account_id})).all()
    told: dict[str, Words] = {}
    for kind in {"edit" if revises else "held" for revises in held}:
        wait = await usual_wait(session, kind)
        if wait is not None:
            told[kind] = in_words(wait)
    return told


def in_words(wait: timedelta) -> Words:
    """Return a wait as one says it: rounded up, never more exact than it can be."""
    seconds = max(wait.total_seconds(), 1)
    if seconds <= MINUTE:
        return N_("usually about a minute")
    if seconds < HOUR:
        return N_("usually about %(num)s minutes", num=_up(seconds, MINUTE))
    if seconds <= 1.5 * HOUR:
        return N_("usually about an hour")
    if seconds < DAY:
        return N_("usually about %(num)s hours", num=_up(seconds, HOUR))
    if seconds <= 1.5 * DAY:
        return N_("usually about a day")
    return N_("usually about %(num)s days", num=_up(seconds, DAY))


def _up(seconds: float, unit: int) -> int:
    return max(2, -int(-seconds // unit))
