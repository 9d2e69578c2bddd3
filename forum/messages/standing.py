"""How an author stands: how long they are here, how much they published, and what they just said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.errors import Forbidden
from forum.messages.admission import LETTERS, Admitted
from forum.messages.leaves import LEAVES
from forum.messages.submission import Submission
from forum.messages.tables import Message, State
from forum.spaces.tables import AMONG_MEMBERS, Place
from moderation.draft import Standing

RECENT = timedelta(minutes=10)
RECENT_MOST = 10
COUNTED_MOST = 100
"""Nobody's standing depends on more published messages than these, so no more are counted."""
PUBLISHED = (
    select(Message.id)
    .where(col(Message.author_id) == bindparam("author"), Message.state == State.PUBLISHED)
    .limit(COUNTED_MOST)
    .subquery()
)
SENT = select(Message.id).where(
    col(Message.author_id) == bindparam("author"), col(Message.nonce) == bindparam("nonce")
)
KNOWN = select(
    Account, select(func.count()).select_from(PUBLISHED).scalar_subquery(), SENT.scalar_subquery()
).where(col(Account.id) == bindparam("author"))
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an author: how much they published, and whether this very thing was sent before.

    The author's row is read with it; whoever looks for it in the same session finds it there.
    """

    author: Account
    published: int
    sent_before: bool


async def known_of(session: AsyncSession, submission: Submission) -> Known:
    """Return what is known of an author; Forbidden for one who is not there."""
    asked = {"author": submission.author_id, "nonce": submission.nonce}
    found = (await session.exec(KNOWN, params=asked)).first()
    if found is None:
        raise Forbidden
    author, published, earlier = found
    return Known(author, published, earlier is not None)


async def standing_of(session: AsyncSession, admitted: Admitted, known: Known, now: datetime) -> Standing:
    """Return how long the author is here, how much they published, and what they just said.

    What an edit revises does not count as said before: mending a comma repeats nothing. Nor do letters and
    notes: the team writes the same to many, and an appeal may quote what it is about.
    """
    author = admitted.author
    said = () if admitted.place_kind in LETTERS else await _just_said(session, admitted, now)
    return Standing(known.published, (now - author.created_at).days, said, nudges=author.nudges)


async def _just_said(session: AsyncSession, admitted: Admitted, now: datetime) -> tuple[str, ...]:
    if admitted.place_kind in LEAVES:
        return ()  # mending the team's pages one after the other repeats nothing
    recent, asked = SAID, {"author": admitted.author.id, "since": now - RECENT}
    if admitted.revised is not None:
        recent = recent.where(Message.id != admitted.revised.id)
    return tuple((await session.exec(recent, params=asked)).all())
