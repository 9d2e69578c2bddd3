"""Closing what waits, and opening it again where it stood, or with what waits meanwhile."""

from sqlmodel import select

from forum.facts import ItemChanged
from forum.review.closing import close, close_alerts, close_reports, reopen, reopen_alerts, reopen_reports
from forum.review.reporting import report, report_handle
from forum.review.tables import Report, ReviewItem
from tests.builders import IN_DANGER, Community, published
from tests.forum.talk import hold_one, item_about


async def test_what_is_closed_and_opened_again_keeps_its_place(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    waiting = (await hold_one(community, rowan, room.id)).message_id
    before = await item_about(community, waiting)
    community.clock.forward(minutes=5)

    async with community.services.database.transaction() as tx:
        item = await tx.session.get_one(ReviewItem, before.id)
        await close(tx, item, community.clock())
        closed_at = item.closed_at
        again = await reopen(tx, item, community.clock())
        told = [fact.what for fact in tx.facts if isinstance(fact, ItemChanged)]

    after = await item_about(community, waiting)
    assert (closed_at, again.id, told) == (community.clock(), before.id, ["done", "new"])
    assert (after.opened_at, after.closed_at, after.version) == (before.opened_at, None, before.version + 2)


async def test_what_was_asked_of_somebody_else_stays_theirs_when_it_opens_again(
    community: Community,
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    waiting = (await hold_one(community, rowan, room.id)).message_id
    seen = await item_about(community, waiting)
    async with community.services.database.transaction() as tx:
        item = await tx.session.get_one(ReviewItem, seen.id)
        item.escalated_by = wren.id
        await close(tx, item, community.clock())

        again = await reopen(tx, item, community.clock())

    assert (again.stage, again.escalated_by) == ("second-opinion", wren.id)


async def test_what_waits_meanwhile_about_the_same_is_joined(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id, IN_DANGER)).message_id
    first = await item_about(community, said)
    async with community.services.database.transaction() as tx:
        await close(tx, await tx.session.get_one(ReviewItem, first.id), community.clock())
    await report(community.services, (await community.member("Wren")).viewer, said, "unkind")
    second = await item_about(community, said)

    async with community.services.database.transaction() as tx:
        joined = await reopen(tx, await tx.session.get_one(ReviewItem, first.id), community.clock())

    assert joined.id == second.id != first.id
    assert (joined.lane, joined.severity) == (first.lane, max(first.severity, second.severity))
    assert joined.version == second.version + 1


async def test_reports_and_alerts_are_closed_and_open_again(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet")
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER)).message_id
    await report(community.services, (await community.member("Wren")).viewer, said, "worried")
    item = await item_about(community, said)

    async with community.services.database.transaction() as tx:
        reports = await close_reports(tx, item, community.clock())
        alerts = await close_alerts(tx, item, linnet.id, community.clock())
        none = (
            await close_reports(tx, item, community.clock()),
            await close_alerts(tx, item, linnet.id, community.clock()),
        )
        await reopen_reports(tx, reports)
        await reopen_alerts(tx, alerts)
        again = await close_reports(tx, item, community.clock())

    assert (len(reports), len(alerts), none) == (1, 1, ((), ()))
    assert again == reports


async def test_a_handle_that_was_reported_again_meanwhile_keeps_one_report(community: Community) -> None:
    await community.member()
    wren = await community.member("Wren")
    await report_handle(community.services, wren.viewer, "Rowan", "unkind")
    async with community.services.database.transaction() as tx:
        item = (await tx.session.exec(select(ReviewItem))).one()
        reports = await close_reports(tx, item, community.clock())
        await close(tx, item, community.clock())
    await report_handle(community.services, wren.viewer, "Rowan", "unkind")

    async with community.services.database.transaction() as tx:
        await reopen_reports(tx, reports)
        still_open = [one.closed_at is None for one in (await tx.session.exec(select(Report))).all()]

    assert sorted(still_open) == [False, True]
