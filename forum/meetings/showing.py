"""What the pages of a meeting show one reader: how far it is, whose turn it is, whether they can write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.kinds import Transcript
from forum.language import N_, Words
from forum.meetings.finding import Held
from forum.meetings.tables import Phase
from forum.meetings.telling import stamp, state_of_meeting
from forum.messages.openness import MUTED, SHARING
from forum.rooms.presence import state_of
from forum.services import Services
from forum.spaces.tables import Guest
from realtime.frames import MeetingState

WORDS: Mapping[str, Words] = {
    "with_you": N_("With you"),
    "thank_you": N_("Thank you"),
    "heard": N_("Heard"),
}
"""What others can send to who shares."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one reader stands in a meeting: a moderator who looks in is neither guest nor host."""

    id: UUID
    guest: bool = False
    host: bool = False
    muted: bool = False


async def standing_in(session: AsyncSession, held: Held, viewer: Viewer) -> Standing:
    """Return how the reader stands."""
    query = select(Guest).where(Guest.place_id == held.id, Guest.account_id == viewer.id)
    row = (await session.exec(query)).first()
    return Standing(viewer.id) if row is None else Standing(viewer.id, True, row.host, row.muted)


def reads_transcript(held: Held, standing: Standing, viewer: Viewer) -> bool:
    """Whether this reader may read what was said, now that it is over."""
    match held.transcript:
        case Transcript.KEEP:
            return standing.host or viewer.can_moderate
        case Transcript.GUESTS:
            return standing.guest or viewer.can_moderate
    return False


async def told_of_meeting(
    services: Services, session: AsyncSession, held: Held, standing: Standing
) -> dict[str, object]:
    """Return what every page of a meeting is given."""
    state, now = await state_of_meeting(session, held), services.clock()
    return {
        "meeting": _plan(held) | _times(held, now),
        "state": state,
        "standing": standing,
        "floor": floor_for(state, standing.id),
        "words": WORDS,
        "sharing_words": SHARING,
        "muted_words": MUTED,
    }


def _plan(held: Held) -> dict[str, object]:
    """Return what was planned."""
    return {
        "id": held.id,
        "occurrence": held.occurrence.id,
        "title": held.place.name,
        "phase": held.meeting.phase,
        "cancelled": held.occurrence.cancelled_at is not None,
        "came_about": held.meeting.opened_at is not None,
        "transcript": Transcript(held.transcript).words,
        "agenda": held.agenda,
        "turn_minutes": held.gathering.turn_minutes,
        "takes_questions": held.gathering.takes_questions,
        "votes": held.gathering.votes_on_questions,
        "online": held.online,
    }


def _times(held: Held, now: datetime) -> dict[str, object]:
    """Return when it begins and ends, and what has begun by now."""
    return {
        "starts_at": held.hours.starts_at,
        "closes_at": held.hours.closes_at,
        "begun": now >= held.hours.starts_at,
        "gathers": now >= held.hours.lobby_from,
        "step_ends_at": held.step_ends_at,
        "now": stamp(now),
    }


def floor_for(state: MeetingState, viewer_id: UUID) -> dict[str, object]:
    """Return whose turn it is, for one of them: their own turn, or their number on the list."""
    members = [member for member, _ in state.hands]
    own = str(viewer_id)
    return {
        "mine": state.sharing is not None and state.sharing.member == own,
        "number": members.index(own) + 1 if own in members else None,
    }


async def told_of_room(
    services: Services, held: Held, standing: Standing, shut: Words | None
) -> dict[str, object]:
    """Return how the meeting's log and composer look, in the words of rooms."""
    place, state = held.place, await state_of(services, held.place)
    free = standing.host or not (state.paused or state.waiting_for_facilitator or shut is not None)
    return {
        "id": place.id,
        "name": place.name,
        "about": "",
        "url": f"/meetings/{place.id}/messages",
        "paused": state.paused,
        "slow_seconds": state.slow_seconds,
        "needs_facilitator": place.needs_facilitator,
        "waiting_for_facilitator": state.waiting_for_facilitator,
        "can_facilitate": standing.host,
        "can_speak": standing.guest and free and held.meeting.phase == Phase.OPEN,
        "guest": standing.guest,
        "shut": None if standing.host else shut,
        "hosted": True,
        "bar": "meetings/turn.html" if standing.guest else None,
        "seq": place.last_seq,
    }


def why_shut(state: MeetingState, standing: Standing, *, mine: bool) -> Words | None:
    """Return why a guest listens just now, or None."""
    if mine or standing.host or not standing.guest:
        return None
    if standing.muted:
        return MUTED
    return SHARING if state.sharing is not None else None
