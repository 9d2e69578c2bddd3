"""Pages that the team keeps in versions, such as guidelines and wordings: who writes them, what counts."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Conflict, NotFound
from forum.language import N_
from forum.messages.submission import Leaf
from forum.messages.tables import Message, State
from forum.spaces.tables import Audience, Place, PlaceKind

LEAVES = {
    PlaceKind.GUIDELINE: Audience.PUBLIC,
    PlaceKind.SOURCE_NOTE: Audience.PUBLIC,
    PlaceKind.WORDING: Audience.TEAM,
    PlaceKind.GATHERING: Audience.PUBLIC,
}
"""The kinds of place that hold one page each, with who reads it."""
CHANGED = N_("Somebody else changed this page since you opened it. Your words are kept here; look at both.")
WAITS = N_("An earlier version of this page is still waiting for a person.")


def may_keep(kind: PlaceKind, role: Role) -> bool:
    """Whether somebody may write a page of this kind."""
    if kind is PlaceKind.WORDING:
        return role.can_moderate
    if kind is PlaceKind.GATHERING:
        return role.can_manage
    return kind in LEAVES and role is Role.ADMINISTRATOR


async def admit_leaf(
    session: AsyncSession, author: Account, target: Leaf
) -> tuple[Place, Message | None, Audience]:
    """Return the page's place, the version that counts, and who reads it.

    NotFound for whoever may not write it; Conflict where it has changed since, or an earlier version waits.
    """
    place = await session.get(Place, target.place_id)
    if place is None or not may_keep(PlaceKind(place.kind), Role(author.role)):
        raise NotFound
    current = await current_in(session, place.id)
    if (current.seq if current else 0) != target.version:
        raise Conflict(CHANGED)
    waiting = select(Message.id).where(Message.place_id == place.id, Message.state == State.HELD)
    if (await session.exec(waiting)).first() is not None:
        raise Conflict(WAITS)
    return place, current, LEAVES[PlaceKind(place.kind)]


async def current_in(session: AsyncSession, place_id: UUID, but: UUID | None = None) -> Message | None:
    """Return the version of a page that counts, if there is one; `but` is a message to look past."""
    query = (
        select(Message)
        .where(Message.place_id == place_id, Message.state == State.PUBLISHED)
        .order_by(col(Message.seq).desc())
        .limit(1)
    )
    return (await session.exec(query if but is None else query.where(Message.id != but))).first()


async def check_newest(session: AsyncSession, message: Message) -> None:
    """Raise Conflict where a new version was made on another one than counts now.

    A version that waited may be released when the page has moved on: nobody's newer words are lost to it.
    """
    newest = await current_in(session, message.place_id, but=message.id)
    if newest is not None and newest.id != message.parent_id:
        raise Conflict(CHANGED)
