"""Does a place take words from this author now: is it open, were they sent away, may they speak again yet?"""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Closed, Forbidden, TooManyRequests
from forum.language import N_
from forum.messages.tables import Message, State
from forum.spaces.removals import check_here
from forum.spaces.tables import SPOKEN_IN, Guest, Place, PlaceKind

MUTED = N_("A host has asked you to listen for now. You can still raise your hand.")
SHARING = N_("Somebody is sharing now, and everybody else listens. Your words are kept; raise your hand.")


async def check_open(session: AsyncSession, place: Place, author: Account, now: datetime) -> None:
    """Raise Closed for a closed thread or a paused room, and what `check_here` raises for who was sent away.

    Who holds a room may speak in it while it is paused, but nobody in a meeting that is not on.
    """
    holds = await holds_room(session, place, author)
    if place.silent_since is not None or (place.closed and not holds):
        raise Closed
    if place.kind in SPOKEN_IN:
        await check_here(session, place.id, author.id, now)
    if place.kind == PlaceKind.MEETING and not holds:
        await _check_turn(session, place, author)


async def holds_room(session: AsyncSession, place: Place, author: Account) -> bool:
    """Whether somebody holds a room: by their role, or a meeting as one of its hosts."""
    if place.kind == PlaceKind.MEETING:
        guest = await session.get(Guest, (place.id, author.id))
        return guest is not None and guest.host
    return place.kind == PlaceKind.ROOM and Role(author.role).can_facilitate


async def _check_turn(session: AsyncSession, place: Place, author: Account) -> None:
    """In a meeting who was muted listens until it is their turn, and while somebody shares all others do."""
    guest = await session.get(Guest, (place.id, author.id))
    if guest is None or (guest.muted and place.speaker_id != author.id):
        raise Forbidden(MUTED)
    if place.speaker_id not in (None, author.id):
        raise Forbidden(SHARING)


async def check_slow_mode(session: AsyncSession, place: Place, author: Account, now: datetime) -> None:
    """Raise TooManyRequests, saying how long to wait, in slow mode; whoever may hold a room is spared."""
    if not place.slow_seconds or await holds_room(session, place, author):
        return
    last = (
        select(Message.created_at)
        .where(Message.place_id == place.id, Message.author_id == author.id, Message.state != State.REFUSED)
        .order_by(col(Message.created_at).desc())
        .limit(1)
    )
    said = (await session.exec(last)).first()
    wait = said + timedelta(seconds=place.slow_seconds) - now if said else timedelta()
    if wait > timedelta():
        raise TooManyRequests(
            wait.total_seconds(), N_("This room is in slow mode. Take a breath, then send it again.")
        )
