"""Who sees what: every read of a space or a place goes through these conditions."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, false, or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.spaces.tables import BY_GUESTS, OPEN_PAPERS, Audience, Guest, Membership, Place, PlaceKind, Space

Reader = UUID | BindParameter[UUID] | None
"""Whose id it is, or where it is put in later; None for a visitor."""
TEAM = frozenset({Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR})


def space_seen_by(account_id: Reader, role: Role | None) -> ColumnElement[bool]:
    """Return the condition under which a reader (None: a visitor) sees a Space."""
    audience = col(Space.audience)
    if account_id is None:
        return audience == Audience.PUBLIC
    if role in TEAM:
        return true()
    invited = select(Membership.space_id).where(Membership.account_id == account_id)
    return or_(
        audience.in_([Audience.PUBLIC, Audience.MEMBERS]),
        and_(audience == Audience.INVITED, col(Space.id).in_(invited)),
    )


def place_seen_by(account_id: Reader, role: Role | None) -> ColumnElement[bool]:
    """Return the condition under which a reader sees a Place that is outer-joined to its Space."""
    profile = false() if account_id is None else col(Place.kind) == PlaceKind.PROFILE
    # Of gatherings visitors are told on their public pages alone; meetings and thanks are their guests'.
    apart = BY_GUESTS if account_id is not None else BY_GUESTS | {PlaceKind.GATHERING}
    in_space = and_(
        col(Place.space_id).is_not(None), col(Place.kind).not_in(apart), space_seen_by(account_id, role)
    )
    papers = col(Place.kind).in_(OPEN_PAPERS)
    return or_(profile, in_space, papers, _as_a_guest(account_id, role), _of_the_desk(account_id, role))


def _as_a_guest(account_id: Reader, role: Role | None) -> ColumnElement[bool]:
    """A meeting is open to its guests, thanks to the hosts and to whose they are.

    Moderators read both: they judge what was said there.
    """
    if account_id is None:
        return false()
    here = col(Place.kind).in_(BY_GUESTS)
    if role is not None and Role(role).can_moderate:
        return here
    guest = col(Place.id).in_(select(Guest.place_id).where(Guest.account_id == account_id))
    own = and_(col(Place.kind) == PlaceKind.THANKS, col(Place.member_id) == account_id)
    return or_(and_(here, guest), own)


def _of_the_desk(account_id: Reader, role: Role | None) -> ColumnElement[bool]:
    """A case is open to its member and to moderators; notes about somebody are not open to that one."""
    if account_id is None:
        return false()
    own_case = and_(col(Place.kind) == PlaceKind.CASE, col(Place.member_id) == account_id)
    if role is None or not Role(role).can_moderate:
        return own_case
    others = and_(col(Place.kind) == PlaceKind.NOTES, col(Place.member_id) != account_id)
    return or_(others, col(Place.kind).in_([PlaceKind.CASE, PlaceKind.WORDING]))


async def find_space(session: AsyncSession, slug: str, account_id: UUID | None, role: Role | None) -> Space:
    """Return the space, or raise NotFound when it does not exist for this reader."""
    query = select(Space).where(Space.slug == slug, space_seen_by(account_id, role))
    space = (await session.exec(query)).first()
    if space is None:
        raise NotFound
    return space


async def find_place(
    session: AsyncSession, place_id: UUID, account_id: UUID | None, role: Role | None
) -> tuple[Place, Space | None]:
    """Return the place with its space, or raise NotFound when it does not exist for this reader."""
    query = place_and_space(role, visitor=account_id is None)
    found = (await session.exec(query, params={"place": place_id, "account": account_id})).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


@cache
def place_and_space(role: Role | None, *, visitor: bool) -> Select[Place, Space]:
    """Return the query of one place, `place`, for a reader of this kind, `account`.

    It is put together once: that takes longer than to ask.
    """
    account: BindParameter[UUID] | None = None if visitor else bindparam("account")
    return (
        select(Place, Space)
        .join(Space, col(Space.id) == col(Place.space_id), isouter=True)
        .where(col(Place.id) == bindparam("place"), place_seen_by(account, role))
    )


async def spaces_seen_by(
    session: AsyncSession, account_id: UUID | None, role: Role | None
) -> Sequence[Space]:
    """Return the spaces open to a reader, in the order they were opened."""
    return (
        await session.exec(select(Space).where(space_seen_by(account_id, role)).order_by(col(Space.id)))
    ).all()


async def rooms_seen_by(
    session: AsyncSession, account_id: UUID | None, role: Role | None
) -> Sequence[tuple[Place, Space]]:
    """Return the rooms open to a reader with their spaces, by name."""
    query = (
        select(Place, Space)
        .join(Space, col(Space.id) == col(Place.space_id))
        .where(Place.kind == PlaceKind.ROOM, space_seen_by(account_id, role))
        .order_by(col(Place.name), col(Place.id))
    )
    return (await session.exec(query)).all()
