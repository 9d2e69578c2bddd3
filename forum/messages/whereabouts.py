"""What places are called: a thread by its title, a room by its name."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.language import N_
from forum.messages.tables import Message, State
from forum.rendering import Renderer
from forum.spaces.tables import SPOKEN_IN, Place, PlaceKind

CALLED = {
    PlaceKind.PROFILE: N_("a profile"),
    PlaceKind.CASE: N_("letters with the moderation team"),
    PlaceKind.NOTES: N_("the team’s notes"),
    PlaceKind.GUIDELINE: N_("the guidelines"),
    PlaceKind.WORDING: N_("the team’s wordings"),
    PlaceKind.SOURCE_NOTE: N_("the source notes"),
    PlaceKind.GATHERING: N_("a gathering"),
    PlaceKind.THANKS: N_("thanks to the hosts"),
}
"""Places that have no name of their own."""


async def where(session: AsyncSession, renderer: Renderer, place_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of each place, in words: one query, however many places."""
    if not place_ids:
        return {}
    opening = and_(col(Message.place_id) == col(Place.id), col(Message.is_opening))
    query = (
        select(Place.id, Place.kind, Place.name, Message.title, Message.state)  # type: ignore[call-overload]
        .join(Message, opening, isouter=True)
        .where(col(Place.id).in_(set(place_ids)))
    )
    rows = (await session.exec(query)).all()
    return {place_id: _called(renderer, *named) for place_id, *named in rows}


def _called(renderer: Renderer, kind: str, name: str, title: str | None, state: str | None) -> str:
    """Return what a place is called; `title` and `state` are those of a thread's opening."""
    if kind in SPOKEN_IN:
        return name
    if kind in CALLED:
        return renderer.say(CALLED[PlaceKind(kind)])
    if title and state in (State.PUBLISHED, State.HELD, State.REFUSED):
        return title
    return renderer.say(N_("a thread without a title"))
