"""The list as one moderator sees it."""

from forum.accounts.roles import Role
from forum.desk.listing import Asking, Listing, listing, next_of
from forum.review.claiming import claim
from forum.wellbeing.comfort import choose_cover
from forum.wellbeing.shifts import start_shift
from forum.wellbeing.topics import leave_topics
from tests.builders import Community, Member
from tests.forum.queueing import item_of
from tests.forum.talk import hold_one


async def listed(community: Community, member: Member) -> Listing:
    """Return the first page."""
    async with community.services.database.reading() as session:
        return await listing(session, community.services.renderer, Asking(member.viewer, community.clock()))


async def test_next_is_what_nobody_else_looks_at(community: Community) -> None:
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    room, items = await community.room(), []
    for name in ("Rowan", "Wren", "Robin"):
        waiting = await hold_one(community, await community.member(name), room.id)
        items.append((await item_of(community, waiting.message_id)).id)
    await claim(community.services, siskin.id, items[0])

    rows = (await listed(community, linnet)).rows
    own = (await listed(community, siskin)).rows

    first, own_first = next_of(rows), next_of(own)
    assert first is not None
    assert own_first is not None
    assert (first.item.id, own_first.item.id, own_first.mine) == (items[1], items[0], True)
    assert next_of(rows[:1]) is None
    assert [row.item.id for row in rows if row is next_of(rows, items[1])] == [items[2]]


async def test_a_topic_that_somebody_takes_is_left_to_them_and_covers_are_as_chosen(
    community: Community,
) -> None:
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    await hold_one(community, await community.member(), (await community.room()).id)
    await leave_topics(community.services, linnet.id, {"contempt"})
    await start_shift(community.services, siskin.id)
    await choose_cover(community.services, siskin.id, "all")

    left, taken = await listed(community, linnet), await listed(community, siskin)
    community.clock.forward(hours=5)
    back = await listed(community, linnet)

    assert (left.count, left.rows) == (0, ())
    assert [row.covered for row in taken.rows] == [True]
    assert [(row.returned, row.covered) for row in back.rows] == [(True, False)]
