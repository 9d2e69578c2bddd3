"""Handing an item to one's buddy: it is with them, with a word of why; a stale version hands over nothing."""

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Conflict, ForumError, Invalid
from forum.messages.tables import Message
from forum.review.tables import ReviewItem
from forum.wellbeing.buddies import choose_buddy
from forum.wellbeing.handing import A_WORD, Handed, hand_to_buddy
from tests.builders import Community, Member
from tests.forum.talk import hold_one


async def waiting(community: Community) -> ReviewItem:
    """The item of a message that waits."""
    rowan, room = await community.member(), await community.room()
    await hold_one(community, rowan, room.id)
    return await item_now(community)


async def item_now(community: Community) -> ReviewItem:
    async with community.services.database.reading() as session:
        return (await session.exec(select(ReviewItem))).one()


async def buddies(community: Community) -> tuple[Member, Member]:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    return linnet, curlew


async def test_the_buddy_has_the_item_and_a_word_of_why(community: Community) -> None:
    linnet, curlew = await buddies(community)
    item = await waiting(community)

    claim = await hand_to_buddy(community.services, linnet.viewer, Handed(item.id, item.version))

    async with community.services.database.reading() as session:
        query = select(Message.text).where(Message.author_id == linnet.id)
        words = (await session.exec(query)).all()
    assert (claim.handle, (await item_now(community)).claimed_by) == ("Curlew", curlew.id)
    assert list(words) == [A_WORD.msgid]


async def test_ones_own_word_of_why_is_kept(community: Community) -> None:
    linnet, _ = await buddies(community)
    item = await waiting(community)

    await hand_to_buddy(
        community.services, linnet.viewer, Handed(item.id, item.version, "Too close to home.")
    )

    async with community.services.database.reading() as session:
        query = select(Message.text).where(Message.author_id == linnet.id)
        assert list((await session.exec(query)).all()) == ["Too close to home."]


async def test_without_a_buddy_nothing_is_handed(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    item = await waiting(community)

    with pytest.raises(Invalid):
        await hand_to_buddy(community.services, linnet.viewer, Handed(item.id, item.version))

    assert (await item_now(community)).claimed_by is None


async def test_a_stale_version_hands_over_nothing(community: Community) -> None:
    linnet, _ = await buddies(community)
    item = await waiting(community)

    with pytest.raises(Conflict):
        await hand_to_buddy(community.services, linnet.viewer, Handed(item.id, item.version + 7))

    assert (await item_now(community)).claimed_by is None


async def test_an_item_about_the_buddy_is_not_handed_to_them(community: Community) -> None:
    linnet, curlew = await buddies(community)
    await hold_one(community, curlew, (await community.room()).id)
    item = await item_now(community)

    with pytest.raises(ForumError):
        await hand_to_buddy(community.services, linnet.viewer, Handed(item.id, item.version))

    assert (await item_now(community)).claimed_by is None
