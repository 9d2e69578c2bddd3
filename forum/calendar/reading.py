"""Which dates of gatherings somebody may see, and one date as they see it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, literal, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.calendar.kinds import ForWhom
from forum.calendar.tables import Gathering, Host, Occurrence, Stage
from forum.errors import NotFound
from forum.messages.tables import Message, State
from forum.spaces.access import space_seen_by
from forum.spaces.tables import Place, Space
from moderation.markup import CleanHtml

ANNOUNCED = tuple(one for one in Stage if one.is_announced)
"""How far a gathering is when others than its hosts and the managers hear of it."""


class Seeing(Protocol):
    """Whose eyes it is: a viewer, or somebody who is not here now, such as the owner of a feed."""

    @property
    def id(self) -> UUID:
        """The account's id."""

    @property
    def role(self) -> Role:
        """What they are in the community."""


@dataclass(frozen=True, slots=True)
class Date:
    """One date as somebody sees it; a draft whose words still wait has neither title nor html.

    `inside` says whether they may come: a public page is read by others too.
    """

    occurrence: Occurrence
    gathering: Gathering
    space: Space
    title: str
    html: CleanHtml | None
    inside: bool = True
    hosts: bool = False
    """Whether the viewer holds it."""

    @property
    def is_cancelled(self) -> bool:
        """Whether this date is off, or the whole gathering."""
        return self.occurrence.cancelled_at is not None or self.gathering.stage == Stage.CANCELLED


async def find_date(session: AsyncSession, occurrence_id: UUID, viewer: Seeing | None) -> Date:
    """Return the date, or raise NotFound when it does not exist for this viewer (None: a visitor).

    Others than its hosts and the managers see no draft, and nothing whose words are not published. One query.
    """
    inside = meant_for(viewer)
    held = _held_by(viewer)
    everything = literal(viewer is not None and viewer.role.can_manage)
    announced = and_(col(Gathering.stage).in_(ANNOUNCED), col(Message.id).is_not(None))
    query = (
        select(Occurrence, Gathering, Space, Message.title, Message.html, inside, held)  # type: ignore[call-overload]
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(Message, words_of_it(), isouter=True)
        .where(
            Occurrence.id == occurrence_id,
            or_(and_(announced, or_(inside, for_all())), held, everything),
        )
    )
    found = (await session.exec(query)).first()
    if found is None:
        raise NotFound
    occurrence, gathering, space, title, html, is_inside, hosts = found
    return Date(
        occurrence, gathering, space, title or "", html, inside=bool(is_inside or hosts), hosts=bool(hosts)
    )


def words_of_it() -> ColumnElement[bool]:
    """Return the condition that joins the published version of a Gathering's words: there is one at most."""
    # By its index of states, SQLite would begin with all that was ever published here: coalesce keeps it off.
    published = func.coalesce(Message.state, "") == State.PUBLISHED
    return and_(col(Message.place_id) == col(Gathering.place_id), published)


def announced_to(viewer: Seeing | None) -> ColumnElement[bool]:
    """Return the condition under which a Gathering, joined to its Place and Space, stands in a calendar."""
    seen = or_(meant_for(viewer), for_all(), _held_by(viewer))
    return and_(col(Gathering.stage).in_(ANNOUNCED), seen)


def meant_for(viewer: Seeing | None) -> ColumnElement[bool]:
    """Return the condition under which the viewer may come: by the space, and by their role; no visitor."""
    if viewer is None:
        return false()
    whom = [str(one) for one in ForWhom if one.includes(viewer.role)]
    return and_(space_seen_by(viewer.id, viewer.role), col(Gathering.for_whom).in_(whom))


def for_all() -> ColumnElement[bool]:
    """Return the condition under which even visitors read about it."""
    return and_(col(Gathering.is_public), col(Gathering.for_whom) == ForWhom.EVERYBODY)


def _held_by(viewer: Seeing | None) -> ColumnElement[bool]:
    if viewer is None:
        return false()
    own = select(Host.gathering_id).where(Host.account_id == viewer.id)
    return col(Gathering.id).in_(own)
