"""A judged message takes its place: the next seq, and what it replaces."""

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Conflict
from forum.messages.publishing import submit
from forum.messages.reading import missed_since
from forum.messages.submission import Held, Profile, Published, Submission
from forum.messages.tables import Message, State
from moderation.markup import render
from tests.builders import (
    HOLDS,
    Community,
    held,
    published,
)
from tests.forum.talk import heard, hold_one, rows_of, ruled


async def test_a_new_profile_takes_the_place_of_the_old_one_and_of_what_waits(community: Community) -> None:
    rowan = await community.member()
    answers = []
    for text in ("I like walking.", HOLDS, "I like walking the dog."):
        answers.append(await submit(community.services, Submission(Profile(), rowan.id, text)))

    first, waited, last = answers
    rows = await rows_of(community, published(last).place_id)
    assert [row.state for row in rows] == [State.WITHDRAWN, State.WITHDRAWN, State.PUBLISHED]
    assert [row.text for row in rows] == ["", "", "I like walking the dog."]
    assert isinstance(first, Published)
    assert isinstance(waited, Held)


async def test_a_release_never_puts_an_older_profile_over_a_newer_one(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waited = held(await submit(community.services, Submission(Profile(), rowan.id, HOLDS)))
    newer = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))

    with pytest.raises(Conflict):
        await ruled(community, moderator, waited.message_id, release=True)

    assert (await community.message(newer.message_id)).text == "I like tea."


async def test_the_published_profile_stays_while_the_new_one_waits(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    first = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))
    waited = held(await submit(community.services, Submission(Profile(), rowan.id, HOLDS)))

    assert (await community.message(first.message_id)).state == State.PUBLISHED

    await ruled(community, moderator, waited.message_id, release=True)

    assert (await community.message(first.message_id)).state == State.WITHDRAWN
    assert (await community.message(waited.message_id)).state == State.PUBLISHED


# Releases


async def test_a_release_takes_the_next_seq_at_that_moment(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()

    async with heard(community.services, room.id) as frames:
        waiting = await hold_one(community, rowan, room.id)
        for text in ("One of the lines since.", "Another of the lines."):
            await community.say(rowan, room.id, text)
        await ruled(community, moderator, waiting.message_id, release=True)

    assert (await community.message(waiting.message_id)).seq == 3
    assert [frame["seq"] for frame in frames] == [1, 2, 3]
    assert frames[-1]["id"] == str(waiting.message_id)
    async with community.services.database.reading() as session:
        missed = await missed_since(session, room.id, 2)
    assert [seq for seq, _ in missed.items] == [3]


async def test_a_message_held_because_it_could_not_be_laid_out_is_laid_out_for_its_release(
    community: Community,
) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    waiting = await hold_one(community, rowan, room.id)
    async with community.services.database.transaction() as tx:
        row = (await tx.session.exec(select(Message).where(Message.id == waiting.message_id))).one()
        row.html = render("")

    await ruled(community, moderator, waiting.message_id, release=True)

    assert "worthless" in (await community.message(waiting.message_id)).html
