"""A date as calendars list it, and the query that all their lists begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, null
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.sessions import Viewer
from forum.calendar.kinds import Format, Kind, Pathway
from forum.calendar.reading import announced_to, words_of_it
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.messages.tables import Message
from forum.spaces.tables import Place, Space


@dataclass(frozen=True, slots=True)
class Card:
    """A date in a list; `reply` is the viewer's own, with a seat or without."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    kind: Kind
    pathway: Pathway
    format: Format
    cancelled: bool
    reply: Coming | None
    seated: bool


IN_ORDER = (col(Occurrence.starts_at), col(Occurrence.id))


def joined(query: Any, viewer: Viewer | None) -> Any:  # noqa: ANN401 - sqlmodel types up to four columns
    """Add what decides who sees a date to a query of Occurrence, but for the state of its words."""
    return (
        query.join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .where(announced_to(viewer))
    )


def cards(viewer: Viewer | None) -> Select[Any, Any]:
    """Return the query of the dates that the viewer may see, for `listed`."""
    own = (null(), null()) if viewer is None else (SignUp.reply, SignUp.seated_at)
    query: Any = select(  # type: ignore[call-overload]
        Occurrence.id,
        Message.title,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Gathering.kind,
        Gathering.pathway,
        Gathering.format,
        Occurrence.cancelled_at,
        Gathering.stage,
        *own,
    ).select_from(Occurrence)
    if viewer is not None:
        mine = and_(col(SignUp.occurrence_id) == col(Occurrence.id), col(SignUp.account_id) == viewer.id)
        query = query.join(SignUp, mine, isouter=True)
    seen: Select[Any, Any] = joined(query, viewer).join(Message, words_of_it())
    return seen


async def listed(session: AsyncSession, query: Any) -> list[Card]:  # noqa: ANN401 - see joined
    """Return what a query that began with `cards` finds, in its order."""
    rows: Sequence[tuple[Any, ...]] = (await session.exec(query)).all()
    return [_card(*row[:7], off=row[7] is not None or row[8] == Stage.CANCELLED, own=row[9:]) for row in rows]


def _card(*row: Any, off: bool, own: tuple[Any, Any]) -> Card:  # noqa: ANN401 - the columns of cards
    date_id, title, starts_at, ends_at, kind, pathway, form = row
    reply, seated_at = own
    return Card(
        id=date_id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=Kind(kind),
        pathway=Pathway(pathway),
        format=Format(form),
        cancelled=off,
        reply=None if reply is None else Coming(reply),
        seated=seated_at is not None,
    )
