"""Shifts: one each, that ends by itself, and never of somebody who moderates no more."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.wellbeing.shifts import SHIFT, end_shift, on_shift, start_shift
from forum.wellbeing.tables import Shift
from tests.builders import Community
from tests.forum.talk import statements


async def here(community: Community) -> list[str]:
    async with community.services.database.reading() as session:
        return [one.handle for one in await on_shift(session, community.clock())]


async def test_whoever_starts_is_on_shift_until_they_end_it(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)

    await start_shift(community.services, linnet.id)
    await start_shift(community.services, curlew.id)
    both = await here(community)
    await end_shift(community.services, linnet.id)

    assert both == ["Linnet", "Curlew"]
    assert await here(community) == ["Curlew"]


async def test_a_shift_ends_by_itself_after_four_hours_and_another_can_begin(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await start_shift(community.services, linnet.id)
    first = community.clock()
    community.clock.forward(hours=3, minutes=59)
    nearly = await here(community)
    community.clock.forward(minutes=1)
    over = await here(community)

    await start_shift(community.services, linnet.id)

    async with community.services.database.reading() as session:
        ended = (await session.exec(select(Shift.ended_at).order_by(col(Shift.started_at)))).all()
    assert (nearly, over, await here(community)) == (["Linnet"], [], ["Linnet"])
    assert list(ended) == [first + SHIFT, None]


@pytest.mark.everywhere
async def test_starting_many_times_at_once_makes_one_shift(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await asyncio.gather(*(start_shift(community.services, linnet.id) for _ in range(5)))

    assert await here(community) == ["Linnet"]


async def test_ending_long_after_it_ended_by_itself_makes_it_no_longer(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await end_shift(community.services, linnet.id)
    await start_shift(community.services, linnet.id)
    started = community.clock()
    community.clock.forward(hours=9)

    await end_shift(community.services, linnet.id)

    async with community.services.database.reading() as session:
        assert (await session.exec(select(Shift))).one().ended_at == started + timedelta(hours=4)


async def test_a_moderator_who_lost_the_role_is_not_on_shift(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await start_shift(community.services, linnet.id)

    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, linnet.id)).role = Role.MEMBER

    assert await here(community) == []


async def test_who_is_here_takes_one_query(community: Community) -> None:
    for handle in ("Linnet", "Curlew", "Wren"):
        await start_shift(community.services, (await community.member(handle, Role.MODERATOR)).id)

    with statements(community.services) as said:
        await here(community)

    assert len(said) == 1
