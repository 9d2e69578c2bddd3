"""Does a place take words from this author now: is it open, were they sent away, may they speak again yet?"""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Closed, TooManyRequests
from forum.language import N_
from forum.messages.tables import Message, State
from forum.spaces.removals import check_here
from forum.spaces.tables import Place, PlaceKind


async def check_open(session: AsyncSession, place: Place, author: Account, now: datetime) -> None:
    """Raise Closed for a closed thread or a paused room, and what `check_here` raises for who was sent away.

    Who holds a room may speak in it while it is paused.
    """
    if place.closed and not (place.kind == PlaceKind.ROOM and Role(author.role).can_facilitate):
        raise Closed
    if place.kind == PlaceKind.ROOM:
        await check_here(session, place.id, author.id, now)


async def check_slow_mode(session: AsyncSession, place: Place, author: Account, now: datetime) -> None:
    """Raise TooManyRequests, saying how long to wait, in slow mode; whoever may hold a room is spared."""
    if not place.slow_seconds or Role(author.role).can_facilitate:
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
