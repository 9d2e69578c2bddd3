"""Plans a gathering with one date for tests: its words, its hosts, who has a seat, and its meeting."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from forum.calendar.kinds import Transcript
from forum.calendar.tables import Coming, Gathering, Host, Occurrence, SignUp, Stage
from forum.facts import GatheringChanged
from forum.meetings.acting import act
from forum.meetings.finding import Held, held_at
from forum.meetings.opening import open_room
from forum.meetings.tables import Turn
from forum.meetings.telling import open_turns
from forum.rooms.attendance import Attendance, enter
from forum.spaces.tables import Guest, Place, PlaceKind
from tests.builders import Community, Member

AGENDA = "5 Arriving\n20 Sharing\nA quiet end"


@dataclass(frozen=True, slots=True)
class Planned:
    """One date of a gathering, and the place of its meeting."""

    community: Community
    place_id: UUID
    occurrence_id: UUID
    gathering_id: UUID
    host: Member

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/meetings/{self.place_id}"

    async def held(self) -> Held:
        """Return the meeting as it is now."""
        async with self.community.services.database.reading() as session:
            return await held_at(session, await session.get_one(Place, self.place_id))

    async def do(self, who: Member, what: str, **fields: object) -> None:
        """Do something in it, as a form does."""
        form = {"do": what, **{name: str(value) for name, value in fields.items()}}
        await act(self.community.services, self.place_id, who.viewer, form)

    async def open(self) -> None:
        """Open it now, whatever the clock says."""
        async with self.community.services.database.transaction() as tx:
            held = await held_at(tx.session, await tx.session.get_one(Place, self.place_id))
            await open_room(tx, held, held.hours.starts_at)

    async def arrive(self, *members: Member) -> None:
        """Let members be in it."""
        for one in members:
            here = Attendance(self.community.services, one.viewer, str(one.id))
            await enter(here, self.community.services, self.place_id, meeting=True)

    async def depart(self, member: Member) -> None:
        """Let a member leave it."""
        here = Attendance(self.community.services, member.viewer, str(member.id))
        await enter(here, self.community.services, self.place_id, meeting=True)
        await here.depart(self.place_id)

    async def turns(self) -> list[tuple[str, str]]:
        """Return whose turns are open, in order, and how far each is."""
        async with self.community.services.database.reading() as session:
            return [(handle, turn.state) for turn, handle in await open_turns(session, self.place_id)]

    async def sharing(self) -> Turn | None:
        """Return the turn that is taken."""
        async with self.community.services.database.reading() as session:
            turns = [turn for turn, _ in await open_turns(session, self.place_id)]
        return next((turn for turn in turns if turn.state == "sharing"), None)

    async def guest(self, member: Member) -> Guest | None:
        """Return the member as its guest."""
        async with self.community.services.database.reading() as session:
            return await session.get(Guest, (self.place_id, member.id))

    async def seat(self, member: Member) -> SignUp | None:
        """Return what the member said about coming, and whether they came."""
        async with self.community.services.database.reading() as session:
            return await session.get(SignUp, (self.occurrence_id, member.id))


async def planned(community: Community, *seated: Member, host: Member | None = None, **plan: Any) -> Planned:
    """Plan a date that begins in an hour and takes one, and make its meeting as scheduling it does."""
    host = host or await community.member("Juniper")
    space, now = await community.space(), community.clock()
    start = now + timedelta(hours=1)
    wanted = {"agenda": AGENDA, "transcript": Transcript.DROP} | plan
    async with community.services.database.transaction() as tx:
        leaf = Place(kind=PlaceKind.GATHERING, space_id=space.id, last_at=now, created_at=now)
        tx.session.add(leaf)
        await tx.session.flush()
        gathering = Gathering(
            place_id=leaf.id,
            made_by_id=host.id,
            stage=Stage.SCHEDULED,
            created_at=now,
            changed_at=now,
            **wanted,
        )
        tx.session.add(gathering)
        await tx.session.flush()
        date = Occurrence(
            gathering_id=gathering.id,
            recurs_local="2026-11-22T19:00",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            changed_at=now,
        )
        tx.session.add_all([date, Host(gathering_id=gathering.id, account_id=host.id)])
        await tx.session.flush()
        tx.session.add_all([a_seat(date.id, one, community) for one in seated])
        await tx.session.flush()
        tx.record(GatheringChanged(gathering.id, (date.id,), "scheduled", host.id, now))
    assert date.meeting_id is not None
    return Planned(community, date.meeting_id, date.id, gathering.id, host)


def a_seat(occurrence_id: UUID, member: Member, community: Community, **how: Any) -> SignUp:
    """Return what somebody with a seat has said."""
    row: dict[str, Any] = {"reply": Coming.YES, "at": community.clock(), "seated_at": community.clock()} | how
    return SignUp(occurrence_id=occurrence_id, account_id=member.id, **row)
