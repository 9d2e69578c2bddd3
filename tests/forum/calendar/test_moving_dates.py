"""Claims about moving dates: what hangs on a date keeps it from being deleted, whoever wrote it."""

from uuid import UUID

import pytest
from sqlmodel import select

from forum.calendar.moving_dates import cancel_date, drop_dates
from forum.calendar.tables import Coming, Occurrence
from forum.spaces.tables import Guest, Place, PlaceKind
from tests.builders import HARMLESS, Community, Member
from tests.forum.calendar.gatherings import Calendar

pytestmark = pytest.mark.everywhere


async def with_meeting(calendar: Calendar, date: Occurrence, host: Member) -> UUID:
    """Make the room of a date, as it is made for its guests."""
    community, now = calendar.community, calendar.community.clock()
    place = Place(
        kind=PlaceKind.MEETING, space_id=calendar.space.id, name="Circle", last_at=now, created_at=now
    )
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
        await tx.session.flush()
        tx.session.add(Guest(place_id=place.id, account_id=host.id, host=True))
        (await tx.session.get_one(Occurrence, date.id)).meeting_id = place.id
    return place.id


async def drop(calendar: Calendar, gathering_id: UUID) -> list[UUID]:
    """Take every date away; return those that are cancelled instead."""
    async with calendar.services.database.transaction() as tx:
        query = select(Occurrence).where(Occurrence.gathering_id == gathering_id)
        dates = (await tx.session.exec(query)).all()
        return await drop_dates(tx.session, dates, calendar.services.clock())


async def test_a_date_on_which_nothing_hangs_goes_with_the_room_that_was_made_for_it(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    (date,) = await calendar.dates(gathering_id)
    meeting_id = await with_meeting(calendar, date, calendar.manager)

    assert await drop(calendar, gathering_id) == []

    async with community.services.database.reading() as session:
        assert await session.get(Occurrence, date.id) is None
        assert await session.get(Place, meeting_id) is None


@pytest.mark.parametrize("reply", Coming)
async def test_a_date_that_somebody_has_answered_is_cancelled(community: Community, reply: Coming) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.gathering()
    (date,) = await calendar.dates(gathering_id)
    await calendar.sign_up(date, rowan, reply)

    assert await drop(calendar, gathering_id) == [date.id]

    (date,) = await calendar.dates(gathering_id)
    assert (date.cancelled_at, date.sequence) == (community.clock(), 1)


async def test_a_date_in_whose_room_something_was_said_is_cancelled_and_its_room_stays(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    (date,) = await calendar.dates(gathering_id)
    meeting_id = await with_meeting(calendar, date, calendar.manager)
    await community.say(calendar.manager, meeting_id, HARMLESS)

    assert await drop(calendar, gathering_id) == [date.id]

    async with community.services.database.reading() as session:
        assert await session.get(Place, meeting_id) is not None
        assert await session.get(Guest, (meeting_id, calendar.manager.id)) is not None


async def test_a_cancelled_date_counts_up_what_calendars_hear(community: Community) -> None:
    calendar = await Calendar.of(community)
    (date,) = await calendar.dates(await calendar.gathering())

    cancel_date(date, community.clock())

    assert (date.cancelled_at, date.changed_at, date.sequence) == (community.clock(), community.clock(), 1)
