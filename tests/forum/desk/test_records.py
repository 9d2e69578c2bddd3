"""The past as moderators read it: who decided only for administrators, what was taken back says so."""

from sqlmodel import col

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.desk.records import away_from, by_item, names_anybody, reports_where, rulings_where, standing_of
from forum.review.reporting import report
from forum.review.tables import Report, Ruling
from forum.review.undoing import undo
from tests.builders import Community, published
from tests.forum.queueing import item_of
from tests.forum.talk import decided, hold_one, ruled


async def test_a_decision_says_what_why_when_and_whether_it_was_taken_back(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    ruling = await ruled(community, linnet, waiting.message_id, release=False)
    told = []

    async def read() -> None:
        async with community.services.database.reading() as session:
            about = col(Ruling.account_id) == rowan.id
            for reader in (linnet, harbour):
                told.extend(await rulings_where(session, reader.viewer, community.clock(), about))

    await read()
    await undo(community.services, ruling.id, linnet.id)
    await read()

    assert [one.by for one in told] == [None, "Linnet", None, "Linnet"]
    assert [one.undone_by for one in told] == [None, None, None, "Linnet"]
    assert [one.reversible for one in told] == [True, True, False, False]
    assert [one.undo_until is not None for one in told] == [True, False, False, False]
    assert [names_anybody([one]) for one in told] == [False, True, False, True]
    assert by_item(told) == {ruling.item_id: told}


async def test_reports_tell_their_reason_and_not_their_author(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.thread(rowan))
    await report(community.services, wren.viewer, said.message_id, "health-claim", "cure")

    async with community.services.database.reading() as session:
        [one] = await reports_where(session, col(Report.message_id) == said.message_id)

    assert (one.at, one.closed_at, one.claim is not None) == (community.clock(), None, True)
    assert "Wren" not in repr(one)


async def test_standing_is_days_messages_and_measures_and_nothing_more(community: Community) -> None:
    rowan, linnet = await community.member(days=12), await community.member("Linnet", Role.MODERATOR)
    room = await community.room(name="Evening check-in")
    published(await community.say(rowan, room.id))
    for measure, where in (("removal", room), ("pause", await community.room())):
        waiting = await hold_one(community, rowan, where.id)
        item = await item_of(community, waiting.message_id)
        await decided(community, linnet, item, "refuse", measure=measure, hours=24)
        community.clock.forward(minutes=11)

    async with community.services.database.reading() as session:
        account = await session.get_one(Account, rowan.id)
        standing = await standing_of(session, account, community.clock())
        away = await away_from(session, rowan.id, community.clock())

    assert (standing.days, standing.published, standing.suspended) == (12, 1, False)
    assert standing.suspended_until is not None
    assert [one.room for one in away] == ["Evening check-in"]
