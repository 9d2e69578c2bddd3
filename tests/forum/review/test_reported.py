"""What was reported and waits: by message, or by item, the oldest first, and never a closed one."""

from forum.accounts.roles import Role
from forum.review.reported import open_reports, reports_of
from forum.review.reporting import report, report_handle
from forum.review.tables import Report
from tests.builders import Community, Member, published
from tests.forum.queueing import open_items
from tests.forum.talk import statements


async def reported_twice(community: Community, author: Member) -> None:
    """Let two members report a line, and one of them the handle."""
    line = published(await community.say(author, (await community.room()).id)).message_id
    for handle, reason in (("Wren", "unkind"), ("Maren", "private")):
        reporter = await community.member(handle)
        await report(community.services, reporter.viewer, line, reason)
        community.clock.forward(minutes=1)
    await report_handle(community.services, reporter.viewer, author.viewer.handle, "other")


async def test_reports_are_found_by_item_in_one_query_of_messages_and_handles(community: Community) -> None:
    rowan = await community.member()
    await reported_twice(community, rowan)
    line, handle = await open_items(community)

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            found = await open_reports(session, [line, handle])
        none = await open_reports(session, [])

    reasons = {key: [one.reason for one in reports] for key, reports in found.items()}
    assert reasons == {line.id: ["unkind", "private"], handle.id: ["other"]}
    assert (len(said), none) == (1, {})


async def test_a_report_that_was_closed_is_not_among_them(community: Community) -> None:
    rowan = await community.member()
    await community.member("Linnet", Role.MODERATOR)
    await reported_twice(community, rowan)
    line, _ = await open_items(community)
    assert line.message_id
    async with community.services.database.reading() as session:
        first = (await reports_of(session, [line.message_id]))[line.message_id][0]
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Report, first.id)).closed_at = community.clock()

    async with community.services.database.reading() as session:
        left = await reports_of(session, [line.message_id])
        assert await reports_of(session, []) == {}

    assert [one.reason for one in left[line.message_id]] == ["private"]
