"""Claims about planning: the outbox is what who comes, when, and who wants to hear of it, say."""

from datetime import timedelta

import pytest

from forum.calendar.tables import Stage
from forum.mailing.tables import Channel
from forum.reminders.planning import About, differences, replan
from forum.reminders.tables import ReminderChoice
from tests.builders import Community
from tests.forum.reminders.gathered import (
    change,
    coming,
    holding,
    outbox,
    plan,
    record_change,
    wants_letters,
)


@pytest.mark.everywhere
async def test_who_signs_up_is_reminded_a_day_and_an_hour_before(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)

    await coming(community, rowan, planned.date)

    rows = await outbox(community)
    start = planned.date.starts_at
    assert [row.due_at for row in rows] == [start - timedelta(days=1), start - timedelta(hours=1)]
    assert {row.channel for row in rows} == {Channel.PAGE}
    assert {row.expires_at for row in rows} == {start}


async def test_letters_are_planned_only_for_who_wants_them_and_has_confirmed_the_address(
    community: Community,
) -> None:
    rowan, planned = await community.member(), await plan(community)
    await wants_letters(community, rowan, minutes="60")

    await coming(community, rowan, planned.date)

    assert [row.channel for row in await outbox(community)] == [Channel.MAIL, Channel.PAGE]


@pytest.mark.parametrize(("reply", "queue", "expected"), [("maybe", None, 2), ("yes", 3, 0), ("no", None, 0)])
async def test_who_may_come_is_reminded_who_waits_or_stays_away_is_not(
    community: Community, reply: str, queue: int | None, expected: int
) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)

    await coming(community, rowan, planned.date, reply, queue)

    assert len(await outbox(community)) == expected


async def test_what_would_have_come_before_signing_up_is_not_made_up_for(community: Community) -> None:
    rowan = await community.member()
    planned = await plan(community, community.clock() + timedelta(hours=5))

    await coming(community, rowan, planned.date)

    assert len(await outbox(community)) == 1


async def test_a_date_that_moves_takes_its_reminders_along(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    later = planned.date.starts_at + timedelta(days=2)

    await change(community, planned.date, starts_at=later, sequence=1)
    await record_change(community, planned, "moved")

    assert [row.due_at for row in await outbox(community)] == [
        later - timedelta(days=1),
        later - timedelta(hours=1),
    ]


@pytest.mark.parametrize("how", ["date", "gathering"])
async def test_what_is_cancelled_has_no_reminders(community: Community, how: str) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)

    if how == "date":
        await change(community, planned.date, cancelled_at=community.clock(), sequence=1)
    else:
        await change(community, planned.gathering, stage=Stage.CANCELLED)
    await record_change(community, planned, "cancelled")

    assert await outbox(community) == []


async def test_planning_twice_changes_nothing(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    before = await outbox(community)

    async with community.services.database.transaction() as tx:
        changed = await replan(tx, About([planned.date.id]), community.clock())

    assert changed == 0
    assert await outbox(community) == before


async def test_what_was_sent_stays_sent_when_a_date_moves_there_and_back(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    start, now = planned.date.starts_at, community.clock()
    async with community.services.database.transaction() as tx:
        for row in await outbox(community):
            row.sent_at = now
            await tx.session.merge(row)

    for moment in (start + timedelta(hours=3), start):
        await change(community, planned.date, starts_at=moment)
        await record_change(community, planned, "moved")

    rows = [row for row in await outbox(community) if row.expires_at == start]
    assert len(rows) == 2
    assert {row.sent_at for row in rows} == {now}
    assert len(await outbox(community)) == 2


async def test_other_quiet_hours_move_what_is_planned(community: Community) -> None:
    rowan = await community.member()
    planned = await plan(community, community.clock().replace(hour=8) + timedelta(days=3))
    await coming(community, rowan, planned.date)

    async with community.services.database.transaction() as tx:
        await tx.session.merge(
            ReminderChoice(account_id=rowan.id, minutes="60", quiet_from=20, quiet_until=8)
        )
        await tx.session.flush()
        await replan(tx, About(account_id=rowan.id), community.clock())

    [row] = await outbox(community)
    assert row.due_at == planned.date.starts_at.replace(hour=19, minute=55) - timedelta(days=1)


async def test_what_is_due_and_waits_for_a_worker_is_kept(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    community.clock.now = planned.date.starts_at - timedelta(minutes=30)

    async with community.services.database.reading() as session:
        assert not await differences(session, About([planned.date.id]), community.clock())


@pytest.mark.everywhere
async def test_hosts_are_reminded_of_every_date_they_hold_unless_they_say_no(community: Community) -> None:
    wren, teasel = await community.member("Wren"), await community.member("Teasel")
    now = community.clock()
    planned = await plan(community, now + timedelta(days=3), now + timedelta(days=5))
    await holding(community, planned, wren, teasel)
    await record_change(community, planned, "scheduled")

    await coming(community, teasel, planned.date, "no")

    told = [(row.account_id, row.about_id) for row in await outbox(community)]
    first, second = (date.id for date in planned.dates)
    assert sorted(told) == sorted([(wren.id, first), (wren.id, second), (teasel.id, second)] * 2)


async def test_who_holds_it_no_more_is_reminded_no_more(community: Community) -> None:
    wren, teasel = await community.member("Wren"), await community.member("Teasel")
    planned = await plan(community)
    await holding(community, planned, wren)
    await record_change(community, planned, "scheduled")

    await holding(community, planned, teasel)
    await record_change(community, planned, "changed")

    assert {row.account_id for row in await outbox(community)} == {teasel.id}


async def test_of_dates_far_ahead_hosts_have_nothing_in_the_outbox_yet(community: Community) -> None:
    wren, now = await community.member("Wren"), community.clock()
    planned = await plan(community, *(now + timedelta(weeks=week) for week in range(1, 9)))
    await holding(community, planned, wren)

    await record_change(community, planned, "scheduled")

    assert {row.about_id for row in await outbox(community)} == {planned.date.id}
