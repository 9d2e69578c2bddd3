"""Claims about the worker: each reminder once, letters and notices, and what was missed is put right."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import delete

from forum.housekeeping import JOBS as ALL
from forum.mail.opening import open_mailer
from forum.mailing.tables import Channel, Outgoing
from forum.messages.tables import Message, State
from forum.reminders.work import JOBS, notice_due, send_letters, sweep
from tests.builders import Community
from tests.forum.reminders.gathered import (
    ADDRESS,
    change,
    coming,
    holding,
    notices,
    outbox,
    plan,
    wants_letters,
)
from tests.postbox import Postbox


@pytest.mark.everywhere
async def test_a_notice_comes_when_it_is_due_and_once_however_many_workers_look(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    early = await notice_due(community.services)
    community.clock.now = planned.date.starts_at - timedelta(days=1)

    done = await asyncio.gather(*(notice_due(community.services) for _ in range(3)))

    assert (early, sum(done)) == (0, 1)
    [notice] = await notices(community, rowan.id)
    assert (notice.kind, notice.occurrence_id) == ("gathering-soon", planned.date.id)
    assert notice.at == community.clock()


async def test_the_notice_names_the_gathering_until_its_words_are_gone(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    community.clock.now = planned.date.starts_at - timedelta(days=1)
    await notice_due(community.services)
    async with community.browser(rowan) as browser:
        page = (await browser.get("/notices")).text
        [notice] = await notices(community, rowan.id)
        async with community.services.database.transaction() as tx:
            (await tx.session.get_one(Message, notice.message_id)).state = State.REMOVED
        gone = (await browser.get("/notices")).text

    assert "<span>Heather tea</span>" in page
    assert "Heather tea" not in gone
    assert "<span>a gathering</span>" in gone


async def test_a_notice_about_what_is_off_is_not_written(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    await change(community, planned.date, cancelled_at=community.clock())
    community.clock.now = planned.date.starts_at - timedelta(days=1)

    assert await notice_due(community.services) == 0
    assert await notices(community, rowan.id) == []
    assert (await outbox(community))[0].why == "unwanted"


async def test_a_letter_arrives_when_it_is_due_and_not_after_the_start(
    community: Community, box: Postbox
) -> None:
    rowan, planned = await community.member(), await plan(community)
    await wants_letters(community, rowan)
    await coming(community, rowan, planned.date)
    services = replace(community.services, mailer=open_mailer(box.url, "post@example.org"))
    early = await send_letters(services)
    community.clock.now = planned.date.starts_at - timedelta(days=1)
    due = await send_letters(services)
    community.clock.now = planned.date.starts_at
    late = await send_letters(services)

    assert (early, due, late) == (0, 1, 0)
    assert [one["To"] for one in box.letters] == [ADDRESS]
    assert [row.why for row in await outbox(community, Channel.MAIL)] == ["", "late"]


@pytest.mark.everywhere
async def test_the_sweep_puts_right_what_a_reaction_missed_and_then_rests(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    before = [row.key for row in await outbox(community)]
    async with community.services.database.transaction() as tx:
        await tx.session.exec(delete(Outgoing))

    mended, again = await sweep(community.services), await sweep(community.services)

    assert (mended, again) == (2, 0)
    assert [row.key for row in await outbox(community)] == before


async def test_the_sweep_follows_a_date_that_moved_untold(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    later = planned.date.starts_at + timedelta(hours=2)
    await change(community, planned.date, starts_at=later)

    await sweep(community.services)

    assert {row.expires_at for row in await outbox(community)} == {later}


@pytest.mark.everywhere
async def test_the_sweep_plans_for_hosts_when_their_date_comes_nearer_and_they_are_told(
    community: Community,
) -> None:
    wren = await community.member("Wren")
    planned = await plan(community, community.clock() + timedelta(days=60))
    await holding(community, planned, wren)
    far = await sweep(community.services)
    community.clock.now = planned.date.starts_at - timedelta(days=8)

    near = await sweep(community.services)
    community.clock.now = planned.date.starts_at - timedelta(days=1)

    assert (far, near, await notice_due(community.services)) == (0, 2, 1)
    [notice] = await notices(community, wren.id)
    assert (notice.kind, notice.occurrence_id) == ("gathering-soon", planned.date.id)


async def test_the_sweep_leaves_alone_what_is_far_ahead(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community, community.clock() + timedelta(days=60))
    await coming(community, rowan, planned.date)
    async with community.services.database.transaction() as tx:
        await tx.session.exec(delete(Outgoing))

    assert await sweep(community.services) == 0


def test_waypost_work_does_all_of_it() -> None:
    assert set(JOBS) <= set(ALL)
    assert {job.name for job in JOBS} == {
        "letters",
        "notices",
        "plan-reminders",
        "ask-afterwards",
        "drop-outgoing",
    }
