"""How an author stands: how long they are here, how much they published, and what they just said."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.messages.admission import LETTERS, Admitted
from forum.messages.leaves import LEAVES
from forum.messages.tables import Message, State
from forum.spaces.tables import AMONG_MEMBERS, Place
from moderation.draft import Standing

RECENT = timedelta(minutes=10)
RECENT_MOST = 10
COUNTED_MOST = 100
"""Nobody's standing depends on more published messages than these, so no more are counted."""

PUBLISHED = select(func.count()).select_from(
    select(Message.id)
    .where(col(Message.author_id) == bindparam("author"), Message.state == State.PUBLISHED)
    .limit(COUNTED_MOST)
    .subquery()
)
SAID = (
    select(Message.text)
    .join(Place, col(Place.id) == col(Message.place_id))
    .where(
        col(Message.author_id) == bindparam("author"),
        col(Message.created_at) > bindparam("since"),
        col(Place.kind).in_(AMONG_MEMBERS),
    )
    .order_by(col(Message.created_at).desc())
    .limit(RECENT_MOST)
)


async def standing_of(session: AsyncSession, admitted: Admitted, now: datetime) -> Standing:
    """Return how long the author is here, how much they published, and what they just said.

    What an edit revises does not count as said before: mending a comma repeats nothing. Nor do letters and
    notes: the team writes the same to many, and an appeal may quote what it is about.
    """
    author = admitted.author
    published = (await session.exec(PUBLISHED, params={"author": author.id})).one()
    said = () if admitted.place_kind in LETTERS else await _just_said(session, admitted, now)
    return Standing(published, (now - author.created_at).days, said, nudges=author.nudges)


async def _just_said(session: AsyncSession, admitted: Admitted, now: datetime) -> tuple[str, ...]:
    if admitted.place_kind in LEAVES:
        return ()  # mending the team's pages one after the other repeats nothing
    recent, asked = SAID, {"author": admitted.author.id, "since": now - RECENT}
    if admitted.revised is not None:
        recent = recent.where(Message.id != admitted.revised.id)
    return tuple((await session.exec(recent, params=asked)).all())
