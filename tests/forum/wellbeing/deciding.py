"""Helps tests of the team's wellbeing: items of the queue, and rulings on them, without the whole desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from forum.review.tables import ReviewItem, Ruling
from tests.builders import Community, Member


async def opened(community: Community, about: Member, **values: Any) -> ReviewItem:
    """Open an item; severity 4 in the ordinary lane unless told otherwise."""
    usual: dict[str, Any] = {"kind": "held", "severity": 4, "opened_at": community.clock()}
    item = ReviewItem(account_id=about.id, **(usual | values))
    async with community.services.database.transaction() as tx:
        tx.session.add(item)
    return item


async def decided(
    community: Community, moderator: Member, item: ReviewItem, at: datetime | None = None
) -> None:
    """Close the item with a ruling of this moderator's."""
    made_at = at or community.clock()
    ruling = Ruling(
        item_id=item.id, moderator_id=moderator.id, outcome="refused", reason="kindness", made_at=made_at
    )
    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(ReviewItem, item.id)
        row.closed_at = made_at
        tx.session.add(ruling)


async def read_hard(community: Community, moderator: Member, about: Member, count: int) -> list[UUID]:
    """Let the moderator decide on so many hard items, a minute apart."""
    ids = []
    for _ in range(count):
        item = await opened(community, about)
        await decided(community, moderator, item)
        community.clock.forward(minutes=1)
        ids.append(item.id)
    return ids
