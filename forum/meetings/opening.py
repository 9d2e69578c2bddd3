"""Opening a meeting and closing it: by a host, or by the clock; its steps, and how long it may take."""

from datetime import datetime

from sqlmodel import col, delete, select

from forum.broadcasts import has_facilitator
from forum.calendar.kinds import Transcript
from forum.calendar.tables import SignUp
from forum.database import Transaction
from forum.errors import Conflict
from forum.facts import PlaceChanged
from forum.language import N_
from forum.meetings.finding import Held, locked
from forum.meetings.hours import PROLONG_MINUTES, PROLONG_MOST
from forum.meetings.tables import Phase
from forum.meetings.telling import tell
from forum.meetings.turns import clear, floor_of
from forum.services import Services
from forum.spaces.tables import Guest

TOO_EARLY = N_("A meeting can be opened from 15 minutes before its start.")
IN_PERSON = N_("This gathering is in person: there is no room to open.")
LONG_ENOUGH = N_("It has been made longer by an hour already. Find an end together, or plan another date.")


async def open_room(tx: Transaction, held: Held, now: datetime) -> bool:
    """Open the lobby's door, and fix what becomes of what is said; Conflict where it is too early.

    A meeting that is open stays so, and one that is over does not open again.
    """
    if held.meeting.phase != Phase.LOBBY or held.occurrence.cancelled_at is not None:
        return False
    if not held.online:
        raise Conflict(IN_PERSON)
    if now < held.hours.lobby_from:
        raise Conflict(TOO_EARLY)
    meeting, place = held.meeting, held.place
    meeting.phase, meeting.opened_at, meeting.transcript = Phase.OPEN, now, held.gathering.transcript
    meeting.step_since = now
    place.silent_since, place.last_at = None, now
    tx.record(PlaceChanged(place.id, place.closed, place.slow_seconds, place.needs_facilitator))
    await tell(tx, held, "opened", now)
    return True


async def close_room(tx: Transaction, held: Held, now: datetime) -> bool:
    """End a meeting: nobody speaks in it any more, and only those read on whom the transcript is for."""
    if held.meeting.phase == Phase.CLOSED:
        return False
    was_open = held.meeting.opened_at is not None
    await clear(tx, await floor_of(tx, held, now))
    held.meeting.phase, held.meeting.closed_at = Phase.CLOSED, now
    held.place.silent_since = held.place.silent_since or now
    await tell(tx, held, "closed", now)
    if was_open:
        await _keep_readers(tx, held)
    return True


async def _keep_readers(tx: Transaction, held: Held) -> None:
    """Of what is erased nobody reads anything anyway; what is kept is read by hosts, or by who came."""
    if held.transcript == Transcript.DROP:
        return
    others = [col(Guest.place_id) == held.id, col(Guest.host).is_(False)]
    if held.transcript == Transcript.GUESTS:
        date = held.occurrence.id
        came = select(SignUp.account_id).where(SignUp.occurrence_id == date, col(SignUp.came_at).is_not(None))
        others.append(col(Guest.account_id).not_in(came))
    await tx.session.exec(delete(Guest).where(*others))


async def prolong(tx: Transaction, held: Held, now: datetime) -> bool:
    """Let the meeting take 15 minutes longer, an hour at most in all: Conflict beyond that."""
    if held.meeting.phase == Phase.CLOSED:
        return False
    if held.meeting.prolonged_minutes + PROLONG_MINUTES > PROLONG_MOST:
        raise Conflict(LONG_ENOUGH)
    held.meeting.prolonged_minutes += PROLONG_MINUTES
    await tell(tx, held, "prolonged", now)
    return True


async def next_step(tx: Transaction, held: Held, seen: int, now: datetime) -> bool:
    """Go on to the step after the one that a host saw: two hosts at once go one step."""
    at_end = held.meeting.step + 1 >= len(held.agenda)
    if held.meeting.phase != Phase.OPEN or held.meeting.step != seen or at_end:
        return False
    held.meeting.step, held.meeting.step_since = seen + 1, now
    await tell(tx, held, "step", now)
    return True


async def keep_hours(services: Services, held: Held) -> bool:
    """Open or close a meeting whose time has come; harmless at any time, by any number of workers.

    `held` is how it was just read; it is looked at again once it is locked.
    """
    host_here = await has_facilitator(services.backplane, held.id)
    if due(held, services.clock(), host_here=host_here) is None:
        return False
    async with services.database.transaction() as tx:
        held, now = await locked(tx, held.id), services.clock()
        match due(held, now, host_here=host_here):
            case Phase.OPEN:
                return await open_room(tx, held, now)
            case Phase.CLOSED:
                return await close_room(tx, held, now)
    return False


def due(held: Held, now: datetime, *, host_here: bool) -> Phase | None:
    """Return the phase that the clock asks for; what was cancelled is over."""
    if held.occurrence.cancelled_at is not None and held.meeting.phase != Phase.CLOSED:
        return Phase.CLOSED
    return held.hours.due(held.meeting.phase, now, host_here=host_here and held.online)
