"""Debriefs: only of one's own closed care items, and a wish to talk reaches somebody, once."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.errors import Invalid, NotFound
from forum.notifications.tables import Notice
from forum.wellbeing.buddies import choose_buddy
from forum.wellbeing.debriefing import FINE, TALK, Told, debriefed, met, say_how, talks_for
from forum.wellbeing.tables import Debrief
from tests.builders import Community, Member, published
from tests.forum.wellbeing.deciding import decided, opened


async def cared_for(community: Community, moderator: Member) -> UUID:
    """A care item that this moderator has closed."""
    rowan = await community.member(f"Rowan{uuid4().hex[:6]}")
    thread = published(await community.thread(rowan))
    item = await opened(community, rowan, kind="care", lane=0, rule="care", message_id=thread.message_id)
    await decided(community, moderator, item)
    return item.id


async def told(community: Community) -> list[UUID]:
    """Who has a notice that somebody would like to talk, in order."""
    async with community.services.database.reading() as session:
        query = select(Notice.account_id).where(Notice.kind == "talk").order_by(col(Notice.id))
        return list((await session.exec(query)).all())


async def waiting_for(community: Community, member: Member) -> list[str]:
    async with community.services.database.reading() as session:
        return [talk.handle for talk in await talks_for(session, member.viewer)]


async def test_whoever_is_fine_disturbs_nobody(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    answer = await say_how(community.services, linnet.viewer, await cared_for(community, linnet), FINE)

    assert answer is Told.NOT_NEEDED
    assert (await told(community), await waiting_for(community, harbour)) == ([], [])


async def test_the_buddy_is_told_and_nobody_else(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")

    answer = await say_how(community.services, linnet.viewer, await cared_for(community, linnet), TALK)

    assert answer is Told.BUDDY
    assert await told(community) == [curlew.id]
    assert await waiting_for(community, curlew) == ["Linnet"]
    assert await waiting_for(community, harbour) == []


async def test_without_a_buddy_the_administrators_are_told(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)

    answer = await say_how(community.services, linnet.viewer, await cared_for(community, linnet), TALK)

    assert answer is Told.ADMINISTRATORS
    assert await told(community) == [harbour.id]
    assert await waiting_for(community, curlew) == []


async def test_an_administrator_alone_learns_that_there_is_nobody(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    answer = await say_how(community.services, harbour.viewer, await cared_for(community, harbour), TALK)

    assert answer is Told.NOBODY
    assert (await told(community), await waiting_for(community, harbour)) == ([], [])


@pytest.mark.everywhere
async def test_asking_again_or_many_times_at_once_tells_once(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    item_id = await cared_for(community, linnet)

    await asyncio.gather(*(say_how(community.services, linnet.viewer, item_id, TALK) for _ in range(4)))

    assert await told(community) == [harbour.id]
    async with community.services.database.reading() as session:
        assert len((await session.exec(select(Debrief))).all()) == 1


async def test_the_latest_answer_counts(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    item_id = await cared_for(community, linnet)
    await say_how(community.services, linnet.viewer, item_id, FINE)
    await say_how(community.services, linnet.viewer, item_id, TALK)
    asked = await waiting_for(community, harbour)

    await say_how(community.services, linnet.viewer, item_id, FINE)

    assert (asked, await waiting_for(community, harbour)) == (["Linnet"], [])


async def test_who_has_talked_is_waited_for_no_more(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    for _ in range(2):
        await say_how(community.services, linnet.viewer, await cared_for(community, linnet), TALK)
    before = await waiting_for(community, harbour)

    await met(community.services, harbour.viewer, linnet.id)

    assert (before, await waiting_for(community, harbour)) == (["Linnet"], [])
    with pytest.raises(NotFound):
        await met(community.services, harbour.viewer, linnet.id)


async def test_who_was_not_told_cannot_say_that_they_have_talked(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await say_how(community.services, linnet.viewer, await cared_for(community, linnet), TALK)

    for other in (curlew, linnet):
        with pytest.raises(NotFound):
            await met(community.services, other.viewer, linnet.id)

    assert await waiting_for(community, harbour) == ["Linnet"]


async def test_a_debrief_is_of_a_closed_care_item_of_ones_own(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    rowan = await community.member()
    theirs = await cared_for(community, curlew)
    still_open = await opened(community, rowan, lane=0, kind="care")
    no_care = await opened(community, rowan)
    await decided(community, linnet, no_care)

    async with community.services.database.reading() as session:
        for item_id in (theirs, still_open.id, no_care.id, uuid4()):
            with pytest.raises(NotFound):
                await debriefed(session, linnet.viewer, item_id)


async def test_an_answer_that_is_neither_is_asked_for_again(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    item_id = await cared_for(community, linnet)

    with pytest.raises(Invalid):
        await say_how(community.services, linnet.viewer, item_id, "so-so")
