"""Helps tests look at what waits for a person: the items, and what was told about them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from forum.database import Transaction
from forum.facts import Fact, ItemChanged
from forum.review.items import queue_up
from forum.review.tables import Recusal, ReviewItem
from forum.spaces.tables import Place, PlaceKind
from tests.builders import Community, Member


async def items(community: Community) -> Sequence[ReviewItem]:
    """Return every item, in the order they were opened."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(ReviewItem).order_by(col(ReviewItem.id)))).all()


async def open_items(community: Community) -> list[ReviewItem]:
    """Return every item that is open, in the order they were opened."""
    return [item for item in await items(community) if item.closed_at is None]


async def item_of(community: Community, message_id: UUID) -> ReviewItem:
    """Return the open item of a message."""
    [item] = [one for one in await open_items(community) if one.message_id == message_id]
    return item


async def told(community: Community, fact: Fact) -> list[ItemChanged]:
    """Let the fact be reacted to in a transaction of its own, and return what it said of the desk."""
    async with community.services.database.transaction() as tx:
        await queue_up(tx, fact)
        return said(tx)


def said(tx: Transaction) -> list[ItemChanged]:
    """Return what a transaction says of the desk."""
    return [fact for fact in tx.facts if isinstance(fact, ItemChanged)]


async def recuse(community: Community, moderator: Member, member: Member) -> None:
    """Note that the moderator has a conflict with the member."""
    async with community.services.database.transaction() as tx:
        tx.session.add(Recusal(moderator_id=moderator.id, account_id=member.id, since=community.clock()))


async def place_of_kind(community: Community, kind: PlaceKind, member: Member | None = None) -> Place:
    """Make a place for letters of a member, or for the team's notes."""
    now = community.clock()
    place = Place(kind=kind, member_id=member.id if member else None, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
    return place
