"""What the clock asks of meetings: to open and close them, and to go on where who shared is gone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import structlog
from sqlmodel import col, select

from forum.broadcasts import place_topic
from forum.calendar.tables import Occurrence
from forum.errors import ForumError
from forum.jobs import Job
from forum.meetings.finding import Held, held_at, locked
from forum.meetings.hours import LOBBY
from forum.meetings.opening import keep_hours
from forum.meetings.tables import Meeting, Phase, Sharing, Turn
from forum.meetings.telling import tell
from forum.meetings.turns import GONE, floor_of, notice_gone
from forum.services import Services
from forum.spaces.tables import Place

EVERY_SECONDS = 5.0

log = structlog.get_logger()


async def look_in(services: Services, held: Held) -> bool:
    """Do what the clock asks of a meeting that was just read; whether anything changed."""
    changed = await keep_hours(services, held)
    return await _keep_turns(services, held.id) or changed


async def keep_meetings_going(services: Services) -> int:
    """Look into every meeting that is open, or has had its hour; return how many changed."""
    soon = services.clock() + LOBBY
    query = (
        select(Meeting.place_id)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.place_id))
        .where(col(Meeting.phase) != Phase.CLOSED, col(Occurrence.starts_at) < soon)
    )
    async with services.database.reading() as session:
        due = (await session.exec(query)).all()
    return sum([await _one(services, place_id) for place_id in due])


async def _one(services: Services, place_id: UUID) -> bool:
    try:
        async with services.database.reading() as session:
            held = await held_at(session, await session.get_one(Place, place_id))
        return await look_in(services, held)
    except (ForumError, OSError) as error:  # one meeting's trouble is not another's
        log.warning("meeting.not-kept", place=str(place_id), error=type(error).__name__)
        return False


async def _keep_turns(services: Services, place_id: UUID) -> bool:
    """Let the list go on where who shares, or waits, was away for a minute.

    Where nobody at all is seen, this process may not see who is where (`memory://` in another one): then
    nobody loses a turn.
    """
    present = {who.member for who in await services.backplane.present(place_topic(place_id))}
    async with services.database.reading() as session:
        still = select(Turn).where(Turn.place_id == place_id, Turn.state != Sharing.OVER)
        turns = (await session.exec(still)).all()
    if not present or not any(_to_note(one, present, services.clock()) for one in turns):
        return False
    async with services.database.transaction() as tx:
        held, now = await locked(tx, place_id), services.clock()
        changed = await notice_gone(tx, await floor_of(tx, held, now), present)
        if changed:
            await tell(tx, held, "turn", now)
    return changed


def _to_note(turn: Turn, present: Collection[UUID], now: datetime) -> bool:
    if turn.gone_since is None or turn.account_id in present:
        return (turn.account_id in present) != (turn.gone_since is None)
    return now - turn.gone_since >= GONE


JOBS = (Job("meetings", EVERY_SECONDS, keep_meetings_going),)
