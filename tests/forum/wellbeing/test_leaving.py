"""Leaving to others: others see it first, nothing is missed, and danger hides from nobody who is alone."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.review.tables import ReviewItem
from forum.wellbeing.leaving import left_by, returned_to
from forum.wellbeing.shifts import start_shift
from forum.wellbeing.topics import leave_topics
from tests.builders import Community, Member
from tests.forum.talk import statements
from tests.forum.wellbeing.deciding import opened

ALONE, TOGETHER = False, True


async def shown(community: Community, member: Member) -> set[UUID]:
    async with community.services.database.reading() as session:
        left = await left_by(session, member.id, community.clock())
        query = select(ReviewItem.id).where(col(ReviewItem.closed_at).is_(None), left.shown())
        return set((await session.exec(query)).all())


async def linnet_leaves_threats(community: Community, *, taken: bool) -> Member:
    """Somebody who leaves threats to others; another moderator is on shift and takes them if `taken`."""
    linnet = await community.member("Linnet", Role.MODERATOR)
    await leave_topics(community.services, linnet.id, ["violence"])
    if taken:
        await start_shift(community.services, (await community.member("Curlew", Role.MODERATOR)).id)
    return linnet


async def test_whoever_leaves_nothing_sees_everything(community: Community) -> None:
    curlew, rowan = await community.member("Curlew", Role.MODERATOR), await community.member()
    item = await opened(community, rowan, rule="threat")

    assert await shown(community, curlew) == {item.id}


async def test_a_topic_that_somebody_on_shift_takes_is_theirs(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    await opened(community, rowan, rule="threat")
    spam = await opened(community, rowan, rule="spam")
    community.clock.forward(hours=3)

    assert await shown(community, linnet) == {spam.id}


async def test_a_topic_that_nobody_takes_comes_back_after_half_an_hour(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=False), await community.member()
    item = await opened(community, rowan, rule="threat")
    community.clock.forward(minutes=29)
    before = await shown(community, linnet)
    community.clock.forward(minutes=1)

    assert (before, await shown(community, linnet)) == (set(), {item.id})


async def test_it_comes_back_when_the_shift_of_whoever_took_it_is_over(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    community.clock.forward(hours=3, minutes=20)
    item = await opened(community, rowan, rule="threat")
    community.clock.forward(minutes=35)
    during = await shown(community, linnet)
    community.clock.forward(minutes=10)

    assert (during, await shown(community, linnet)) == (set(), {item.id})


async def test_somebody_on_shift_who_leaves_the_same_topic_does_not_take_it(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=False), await community.member()
    curlew = await community.member("Curlew", Role.MODERATOR)
    await leave_topics(community.services, curlew.id, ["violence", "drugs"])
    await start_shift(community.services, curlew.id)
    item = await opened(community, rowan, rule="threat")
    community.clock.forward(minutes=30)

    assert await shown(community, linnet) == {item.id}


async def test_ones_own_shift_and_that_of_a_former_moderator_take_nothing(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    await start_shift(community.services, linnet.id)
    async with community.services.database.transaction() as tx:
        query = select(Account).where(Account.handle == "Curlew")
        (await tx.session.exec(query)).one().role = Role.MEMBER
    item = await opened(community, rowan, rule="threat")
    community.clock.forward(minutes=30)

    assert await shown(community, linnet) == {item.id}


async def test_danger_that_nobody_on_shift_takes_is_seen_at_once(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=False), await community.member()
    item = await opened(community, rowan, rule="threat", lane=0)

    assert await shown(community, linnet) == {item.id}


async def test_danger_that_somebody_takes_is_seen_by_all_when_it_lies_for_half_an_hour(
    community: Community,
) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    item = await opened(community, rowan, rule="threat", lane=0)
    before = await shown(community, linnet)
    community.clock.forward(minutes=30)

    assert (before, await shown(community, linnet)) == (set(), {item.id})


async def test_nothing_lies_longer_than_a_shift_even_if_others_could_take_it(community: Community) -> None:
    """They may be its author, or the one who asked for a second opinion."""
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    item = await opened(community, rowan, rule="threat", opened_at=community.clock() - timedelta(hours=4))

    assert await shown(community, linnet) == {item.id}


async def test_what_was_handed_to_one_is_shown_whatever_it_is_about(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=True), await community.member()
    item = await opened(community, rowan, rule="threat", claimed_by=linnet.id)

    assert await shown(community, linnet) == {item.id}


async def test_the_page_can_tell_which_items_came_back_to_whom(community: Community) -> None:
    linnet, rowan = await linnet_leaves_threats(community, taken=False), await community.member()
    curlew = await community.member("Curlew", Role.MODERATOR)
    threat, spam = await opened(community, rowan, rule="threat"), await opened(community, rowan, rule="spam")

    async with community.services.database.reading() as session:
        mine = await left_by(session, linnet.id, community.clock())
        theirs = await left_by(session, curlew.id, community.clock())

        assert await returned_to(session, mine, [threat.id, spam.id]) == {threat.id}
        assert await returned_to(session, theirs, [threat.id, spam.id]) == set()


async def test_one_query_tells_what_is_left_however_many_are_on_shift(community: Community) -> None:
    linnet = await linnet_leaves_threats(community, taken=True)
    for handle in ("Wren", "Dunlin"):
        other = await community.member(handle, Role.MODERATOR)
        await leave_topics(community.services, other.id, ["drugs", "details"])
        await start_shift(community.services, other.id)

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            left = await left_by(session, linnet.id, community.clock())

    assert left.taken == {"violence"}
    assert len(said) == 1
