"""Claims about news: who signed up hears of what changed, once, and nobody else does."""

from datetime import timedelta

import pytest

from forum.facts import SeatChanged
from forum.mailing.tables import Channel
from forum.notifications.noticing import CANCELLED, MOVED, SEAT
from forum.reminders.news import MOST_AT_ONCE
from forum.spaces.tables import Audience
from tests.builders import Community
from tests.forum.reminders.gathered import (
    change,
    coming,
    holding,
    notices,
    outbox,
    plan,
    record,
    record_change,
    wants_letters,
)


@pytest.mark.everywhere
@pytest.mark.parametrize(("what", "kind"), [("cancelled", CANCELLED), ("moved", MOVED)])
async def test_whoever_signed_up_or_waits_hears_that_a_date_changed(
    community: Community, what: str, kind: str
) -> None:
    rowan, willow, aspen = [await community.member(name) for name in ("Rowan", "Willow", "Aspen")]
    planned = await plan(community)
    await coming(community, rowan, planned.date)
    await coming(community, willow, planned.date, queue=1)
    await coming(community, aspen, planned.date, "no")

    await record_change(community, planned, what)

    for member, expected in ((rowan, [kind]), (willow, [kind]), (aspen, []), (planned.manager, [])):
        told = await notices(community, member.id)
        assert [one.kind for one in told] == expected
        assert {one.occurrence_id for one in told} <= {planned.date.id}


async def test_whoever_changed_it_is_not_told(community: Community) -> None:
    planned = await plan(community)
    await coming(community, planned.manager, planned.date)

    await record_change(community, planned, "cancelled")

    assert await notices(community, planned.manager.id) == []


@pytest.mark.parametrize("what", ["scheduled", "changed"])
async def test_nobody_is_told_of_what_does_not_concern_the_time(community: Community, what: str) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)

    await record_change(community, planned, what)

    assert await notices(community, rowan.id) == []


async def test_who_gets_a_place_hears_of_it_and_is_reminded_from_then_on(community: Community) -> None:
    rowan, willow, planned = await community.member(), await community.member("Willow"), await plan(community)
    for member, queue in ((rowan, 1), (willow, 2)):
        await wants_letters(community, member)
        await coming(community, member, planned.date, queue=queue)

    await coming(community, rowan, planned.date)
    await record(community, SeatChanged(planned.date.id, rowan.id, "promoted", community.clock()))

    assert [one.kind for one in await notices(community, rowan.id)] == [SEAT]
    assert await notices(community, willow.id) == []
    rows = await outbox(community, Channel.MAIL)
    assert [row.kind for row in rows] == [SEAT, "gathering-soon", "gathering-soon"]
    assert {row.account_id for row in rows} == {rowan.id}


async def test_a_letter_waits_for_the_end_of_quiet_hours_and_the_notice_does_not(
    community: Community,
) -> None:
    rowan, planned = await community.member(), await plan(community)
    await wants_letters(community, rowan, quiet_from=17, quiet_until=20)
    await coming(community, rowan, planned.date)
    await change(community, planned.date, cancelled_at=community.clock())

    await record_change(community, planned, "cancelled")

    [letter] = await outbox(community, Channel.MAIL)
    assert letter.due_at == community.clock() + timedelta(hours=2)
    assert [one.at for one in await notices(community, rowan.id)] == [community.clock()]


async def test_of_a_long_series_a_member_hears_of_the_next_dates(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, *(now + timedelta(weeks=week) for week in range(1, 9)))
    for date in planned.dates:
        await coming(community, rowan, date)

    await record_change(community, planned, "cancelled")

    told = [one.occurrence_id for one in await notices(community, rowan.id)]
    assert told == [date.id for date in planned.dates[:MOST_AT_ONCE]]


async def test_nobody_is_told_of_what_is_over(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    community.clock.forward(days=8)

    await record_change(community, planned, "cancelled")

    assert await notices(community, rowan.id) == []


async def test_what_is_undone_tells_nobody(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    planned_before = await outbox(community)

    with pytest.raises(RuntimeError, match="undone"):
        await _undone(community, SeatChanged(planned.date.id, rowan.id, "promoted", community.clock()))

    assert await notices(community, rowan.id) == []
    assert await outbox(community) == planned_before


async def _undone(community: Community, fact: SeatChanged) -> None:
    async with community.services.database.transaction() as tx:
        tx.record(fact)
        raise RuntimeError("undone")


async def test_a_gathering_that_moves_before_anybody_signed_up_is_no_matter(community: Community) -> None:
    planned = await plan(community)
    await change(community, planned.date, starts_at=planned.date.starts_at + timedelta(hours=1))

    await record_change(community, planned, "moved")

    assert await outbox(community) == []


@pytest.mark.everywhere
@pytest.mark.parametrize(("what", "kind"), [("cancelled", CANCELLED), ("moved", MOVED)])
async def test_its_hosts_hear_that_a_date_changed_unless_it_was_them(
    community: Community, what: str, kind: str
) -> None:
    wren, planned = await community.member("Wren"), await plan(community)
    await holding(community, planned, wren, planned.manager)

    await record_change(community, planned, what)

    assert [one.kind for one in await notices(community, wren.id)] == [kind]
    assert await notices(community, planned.manager.id) == []


@pytest.mark.everywhere
async def test_a_host_who_is_not_in_the_space_reads_the_notice_and_nobody_else_who_is_not(
    community: Community,
) -> None:
    wren, rowan = await community.member("Wren"), await community.member()
    planned = await plan(community, space=await community.space(Audience.INVITED))
    await holding(community, planned, wren)
    await coming(community, rowan, planned.date)

    await record_change(community, planned, "cancelled")

    said = "A gathering of yours is cancelled"
    for member, reads in ((wren, True), (rowan, False)):
        async with community.browser(member) as browser:
            assert (said in (await browser.get("/notices")).text) == reads
