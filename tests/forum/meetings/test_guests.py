"""Who may come into a meeting: hosts and whoever has a seat or said maybe, and nobody else."""

from uuid import UUID

import pytest
from sqlmodel import select

from forum.calendar.tables import Coming, Occurrence
from forum.meetings.guests import keep_guests, make_meeting
from forum.meetings.tables import Meeting
from forum.spaces.tables import Guest, Removal
from tests.builders import Community
from tests.forum.meetings.gathered import Planned, a_seat, planned

pytestmark = pytest.mark.everywhere


async def guests_of(meeting: Planned) -> dict[UUID, bool]:
    """Return who may come in, and whether as a host."""
    async with meeting.community.services.database.reading() as session:
        rows = (await session.exec(select(Guest).where(Guest.place_id == meeting.place_id))).all()
    return {one.account_id: one.host for one in rows}


async def test_who_has_a_seat_or_said_maybe_comes_in_and_who_waits_or_declined_does_not(
    community: Community,
) -> None:
    seated, maybe, queued, declined = [
        await community.member(name) for name in ("Rowan", "Wren", "Linnet", "Sedge")
    ]
    meeting = await planned(community, seated)
    async with community.services.database.transaction() as tx:
        tx.session.add_all(
            [
                a_seat(meeting.occurrence_id, maybe, community, reply=Coming.MAYBE, seated_at=None),
                a_seat(meeting.occurrence_id, queued, community, queue_number=1, seated_at=None),
                a_seat(meeting.occurrence_id, declined, community, reply=Coming.NO, seated_at=None),
            ]
        )
        await tx.session.flush()
        await keep_guests(tx, await tx.session.get_one(Occurrence, meeting.occurrence_id))

    assert await guests_of(meeting) == {meeting.host.id: True, seated.id: False, maybe.id: False}


async def test_a_host_with_a_seat_is_a_host(community: Community) -> None:
    host = await community.member("Juniper")

    meeting = await planned(community, host, host=host)

    assert await guests_of(meeting) == {host.id: True}


async def test_a_meeting_is_made_once_and_nobody_speaks_in_it_yet(community: Community) -> None:
    meeting = await planned(community)

    async with community.services.database.transaction() as tx:
        date = await tx.session.get_one(Occurrence, meeting.occurrence_id)
        again = await make_meeting(tx, date)
        made = (await tx.session.exec(select(Meeting))).all()

    assert again.id == meeting.place_id
    assert again.silent_since is not None
    assert len(made) == 1


async def test_who_was_asked_to_leave_stays_out_whatever_seat_they_have(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    async with community.services.database.transaction() as tx:
        at = community.clock()
        tx.session.add(Removal(place_id=meeting.place_id, account_id=rowan.id, since=at))
        await tx.session.flush()
        await keep_guests(tx, await tx.session.get_one(Occurrence, meeting.occurrence_id))

    assert await guests_of(meeting) == {meeting.host.id: True}


async def test_guests_of_a_meeting_that_is_over_stay_as_they_are(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, transcript="keep")
    await meeting.open()
    await meeting.do(meeting.host, "end")
    async with community.services.database.transaction() as tx:
        tx.session.add(a_seat(meeting.occurrence_id, wren, community))
        await tx.session.flush()
        await keep_guests(tx, await tx.session.get_one(Occurrence, meeting.occurrence_id))

    assert await guests_of(meeting) == {meeting.host.id: True}
