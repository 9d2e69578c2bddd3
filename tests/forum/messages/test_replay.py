"""The same send once more is answered with what became of the first."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.messages.publishing import submit
from forum.messages.replay import answer_to_earlier
from forum.messages.submission import Answer, Edit, Published, Reply, Submission
from forum.messages.withdrawing import withdraw
from tests.builders import HARMLESS, HOLDS, IN_DANGER, Community, held, published, refused
from tests.forum.talk import ruled


async def earlier(community: Community, submission: Submission) -> Answer | None:
    async with community.services.database.reading() as session:
        return await answer_to_earlier(session, submission)


async def test_what_was_never_sent_has_no_answer(community: Community) -> None:
    rowan = await community.member()

    assert await earlier(community, Submission(Reply(uuid4()), rowan.id, "Hi")) is None


async def test_the_answer_is_what_became_of_it_since(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    submissions = [Submission(Reply(room.id), rowan.id, HOLDS), Submission(Reply(room.id), rowan.id, HOLDS)]
    for submission, release in zip(submissions, (True, False), strict=True):
        waiting = held(await submit(community.services, submission))
        await ruled(community, moderator, waiting.message_id, release=release)

    released, turned_down = [await submit(community.services, submission) for submission in submissions]

    assert published(released).seq == 1
    assert refused(turned_down).findings


async def test_a_released_edit_answers_with_the_message_it_changed(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))
    version = (await community.message(said.message_id)).version
    edit = Submission(Edit(said.message_id, version), rowan.id, HOLDS)
    waiting = held(await submit(community.services, edit))
    await ruled(community, moderator, waiting.message_id, release=True)

    again = await submit(community.services, edit)

    assert again == Published(said.message_id, room.id, 2)


async def test_what_was_withdrawn_before_anybody_saw_it_is_not_called_published(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    submission = Submission(Reply(room.id), rowan.id, HOLDS)
    waiting = held(await submit(community.services, submission))
    await withdraw(community.services, rowan.id, waiting.message_id)

    with pytest.raises(NotFound):
        await submit(community.services, submission)


async def test_a_nonce_says_nothing_about_another_members_message(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    theirs = Submission(Reply(room.id), rowan.id, HARMLESS)
    await submit(community.services, theirs)

    mine = Submission(Reply(room.id), wren.id, HARMLESS, theirs.nonce)

    assert await earlier(community, mine) is None


async def test_people_to_reach_are_offered_again_to_somebody_in_danger(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    submission = Submission(Reply(room.id), rowan.id, IN_DANGER)
    first = await submit(community.services, submission)

    again = await submit(community.services, submission)

    assert published(again).cared
    assert again == first
