"""Signing on: hours by one's own clock, kept once however often they are sent, and given back."""

import asyncio
from dataclasses import replace

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Invalid
from forum.wellbeing.signing_on import Hours, give_back, own_hours, promises, take_hours
from tests.builders import Community, Member
from tests.forum.talk import statements

EVENING = Hours(0, 19, 22, "Europe/Berlin")


async def own(community: Community, member: Member) -> list[Hours]:
    async with community.services.database.reading() as session:
        return own_hours(await promises(session), member.id)


async def test_hours_are_taken_and_given_back(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await take_hours(community.services, linnet.viewer, EVENING)
    await take_hours(community.services, linnet.viewer, Hours(0, 21, 24, "Europe/Berlin"))
    taken = await own(community, linnet)
    await give_back(community.services, linnet.viewer, Hours(0, 20, 21, "Europe/Berlin"))

    assert taken == [Hours(0, 19, 24, "Europe/Berlin")]
    assert await own(community, linnet) == [replace(EVENING, end=20), Hours(0, 21, 24, "Europe/Berlin")]


@pytest.mark.everywhere
async def test_the_same_hours_many_times_at_once_are_taken_once(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await asyncio.gather(*(take_hours(community.services, linnet.viewer, EVENING) for _ in range(6)))

    async with community.services.database.reading() as session:
        assert len(await promises(session)) == len(EVENING.each)


@pytest.mark.everywhere
async def test_sign_ups_of_many_at_once_all_count(community: Community) -> None:
    team = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Curlew", "Dunlin", "Wren")]

    await asyncio.gather(*(take_hours(community.services, one.viewer, EVENING) for one in team))

    assert [await own(community, one) for one in team] == [[EVENING]] * 4


@pytest.mark.everywhere
async def test_taking_and_giving_back_at_once_leaves_all_or_nothing(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await asyncio.gather(
        take_hours(community.services, linnet.viewer, EVENING),
        give_back(community.services, linnet.viewer, EVENING),
        take_hours(community.services, linnet.viewer, EVENING),
        give_back(community.services, linnet.viewer, EVENING),
    )

    assert await own(community, linnet) in ([], [EVENING])


async def test_nobody_gives_back_the_hours_of_another(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await take_hours(community.services, linnet.viewer, EVENING)

    await give_back(community.services, curlew.viewer, EVENING)

    assert await own(community, linnet) == [EVENING]


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (replace(EVENING, weekday=7), "weekday"),
        (replace(EVENING, start=24, end=25), "start"),
        (replace(EVENING, start=-1), "start"),
        (replace(EVENING, end=19), "end"),
        (replace(EVENING, end=25), "end"),
    ],
)
async def test_hours_that_no_day_has_are_refused(community: Community, hours: Hours, field: str) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    with pytest.raises(Invalid) as refused:
        await take_hours(community.services, linnet.viewer, hours)

    assert field in refused.value.fields


async def test_nobody_has_more_hours_than_a_week(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    for day in range(7):
        await take_hours(community.services, linnet.viewer, Hours(day, 0, 24, "UTC"))

    with pytest.raises(Invalid):
        await take_hours(community.services, linnet.viewer, EVENING)
    await take_hours(community.services, linnet.viewer, Hours(0, 0, 24, "UTC"))

    assert [hours.time_zone for hours in await own(community, linnet)] == ["UTC"] * 7


async def test_who_moderates_no_more_is_not_on_the_roster(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await take_hours(community.services, linnet.viewer, EVENING)

    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, linnet.id)).role = Role.MENTOR

    assert await own(community, linnet) == []


async def test_everybodys_hours_are_one_query(community: Community) -> None:
    for name in ("Linnet", "Curlew", "Wren"):
        await take_hours(community.services, (await community.member(name, Role.MODERATOR)).viewer, EVENING)

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            found = await promises(session)

    assert len(found) == 9
    assert len(said) == 1
