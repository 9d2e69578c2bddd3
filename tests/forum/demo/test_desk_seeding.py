"""The desk's past and team, whoever judges the words: what is not held is reported, and all is decided."""

from datetime import timedelta

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.audit.verifying import verify
from forum.demo.desk_seeding import TEAM, DeskSeeding
from forum.demo.nights import NIGHTS, SPEAKERS
from forum.demo.people import People
from forum.review.tables import ReviewItem, Ruling
from forum.wellbeing.buddies import buddies_of
from tests.builders import Community
from tests.forum.queueing import open_items


async def seeding(community: Community) -> DeskSeeding:
    people = People(community.services)
    for handle in (*TEAM, *SPEAKERS):
        role = Role.MODERATOR if handle in TEAM else Role.MEMBER
        people.accounts[handle] = (await community.member(handle, role)).id
    return DeskSeeding(people, community.clock())


async def test_every_night_of_last_month_was_decided_in_it(community: Community) -> None:
    desk, faults = await seeding(community), list[object]()
    await desk.open((await community.space()).id)

    await desk.look_back()

    async with community.services.database.reading() as session:
        query = select(Ruling, ReviewItem).join(ReviewItem, col(ReviewItem.id) == col(Ruling.item_id))
        decided = (await session.exec(query)).all()
    await verify(community.services.database, faults.append)
    assert len(decided) == len(NIGHTS)
    assert {ruling.made_at.month for ruling, _ in decided} == {community.clock().month - 1}
    assert all(timedelta() < ruling.made_at - item.opened_at < timedelta(hours=1) for ruling, item in decided)
    assert {ruling.moderator_id for ruling, _ in decided} == {desk.people.accounts[one] for one in TEAM}
    assert (await open_items(community), faults) == ([], [])


async def test_the_two_moderators_are_buddies(community: Community) -> None:
    desk = await seeding(community)

    await desk.team()

    async with community.services.database.reading() as session:
        found = [await buddies_of(session, desk.people.accounts[one]) for one in TEAM]
    assert [one.mine for one in found] == list(reversed(TEAM))
