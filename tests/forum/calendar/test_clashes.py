"""Claims about clashes: a host can be in one place at a time, and so can two gatherings at one venue."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from forum.calendar.clashes import Clash, Wanted, clashes
from forum.calendar.dates import Planned
from tests.builders import Community
from tests.forum.calendar.gatherings import FOUR_TUESDAYS, Calendar

PLACE = {"format": "place", "area": "Old town", "venue": "8 Mount Street"}


def at(*starts: datetime, minutes: int = 60) -> list[Planned]:
    return [Planned(one.replace(tzinfo=None), one, one + timedelta(minutes=minutes)) for one in starts]


async def found(
    calendar: Calendar, dates: list[Planned], venue: str = "", but: UUID | None = None
) -> list[Clash]:
    async with calendar.services.database.reading() as session:
        return list(await clashes(session, Wanted(dates, [calendar.manager.id], venue, but)))


async def test_a_host_who_is_elsewhere_then_is_named_with_what_they_hold(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    told = await found(calendar, at(FOUR_TUESDAYS[1] + timedelta(minutes=30)))

    assert told == [Clash("Marlow", FOUR_TUESDAYS[1], gathering_id, "Tuesday circle")]


async def test_what_ends_as_the_other_begins_is_no_clash(community: Community) -> None:
    calendar = await Calendar.of(community)
    await calendar.weekly()
    hour = timedelta(hours=1)

    assert await found(calendar, at(FOUR_TUESDAYS[1] - hour, FOUR_TUESDAYS[1] + hour)) == []
    assert await found(calendar, []) == []


async def test_a_venue_is_the_same_however_it_is_written(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(**PLACE)
    wren = await community.member("Wren")
    wanted = Wanted(at(FOUR_TUESDAYS[0]), [wren.id], " 8 MOUNT  street")

    async with community.services.database.reading() as session:
        told = await clashes(session, wanted)

    assert [(one.handle, one.gathering_id) for one in told] == [("", gathering_id)]


async def test_drafts_cancelled_dates_and_what_is_being_changed_do_not_clash(community: Community) -> None:
    calendar = await Calendar.of(community)
    await calendar.gathering(True, **PLACE)
    gathering_id = await calendar.gathering(**PLACE)

    dates = at(FOUR_TUESDAYS[0])
    assert len(await found(calendar, dates, "8 Mount Street")) == 2
    assert await found(calendar, dates, "8 Mount Street", but=gathering_id) == []
    async with community.services.database.transaction() as tx:
        (date,) = await calendar.dates(gathering_id)
        date.cancelled_at = datetime(2026, 11, 22, tzinfo=UTC)
        await tx.session.merge(date)
    assert await found(calendar, dates, "8 Mount Street") == []
