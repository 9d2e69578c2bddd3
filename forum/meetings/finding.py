"""A meeting with the date it belongs to, and who of its guests is asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.kinds import Format
from forum.calendar.tables import Gathering, Occurrence
from forum.database import Transaction
from forum.errors import Forbidden, NotFound
from forum.meetings.hours import Hours, Step, agenda_of
from forum.meetings.tables import Meeting, Phase
from forum.spaces.access import find_place
from forum.spaces.tables import Guest, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, its place, and what was planned for its date."""

    place: Place
    meeting: Meeting
    occurrence: Occurrence
    gathering: Gathering

    @property
    def id(self) -> UUID:
        """The id of its place, which is in its address."""
        return self.place.id

    @property
    def online(self) -> bool:
        """Whether there is a room to open; else people meet in person, and hosts note who came."""
        return self.gathering.format != Format.PLACE

    @property
    def hours(self) -> Hours:
        """When it opens and closes."""
        return Hours(self.occurrence.starts_at, self.occurrence.ends_at, self.meeting.prolonged_minutes)

    @property
    def transcript(self) -> str:
        """What becomes of what is said: as announced, once it was."""
        return self.meeting.transcript or self.gathering.transcript

    @property
    def agenda(self) -> tuple[Step, ...]:
        """Its steps."""
        return agenda_of(self.gathering.agenda)

    @property
    def step_ends_at(self) -> datetime | None:
        """When the step that they are at should have an end; None where none was set, or nothing begun."""
        at, since = self.meeting.step, self.meeting.step_since
        if since is None or at >= len(self.agenda) or not self.agenda[at].minutes:
            return None
        return since + timedelta(minutes=self.agenda[at].minutes)


async def held_at(session: AsyncSession, place: Place) -> Held:
    """Return the meeting of a place; NotFound where no date has it."""
    query = (
        select(Meeting, Occurrence, Gathering)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.place_id))
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(col(Meeting.place_id) == place.id)
        .execution_options(populate_existing=True)
    )
    found = (await session.exec(query)).first()
    if found is None:
        raise NotFound
    return Held(place, *found)


async def is_on(session: AsyncSession, place_id: UUID) -> bool:
    """Whether a meeting is not over: what was said in one that is can be read on its page alone."""
    meeting = await session.get(Meeting, place_id)
    return meeting is None or meeting.phase != Phase.CLOSED


async def find_meeting(session: AsyncSession, place_id: UUID, viewer: Viewer) -> Held:
    """Return the meeting, or raise NotFound when it does not exist for this reader."""
    place, _ = await find_place(session, place_id, viewer.id, viewer.role)
    if place.kind != PlaceKind.MEETING:
        raise NotFound
    return await held_at(session, place)


async def locked(tx: Transaction, place_id: UUID) -> Held:
    """Return the meeting with the row of its place locked, as it is now: whoever changes it comes alone.

    Whatever is published takes the same row, so nobody who holds it waits for somebody who waits for them.
    """
    query = select(Place).where(col(Place.id) == place_id).with_for_update()
    place = (await tx.session.exec(query.execution_options(populate_existing=True))).first()
    if place is None:
        raise NotFound
    return await held_at(tx.session, place)


async def check_guest(tx: Transaction, held: Held, viewer: Viewer, *, host: bool = False) -> None:
    """Raise Forbidden for who may only look at a meeting, or is no host where it takes one."""
    query = select(Guest).where(Guest.place_id == held.id, Guest.account_id == viewer.id)
    guest = (await tx.session.exec(query.execution_options(populate_existing=True))).first()
    if guest is None or (host and not guest.host):
        raise Forbidden
