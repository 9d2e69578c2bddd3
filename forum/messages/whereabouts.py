"""What places are called: a thread by its title, a room by its name."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.language import N_
from forum.messages.tables import Message, State
from forum.rendering import Renderer
from forum.spaces.tables import Place, PlaceKind


async def where(session: AsyncSession, renderer: Renderer, place_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of each place, in words: one query, however many places."""
    if not place_ids:
        return {}
    opening = and_(col(Message.place_id) == col(Place.id), col(Message.is_opening))
    query = (
        select(Place, Message).join(Message, opening, isouter=True).where(col(Place.id).in_(set(place_ids)))
    )
    rows = (await session.exec(query)).all()
    return {place.id: _called(renderer, place, message) for place, message in rows}


def _called(renderer: Renderer, place: Place, opening: Message | None) -> str:
    if place.kind == PlaceKind.ROOM:
        return place.name
    if place.kind == PlaceKind.PROFILE:
        return renderer.say(N_("a profile"))
    if (
        opening is not None
        and opening.title
        and opening.state in (State.PUBLISHED, State.HELD, State.REFUSED)
    ):
        return opening.title
    return renderer.say(N_("a thread without a title"))
