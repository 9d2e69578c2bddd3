"""Who a moderator is beside an item: their role as it is now, their conflicts, and what they decided."""

from uuid import uuid4

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.review.eligibility import Who
from forum.review.tables import Appeal, ReviewItem, Ruling
from forum.review.who import who_is
from tests.builders import Community, Member, published
from tests.forum.queueing import item_of, recuse
from tests.forum.talk import hold_one


async def ask(community: Community, moderator: Member, item: ReviewItem) -> Who:
    """Return who the moderator is beside the item."""
    async with community.services.database.reading() as session:
        return await who_is(session, moderator.id, item)


async def test_a_role_is_read_as_it_is_now_and_a_conflict_is_with_one_member_only(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    wren, room = await community.member("Wren"), await community.room()
    of_rowan, of_wren = [
        await item_of(community, (await hold_one(community, one, room.id)).message_id)
        for one in (rowan, wren)
    ]
    await recuse(community, linnet, rowan)

    beside = [await ask(community, linnet, one) for one in (of_rowan, of_wren)]
    await appoint(community.services, "Linnet", Role.MEMBER)

    assert beside == [Who(linnet.id, True, recused=True), Who(linnet.id, True)]
    assert not (await ask(community, linnet, of_wren)).can_moderate


async def test_whoever_is_nobody_is_no_moderator(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    item = await item_of(community, (await hold_one(community, rowan, room.id)).message_id)

    async with community.services.database.reading() as session:
        assert await who_is(session, nobody := uuid4(), item) == Who(nobody, False)


async def test_an_appeal_knows_who_made_the_ruling(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour, now = await community.member("Harbour", Role.ADMINISTRATOR), community.clock()
    line = published(await community.say(rowan, (await community.room()).id)).message_id
    item = ReviewItem(kind="appeal", message_id=line, account_id=rowan.id, opened_at=now)
    ruling = Ruling(message_id=line, moderator_id=linnet.id, outcome="kept", reason="", made_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add_all([item, ruling])
        await tx.session.flush()
        about = {"about_id": line, "letter_id": line, "account_id": rowan.id, "made_at": now}
        tx.session.add(Appeal.model_validate({**about, "item_id": item.id, "ruling_id": ruling.id}))

    assert [(await ask(community, one, item)).made_it for one in (linnet, harbour)] == [True, False]
