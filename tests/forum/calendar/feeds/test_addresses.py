"""Claims about private addresses: shown once, kept as a hash, ended at once, and found by nobody else."""

import pytest

from forum.calendar.feeds.addresses import choice_of, choose_look, end_address, make_address, whose
from forum.errors import NotFound
from forum.naming import NameNotPossible
from tests.builders import HOLDS, Community


def token_of(path: str) -> str:
    return path.removeprefix("/calendar/").removesuffix(".ics")


@pytest.mark.everywhere
async def test_an_address_leads_to_its_member_and_is_nowhere_kept(community: Community) -> None:
    rowan = await community.member()
    await community.member("Willow")

    token = token_of(await make_address(community.services, rowan.id))

    async with community.services.database.reading() as session:
        account, choice = await whose(session, token)
    assert account.id == rowan.id
    assert choice.made_at == community.clock()
    assert token not in choice.model_dump_json()
    assert len(token) >= 43


async def test_a_new_address_ends_the_old_one_and_none_ends_both(community: Community) -> None:
    rowan, services = await community.member(), community.services
    old = token_of(await make_address(services, rowan.id))
    new = token_of(await make_address(services, rowan.id))

    async with services.database.reading() as session:
        with pytest.raises(NotFound):
            await whose(session, old)
        assert (await whose(session, new))[0].id == rowan.id
    await end_address(services, rowan.id)
    async with services.database.reading() as session:
        with pytest.raises(NotFound):
            await whose(session, new)


@pytest.mark.parametrize("token", ["", "None", "x" * 43, "../1", "\ud800"])
async def test_a_forged_address_leads_to_nobody(community: Community, token: str) -> None:
    rowan = await community.member()
    await choose_look(community.services, rowan.id, "Dentist", with_link=False)

    async with community.services.database.reading() as session:
        with pytest.raises(NotFound):
            await whose(session, token)


async def test_a_title_passes_the_pipeline_like_any_name_and_an_empty_one_is_the_usual(
    community: Community,
) -> None:
    rowan = await community.member()
    await choose_look(community.services, rowan.id, " Dentist ", with_link=True)
    with pytest.raises(NameNotPossible):
        await choose_look(community.services, rowan.id, HOLDS, with_link=False)

    async with community.services.database.reading() as session:
        choice = await choice_of(session, rowan.id)
    await choose_look(community.services, rowan.id, "", with_link=False)
    async with community.services.database.reading() as session:
        emptied = await choice_of(session, rowan.id)

    assert (choice.title, choice.with_link) == ("Dentist", True)
    assert emptied.title == ""


async def test_an_address_stays_when_the_look_changes(community: Community) -> None:
    rowan = await community.member()
    token = token_of(await make_address(community.services, rowan.id))

    await choose_look(community.services, rowan.id, "Dentist", with_link=False)

    async with community.services.database.reading() as session:
        assert (await whose(session, token))[1].title == "Dentist"
