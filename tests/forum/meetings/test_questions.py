"""Questions of a workshop: through the one door, listed once they are published, voted for once each."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import Forbidden, NotFound
from forum.meetings.questions import Listed, ask, listed
from forum.messages.submission import Answer, Reply, Submission
from forum.messages.withdrawing import withdraw
from tests.builders import HOLDS, Community, Member, held, published
from tests.forum.meetings.gathered import Planned, planned
from tests.forum.talk import heard, ruled

WORKSHOP: dict[str, Any] = {"takes_questions": True, "votes_on_questions": True}


async def asks(meeting: Planned, member: Member, text: str) -> Answer:
    """Ask something."""
    submission = Submission(Reply(meeting.place_id), member.id, text)
    return await ask(meeting.community.services, member.viewer, submission)


async def seen_by(meeting: Planned, member: Member) -> tuple[Listed, ...]:
    """Return the list as a member sees it."""
    async with meeting.community.services.database.reading() as session:
        return await listed(session, await meeting.held(), member.viewer)


async def workshop(community: Community, **plan: bool) -> tuple[Planned, list[Member]]:
    """Return an open workshop with a host in it and two guests."""
    guests = [await community.member(name) for name in ("Rowan", "Wren")]
    meeting = await planned(community, *guests, **(WORKSHOP | plan))
    await meeting.open()
    await meeting.arrive(meeting.host)
    return meeting, guests


async def test_they_are_listed_by_votes_then_in_order_and_answered_ones_last(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    ids = [published(await asks(meeting, rowan, f"What about evening {n}?")).message_id for n in range(3)]

    await meeting.do(wren, "vote", question=ids[1])
    await meeting.do(wren, "vote", question=ids[2])
    await meeting.do(rowan, "vote", question=ids[2])
    await meeting.do(wren, "vote", question=ids[2])
    await meeting.do(meeting.host, "answered", question=ids[2])
    shown = await seen_by(meeting, wren)

    assert [one.message.id for one in shown] == [ids[1], ids[0], ids[2]]
    assert [one.votes for one in shown] == [1, 0, 2]
    assert [one.voted for one in shown] == [True, False, True]
    assert [one.answered for one in shown] == [False, False, True]


async def test_a_vote_can_be_taken_back(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    asked = published(await asks(meeting, rowan, "How do you plan?"))

    for do in ("vote", "unvote", "unvote", "vote", "unvote"):
        await meeting.do(wren, do, question=asked.message_id)

    assert [one.votes for one in await seen_by(meeting, wren)] == [0]


@pytest.mark.everywhere
async def test_everybody_at_once_is_counted_once_each(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    asked = published(await asks(meeting, rowan, "How do you plan?"))

    voting = [meeting.do(one, "vote", question=asked.message_id) for one in (rowan, wren, meeting.host) * 4]
    await asyncio.gather(*voting)

    assert [one.votes for one in await seen_by(meeting, wren)] == [3]


async def test_a_held_question_is_listed_once_a_moderator_has_published_it(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    linnet = await community.member("Linnet", Role.MODERATOR)
    waits = held(await asks(meeting, rowan, HOLDS))
    before = await seen_by(meeting, wren)
    with pytest.raises(NotFound):
        await meeting.do(wren, "vote", question=waits.message_id)

    async with heard(community.services, meeting.place_id) as frames:
        await ruled(community, linnet, waits.message_id, release=True)

    assert before == ()
    assert [one.message.id for one in await seen_by(meeting, wren)] == [waits.message_id]
    told = [frame for frame in frames if frame["type"] == "meeting"]
    assert [one["id"] for one in told[-1]["questions"]] == [str(waits.message_id)]


async def test_a_question_that_is_withdrawn_is_listed_no_more(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    asked = published(await asks(meeting, rowan, "How do you plan?"))

    await withdraw(community.services, rowan.id, asked.message_id)

    assert await seen_by(meeting, wren) == ()


async def test_the_same_send_again_is_one_question(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    submission = Submission(Reply(meeting.place_id), rowan.id, "How do you plan?", uuid4())

    for _ in range(2):
        await ask(community.services, rowan.viewer, submission)

    assert len(await seen_by(meeting, wren)) == 1


async def test_where_none_are_wanted_words_come_back_and_no_vote_is_taken(community: Community) -> None:
    meeting, (rowan, _) = await workshop(community, takes_questions=False, votes_on_questions=False)

    with pytest.raises(Forbidden) as caught:
        await asks(meeting, rowan, "How do you plan?")
    with pytest.raises(Forbidden):
        await meeting.do(rowan, "vote", question=uuid4())

    assert caught.value.kept == "How do you plan?"


async def test_a_line_that_is_no_question_cannot_be_voted_for(community: Community) -> None:
    meeting, (rowan, wren) = await workshop(community)
    said = published(await community.say(rowan, meeting.place_id))

    for do, who in (("vote", wren), ("answered", meeting.host)):
        with pytest.raises(NotFound):
            await meeting.do(who, do, question=said.message_id)
