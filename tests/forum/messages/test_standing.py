"""How an author stands: what is counted, what they just said, and what is no repetition."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.messages.admission import admit
from forum.messages.standing import COUNTED_MOST, RECENT_MOST, known_of, standing_of
from forum.messages.submission import Reply, Submission
from forum.messages.withdrawing import withdraw
from forum.review.cases import Letter, letter
from forum.spaces.tables import Place
from moderation.draft import Standing
from tests.builders import HARMLESS, Community, Member, published
from tests.forum.talk import hold_one, say_many


async def standing_in(session: AsyncSession, author: Member, room: Place, now: datetime) -> Standing:
    submission = Submission(Reply(room.id), author.id, "Hello")
    known = await known_of(session, submission)
    return await standing_of(session, await admit(session, submission, now), known, now)


async def test_standing_counts_days_what_is_out_and_what_was_just_said(community: Community) -> None:
    rowan, room = await community.member(days=12), await community.room()
    await say_many(community, rowan, room.id, 2)
    community.clock.forward(minutes=11)
    await hold_one(community, rowan, room.id)
    gone = published(await community.say(rowan, room.id, "Never mind this."))
    await withdraw(community.services, rowan.id, gone.message_id)

    now = community.clock()
    async with community.services.database.reading() as session:
        standing = await standing_in(session, rowan, room, now)
        later = await standing_in(session, rowan, room, now + timedelta(minutes=11))

    assert (standing.published, standing.days) == (2, 12)
    assert sorted(standing.recent) == ["", "You are worthless."]
    assert later.recent == ()


async def test_standing_reads_no_more_rows_than_anybody_needs(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, RECENT_MOST + 5)

    async with community.services.database.reading() as session:
        standing = await standing_in(session, rowan, room, community.clock())

    assert len(standing.recent) == RECENT_MOST
    assert standing.published == RECENT_MOST + 5 < COUNTED_MOST


async def test_standing_knows_whether_the_author_wants_hints(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    wanted = []

    for nudges in (True, False):
        async with community.services.database.transaction() as tx:
            (await tx.session.get_one(Account, rowan.id)).nudges = nudges
        async with community.services.database.reading() as session:
            wanted.append((await standing_in(session, rowan, room, community.clock())).nudges)

    assert wanted == [True, False]


async def test_letters_are_not_counted_as_said_before(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id, HARMLESS))

    await letter(community.services, Letter(said.message_id, rowan.id, linnet.id, "Thank you for that."))

    async with community.services.database.reading() as session:
        assert (await standing_in(session, linnet, room, community.clock())).recent == ()
