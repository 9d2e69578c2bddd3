"""Pauses: a quarter of an hour that ends by itself, or when one comes back."""

from datetime import timedelta
from uuid import UUID

from forum.accounts.roles import Role
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.resting import PAUSE, come_back, rest, resting_until
from forum.wellbeing.tables import Comfort
from tests.builders import Community


async def comfort(community: Community, account_id: UUID) -> Comfort:
    async with community.services.database.reading() as session:
        return await comfort_of(session, account_id)


async def test_a_pause_lasts_a_quarter_of_an_hour_and_ends_by_itself(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    until = await rest(community.services, linnet.id)

    own = await comfort(community, linnet.id)
    assert until == community.clock() + PAUSE
    assert resting_until(own, until - timedelta(seconds=1)) == until
    assert resting_until(own, until) is None


async def test_pressing_twice_makes_no_longer_pause(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    first = await rest(community.services, linnet.id)
    community.clock.forward(minutes=5)

    assert await rest(community.services, linnet.id) == first


async def test_one_can_come_back_at_any_moment(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await rest(community.services, linnet.id)
    community.clock.forward(minutes=1)

    await come_back(community.services, linnet.id)

    own = await comfort(community, linnet.id)
    assert resting_until(own, community.clock()) is None
    assert own.rest_since == community.clock() - timedelta(minutes=1)


async def test_coming_back_without_a_pause_changes_nothing(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await come_back(community.services, linnet.id)

    assert (await comfort(community, linnet.id)).rest_until is None
