"""A moderator's preferences: kept for them alone, and safe when chosen twice at once."""

import asyncio

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Invalid
from forum.wellbeing.comfort import choose_cover, comfort_of
from forum.wellbeing.covering import Cover
from forum.wellbeing.tables import Comfort
from tests.builders import Community


async def test_what_is_covered_is_kept_for_whoever_chose_it(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)

    await choose_cover(community.services, linnet.id, "none")

    async with community.services.database.reading() as session:
        assert (await comfort_of(session, linnet.id)).cover == Cover.NONE
        assert (await comfort_of(session, curlew.id)).cover == Cover.HARD


@pytest.mark.everywhere
async def test_two_choices_at_once_make_one_row(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await asyncio.gather(*(choose_cover(community.services, linnet.id, one) for one in ("all", "none") * 4))

    async with community.services.database.reading() as session:
        assert len((await session.exec(select(Comfort))).all()) == 1


async def test_a_choice_that_is_not_on_the_list_is_refused(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    with pytest.raises(Invalid):
        await choose_cover(community.services, linnet.id, "half")
