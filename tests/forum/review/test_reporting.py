"""Reports: once a member, never one's own, and only of what one sees; of messages and of handles."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Invalid, NotFound, TooManyRequests
from forum.messages.withdrawing import withdraw
from forum.review.reporting import OF_HANDLES, REASONS, REPORTS, report, report_handle
from forum.review.tables import Report
from forum.spaces.tables import Audience
from tests.builders import HARMLESS, Community, published
from tests.forum.talk import edited, hold_one


async def reports(community: Community) -> list[Report]:
    """Return every report."""
    async with community.services.database.reading() as session:
        return list((await session.exec(select(Report))).all())


@pytest.mark.everywhere
async def test_a_member_reports_a_message_once_also_when_sent_twice_at_once(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id))

    await asyncio.gather(
        *(report(community.services, wren.viewer, said.message_id, reason) for reason in REASONS)
    )

    assert len(await reports(community)) == 1


async def test_a_report_keeps_what_the_message_said_then(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan, title="A title"))
    await report(community.services, wren.viewer, thread.message_id, "unkind")
    await edited(community, rowan, thread.message_id, "Nothing to see here.")

    assert [one.text for one in await reports(community)] == [f"A title\n\n{HARMLESS}"]


async def test_what_one_wrote_or_does_not_see_cannot_be_reported(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room, hidden = (
        await community.room(),
        await community.room(space=await community.space(Audience.TEAM)),
    )
    own = published(await community.say(rowan, room.id)).message_id
    waiting = (await hold_one(community, linnet, room.id)).message_id
    secret = published(await community.say(linnet, hidden.id)).message_id
    gone = published(await community.say(linnet, room.id, "Never mind this.")).message_id
    await withdraw(community.services, linnet.id, gone)

    for message_id in (own, waiting, secret, gone, uuid4()):
        with pytest.raises(NotFound):
            await report(community.services, rowan.viewer, message_id, "other")

    assert await reports(community) == []


async def test_a_report_needs_a_reason_from_the_list(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id))

    with pytest.raises(Invalid) as caught:
        await report(community.services, wren.viewer, said.message_id, "because")

    assert set(caught.value.fields) == {"reason"}


async def test_nobody_reports_without_end(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id))
    for _ in range(REPORTS.count):
        await community.services.backplane.spend(f"report:{wren.id}", REPORTS)

    with pytest.raises(TooManyRequests):
        await report(community.services, wren.viewer, said.message_id, "other")


async def test_a_health_claim_is_reported_with_its_class_and_nothing_else_is(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    told = (
        ("health-claim", "cure"),
        ("health-claim", ""),
        ("medication-shaming", ""),
        ("unkind", "cure"),
    )
    for number, (reason, claim) in enumerate(told):
        reporter = await community.member(f"Reporter{number}")
        await report(community.services, reporter.viewer, said, reason, claim)

    found = await reports(community)

    assert sorted((one.reason, one.kind) for one in found) == [
        ("health-claim", ""),
        ("health-claim", "cure"),
        ("medication-shaming", ""),
        ("unkind", ""),
    ]


async def test_a_class_is_from_the_list(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id))

    with pytest.raises(Invalid) as caught:
        await report(community.services, wren.viewer, said.message_id, "health-claim", "astrology")

    assert set(caught.value.fields) == {"claim"}
    assert await reports(community) == []


@pytest.mark.everywhere
async def test_a_handle_is_reported_once_while_it_waits_also_when_sent_twice_at_once(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")

    await asyncio.gather(
        *(report_handle(community.services, wren.viewer, "R.owan", reason) for reason in OF_HANDLES)
    )

    [one] = await reports(community)
    assert (one.account_id, one.message_id, one.text) == (rowan.id, None, "Rowan")
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Report, one.id)).closed_at = community.clock()
    await report_handle(community.services, wren.viewer, "Rowan", "other")
    assert len(await reports(community)) == 2


async def test_ones_own_handle_and_nobodys_cannot_be_reported(community: Community) -> None:
    rowan = await community.member()

    for handle in ("Rowan", "r_o_w_a_n", "Nobody", "", "\u200b"):
        with pytest.raises(NotFound):
            await report_handle(community.services, rowan.viewer, handle, "other")
    with pytest.raises(Invalid) as caught:
        await report_handle(community.services, rowan.viewer, "Nobody", "worried")

    assert set(caught.value.fields) == {"reason"}
    assert await reports(community) == []


async def test_handles_are_reported_at_the_same_pace_as_messages(community: Community) -> None:
    await community.member()
    wren = await community.member("Wren")
    for _ in range(REPORTS.count):
        await community.services.backplane.spend(f"report:{wren.id}", REPORTS)

    with pytest.raises(TooManyRequests):
        await report_handle(community.services, wren.viewer, "Rowan", "other")
