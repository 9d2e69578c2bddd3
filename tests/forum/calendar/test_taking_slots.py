"""Claims about who brings what: never more than are needed, by who comes, and given back when asked."""

import asyncio

import pytest

from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming
from forum.calendar.taking_slots import SlotShown, give_back_slot, slots_of, take_slot
from forum.errors import Closed, Conflict, Forbidden, NotFound
from tests.builders import Community, Member
from tests.forum.calendar.crowd import crowd
from tests.forum.calendar.planned import Planned, change, needs, plan, takers


async def coming(community: Community, planned: Planned, count: int) -> list[Member]:
    """Return so many members who have a seat."""
    members = await crowd(community, count)
    for one in members:
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    return members


async def shown(community: Community, planned: Planned, who: Member | None) -> list[SlotShown]:
    """Return what is needed on the first date, as somebody sees it."""
    async with community.services.database.reading() as session:
        return await slots_of(session, planned.id, planned.gathering.id, who.viewer if who else None)


@pytest.mark.everywhere
async def test_of_ten_who_want_three_shifts_at_once_three_have_them(community: Community) -> None:
    planned = await plan(community)
    slot, members = await needs(community, planned, "Washing up", 3), await coming(community, planned, 10)

    answers = await asyncio.gather(
        *(take_slot(community.services, one.viewer, planned.id, slot.id) for one in members),
        return_exceptions=True,
    )

    assert [type(one) for one in answers if one is not None] == [Conflict] * 7
    assert len(await takers(community, planned.id)) == 3


async def test_taking_and_giving_back_twice_is_once(community: Community) -> None:
    planned = await plan(community)
    slot, (ash,) = await needs(community, planned, "Bread"), await coming(community, planned, 1)

    for _ in range(2):
        await take_slot(community.services, ash.viewer, planned.id, slot.id)
    taken = await shown(community, planned, ash)
    for _ in range(2):
        await give_back_slot(community.services, ash.viewer, planned.id, slot.id)

    assert taken == [SlotShown(slot.id, "Bread", 1, 1, mine=True)]
    assert await shown(community, planned, ash) == [SlotShown(slot.id, "Bread", 1, 0, mine=False)]


async def test_others_see_how_many_and_each_date_counts_by_itself(community: Community) -> None:
    now = community.clock()
    planned = await plan(community, now.replace(hour=20), now.replace(hour=21))
    slot, (ash, birch) = await needs(community, planned, "Bread", 2), await coming(community, planned, 2)
    second = Planned(planned.gathering, planned.dates[1:])
    await take_slot(community.services, ash.viewer, planned.id, slot.id)

    assert await shown(community, planned, birch) == [SlotShown(slot.id, "Bread", 2, 1, mine=False)]
    assert await shown(community, planned, None) == [SlotShown(slot.id, "Bread", 2, 1, mine=False)]
    assert await shown(community, second, ash) == [SlotShown(slot.id, "Bread", 2, 0, mine=False)]


async def test_who_waits_for_a_seat_takes_nothing_on_and_who_may_come_does(community: Community) -> None:
    planned = await plan(community, capacity=1)
    slot, (_, birch) = await needs(community, planned, "Bread", 2), await coming(community, planned, 2)
    (cedar,) = await crowd(community, 1)

    for one in (birch, cedar):
        with pytest.raises(Forbidden):
            await take_slot(community.services, one.viewer, planned.id, slot.id)
    await sign_up(community.services, cedar.viewer, planned.id, Coming.MAYBE)
    await take_slot(community.services, cedar.viewer, planned.id, slot.id)

    assert [one.account_id for one in await takers(community, planned.id)] == [cedar.id]


async def test_a_slot_of_something_else_is_not_there_and_nothing_changes_once_it_is_off(
    community: Community,
) -> None:
    planned, other = await plan(community), await plan(community, title="Monday tea")
    slot, foreign = await needs(community, planned, "Bread"), await needs(community, other, "Milk")
    (ash,) = await coming(community, planned, 1)

    with pytest.raises(NotFound):
        await take_slot(community.services, ash.viewer, planned.id, foreign.id)
    await change(community, planned.dates[0], cancelled_at=community.clock())
    with pytest.raises(Closed):
        await take_slot(community.services, ash.viewer, planned.id, slot.id)

    assert await takers(community, planned.id) == []
