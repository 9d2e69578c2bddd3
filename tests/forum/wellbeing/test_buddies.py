"""Buddies: chosen among moderators, known on both sides, and gone when somebody moderates no more."""

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Invalid
from forum.wellbeing.buddies import Buddies, buddies_of, choose_buddy, team_of
from tests.builders import Community, Member
from tests.forum.talk import statements


async def buddies(community: Community, member: Member) -> Buddies:
    async with community.services.database.reading() as session:
        return await buddies_of(session, member.id)


async def test_both_see_the_choice(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.ADMINISTRATOR)

    await choose_buddy(community.services, linnet.viewer, "curlew")

    assert await buddies(community, linnet) == Buddies("Curlew", curlew.id, ())
    assert await buddies(community, curlew) == Buddies(None, None, ("Linnet",))


async def test_two_can_choose_each_other_and_one_can_choose_nobody_again(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    await choose_buddy(community.services, curlew.viewer, "Linnet")
    each_other = await buddies(community, linnet)

    await choose_buddy(community.services, linnet.viewer, "")

    assert each_other == Buddies("Curlew", curlew.id, ("Curlew",))
    assert await buddies(community, linnet) == Buddies(None, None, ("Curlew",))


@pytest.mark.parametrize("handle", ["Linnet", "Rowan", "Nobody", "\u200b"])
async def test_a_buddy_is_another_moderator(community: Community, handle: str) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await community.member("Rowan", Role.MANAGER)

    with pytest.raises(Invalid):
        await choose_buddy(community.services, linnet.viewer, handle)


async def test_whoever_moderates_no_more_is_nobodys_buddy(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    await choose_buddy(community.services, curlew.viewer, "Linnet")

    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, curlew.id)).role = Role.MEMBER

    assert await buddies(community, linnet) == Buddies()


async def test_the_team_is_every_other_moderator_by_name(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    for handle, role in (("Wren", Role.MODERATOR), ("Harbour", Role.ADMINISTRATOR), ("Rowan", Role.MENTOR)):
        await community.member(handle, role)

    async with community.services.database.reading() as session:
        assert await team_of(session, linnet.viewer) == ["Harbour", "Wren"]


async def test_one_query_is_enough_however_many_chose_one(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    for handle in ("Wren", "Curlew", "Dunlin"):
        other = await community.member(handle, Role.MODERATOR)
        await choose_buddy(community.services, other.viewer, "Linnet")

    with statements(community.services) as said:
        found = await buddies(community, linnet)

    assert found.of == ("Curlew", "Dunlin", "Wren")
    assert len(said) == 1
