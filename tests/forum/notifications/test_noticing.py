"""From facts to notices: who is told, and who never is."""

import asyncio

import pytest
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.broadcasts import account_topic
from forum.facts import TalkWanted
from forum.notifications.noticing import unread
from forum.notifications.tables import Notice
from forum.review.reporting import report
from tests.builders import HOLDS, IN_DANGER, Community, Member, held, published
from tests.forum.talk import edited, heard, hold_one, ruled


async def notices(community: Community, member: Member) -> list[tuple[str, str]]:
    """Return the kind and the reason of a member's notices, in order."""
    async with community.services.database.reading() as session:
        query = select(Notice).where(Notice.account_id == member.id).order_by(col(Notice.id))
        return [(one.kind, one.reason) for one in (await session.exec(query)).all()]


async def test_the_author_of_what_is_answered_is_told_and_nobody_for_their_own_words(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    reply = published(await community.say(wren, thread.place_id, "I am with you."))
    await community.say(rowan, thread.place_id, "Thank you, all.")
    await community.say(wren, thread.place_id, "One more thing.", reply.message_id)
    await community.say(rowan, thread.place_id, "You are right.", reply.message_id)

    assert await notices(community, rowan) == [("reply", "")]
    assert await notices(community, wren) == [("reply", "")]


async def test_a_held_reply_tells_nobody_until_it_is_released(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))

    async with heard(community.services, account_topic(rowan.id)) as frames:
        waiting = await hold_one(community, wren, thread.place_id)
        before = list(frames)
        await ruled(community, linnet, waiting.message_id, release=True)

    assert before == []
    assert frames == [{"type": "notices", "unread": 1}]
    assert await notices(community, wren) == [("released", "")]


async def test_every_ruling_is_told_with_its_guideline_but_not_that_one_was_reported(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    held_line = await hold_one(community, rowan, room.id)
    await ruled(community, linnet, held_line.message_id, release=False, reason="kindness")
    said = published(await community.say(rowan, room.id))
    for text, release in (("You are worthless, one.", True), ("You are worthless, two.", False)):
        edit = held(await edited(community, rowan, said.message_id, text))
        await ruled(community, linnet, edit.message_id, release=release, reason="privacy")
    await report(community.services, wren.viewer, said.message_id, "unkind")
    await ruled(community, linnet, said.message_id, release=True)
    other = published(await community.say(rowan, room.id, "Another line of mine."))
    await report(community.services, wren.viewer, other.message_id, "unkind")
    await ruled(community, linnet, other.message_id, release=False, reason="safety")

    assert await notices(community, rowan) == [
        ("refused", "kindness"),
        ("edit-released", ""),
        ("edit-refused", "privacy"),
        ("taken-down", "safety"),
    ]
    assert await notices(community, wren) == []
    async with community.services.database.reading() as session:
        assert await unread(session, rowan.id) == 4


@pytest.mark.everywhere
async def test_of_many_answers_at_once_each_is_counted_after_those_before_it(community: Community) -> None:
    rowan = await community.member()
    handles = ("Wren", "Maren", "Linnet", "Harbour", "Juniper", "Heather")
    others = [await community.member(handle) for handle in handles]
    threads = [await community.thread(rowan, f"Day {number} went well.") for number in range(2)]
    places = [published(one).place_id for one in threads]

    async with heard(community.services, account_topic(rowan.id)) as frames:
        said = (community.say(one, places[n % 2], f"Well done, {n}.") for n, one in enumerate(others))
        await asyncio.gather(*said)

    assert sorted(frame["unread"] for frame in frames) == [1, 2, 3, 4, 5, 6]


@pytest.mark.everywhere
async def test_every_moderator_is_told_at_once_that_somebody_may_be_in_danger_and_nobody_else(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    team = [await community.member(f"Of{role.value}", role) for role in Role]

    async with heard(community.services, account_topic(rowan.id)) as frames:
        await community.say(rowan, room.id, IN_DANGER)
        await community.say(rowan, room.id, f"{IN_DANGER} {HOLDS}")

    told = {one.viewer.role: len(await notices(community, one)) for one in team}
    assert {role for role, count in told.items() if count} == {role for role in Role if role.can_moderate}
    assert set(told.values()) == {0, 2}
    assert (await notices(community, rowan), frames) == ([], [])


async def test_a_moderator_in_danger_is_told_nothing_but_the_others_are(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await community.say(linnet, (await community.room()).id, IN_DANGER)

    assert await notices(community, linnet) == []
    assert await notices(community, harbour) == [("care", "")]


async def test_the_author_is_not_told_that_somebody_looked(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    await ruled(community, linnet, said.message_id, release=True)

    assert await notices(community, rowan) == []


async def test_who_is_asked_to_talk_is_told_in_the_transaction_that_asks(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MODERATOR)
    thread = published(await community.thread(rowan))

    async with community.services.database.transaction() as tx:
        tx.record(TalkWanted(thread.message_id, (wren.id,), community.clock()))

    assert await notices(community, wren) == [("talk", "")]
    assert await notices(community, rowan) == []
