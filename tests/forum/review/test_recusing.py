"""A conflict is noted once, by moderators, about others."""

import pytest

from forum.accounts.roles import Role
from forum.errors import Forbidden, NotFound
from forum.review.recusing import recuse
from forum.review.tables import Recusal
from tests.builders import Community, acts


async def test_a_conflict_noted_twice_is_one_and_one_act(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)

    await recuse(community.services, linnet.id, rowan.id)
    await recuse(community.services, linnet.id, rowan.id)

    async with community.services.database.reading() as session:
        assert await session.get(Recusal, (linnet.id, rowan.id)) is not None
    [act] = [act for act in await acts(community) if act.act == "recusal"]
    assert (act.actor_id, act.subject) == (linnet.id, f"account:{rowan.id}")


async def test_it_takes_a_moderator_and_somebody_else(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)

    with pytest.raises(Forbidden):
        await recuse(community.services, linnet.id, linnet.id)
    with pytest.raises(NotFound):
        await recuse(community.services, rowan.id, linnet.id)
