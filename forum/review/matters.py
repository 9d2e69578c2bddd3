"""What a moderator decides on, read as it is now: the item, its message, and the moderator beside it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.errors import NotFound
from forum.messages.tables import Message
from forum.review.decisions import Decision
from forum.review.eligibility import objection
from forum.review.tables import ReviewItem
from forum.review.who import who_is

SHARED = {"read": True}
"""Whose role is being looked at keeps it until the decision is written."""


@dataclass(frozen=True, slots=True)
class Matter:
    """An item that this moderator may decide on; `message` is None of a handle."""

    item: ReviewItem
    message: Message | None

    @property
    def subject(self) -> str:
        """What the audit log says it was about."""
        return f"message:{self.message.id}" if self.message else f"account:{self.item.account_id}"


async def read_matter(
    session: AsyncSession, decision: Decision, now: datetime, *, lock: bool = False
) -> Matter:
    """Return what the decision is about, locked if it is to be written.

    Raises NotFound, Forbidden or Conflict where this moderator cannot decide on this version of it.
    """
    held = True if lock else None
    if lock:
        await session.get(Account, decision.moderator_id, with_for_update=SHARED)
    item = await session.get(ReviewItem, decision.item_id, with_for_update=held)
    if item is None:
        raise NotFound
    error = objection(await who_is(session, decision.moderator_id, item), item, decision.version, now)
    if error is not None:
        raise error
    if item.message_id is None:
        return Matter(item, None)
    return Matter(item, await session.get_one(Message, item.message_id, with_for_update=held))


async def latest_item(session: AsyncSession, message_id: UUID) -> ReviewItem | None:
    """Return the item that is open about a message, or else the last one that was."""
    about = select(ReviewItem).where(ReviewItem.message_id == message_id, ReviewItem.kind != "appeal")
    open_first = (col(ReviewItem.closed_at).is_not(None), col(ReviewItem.id).desc())
    return (await session.exec(about.order_by(*open_first).limit(1))).first()
