"""Putting back: out of sight, in sight again where it stood, and words kept aside."""

import pytest

from forum.housekeeping import erase_refused
from forum.messages.publishing import submit
from forum.messages.restoring import bring_back, hide, keep_aside, let_out, let_wait, mask, unmask, waits
from forum.messages.submission import Profile, Submission
from forum.messages.tables import Message, State
from forum.messages.withdrawing import refuse_held, take_down
from moderation.draft import Draft
from tests.builders import HARMLESS, HOLDS, Community, held, published
from tests.forum.talk import heard, hold_one, rows_of


@pytest.mark.parametrize(
    ("state", "refused", "expected"),
    [
        (State.HELD, False, True),
        (State.REMOVED, False, True),
        (State.REMOVED, True, False),
        (State.PUBLISHED, False, False),
        (State.REFUSED, True, False),
        (State.WITHDRAWN, False, False),
    ],
)
async def test_what_waits_is_held_or_was_taken_out_of_sight_to_be_decided_again(
    community: Community, state: State, refused: bool, expected: bool
) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    message = await community.message(said.message_id)
    message.state, message.refused_at = state, community.clock() if refused else None

    assert waits(message) is expected


async def test_what_is_hidden_comes_back_where_it_stood(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id)).message_id

    async with heard(community.services, room.id) as frames:
        for change in (hide, lambda tx, message: let_out(tx, message, community.clock())):
            async with community.services.database.transaction() as tx:
                await change(tx, await tx.session.get_one(Message, said))

    row = await community.message(said)
    assert (row.state, row.seq, row.changed_seq) == (State.PUBLISHED, 1, 3)
    assert [HARMLESS in frame["html"] for frame in frames] == [False, True]


async def test_hidden_words_do_not_age(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    async with community.services.database.transaction() as tx:
        await hide(tx, await tx.session.get_one(Message, said))
    community.clock.forward(days=1000)

    await erase_refused(community.services)

    assert (await community.message(said)).text == HARMLESS


async def test_only_what_was_refused_or_taken_down_is_brought_back(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    now = community.clock()

    async with community.services.database.transaction() as tx:
        message = await tx.session.get_one(Message, said)
        before = (await bring_back(tx, message, now), await let_wait(tx, message))
        await take_down(tx, message, now)
        after = await bring_back(tx, message, now)

    assert (before, after) == ((False, False), True)
    assert (await community.message(said)).refused_at is None


async def test_a_profile_that_a_newer_one_took_the_place_of_does_not_come_back(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    waiting = held(await submit(community.services, Submission(Profile(), rowan.id, HOLDS))).message_id
    async with community.services.database.transaction() as tx:
        refuse_held(await tx.session.get_one(Message, waiting), now)
    newer = published(await submit(community.services, Submission(Profile(), rowan.id, HARMLESS)))

    async with community.services.database.transaction() as tx:
        message = await tx.session.get_one(Message, waiting)
        back = (await bring_back(tx, message, now), await let_wait(tx, message))

    assert back == (False, False)
    assert (await community.message(newer.message_id)).state == State.PUBLISHED


async def test_what_is_kept_aside_is_seen_by_nobody_and_erased_by_the_clock(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    waiting = (await hold_one(community, rowan, room.id)).message_id
    verdict = await community.services.pipeline.screen(Draft("Milder words."))
    async with community.services.database.transaction() as tx:
        message = await tx.session.get_one(Message, waiting)
        aside = await mask(tx, message, verdict, community.clock())

    kept = await community.message(aside)
    assert ((await community.message(waiting)).text, kept.text) == ("Milder words.", HOLDS)
    assert (kept.state, kept.seq, kept.revises_id) == (State.REFUSED, None, waiting)
    community.clock.forward(days=1000)
    await erase_refused(community.services)
    async with community.services.database.transaction() as tx:
        assert not await unmask(tx, await tx.session.get_one(Message, waiting), aside)


async def test_the_words_that_an_edit_replaces_are_kept_beside_what_it_revises(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id)).message_id

    async with community.services.database.transaction() as tx:
        await keep_aside(tx, await tx.session.get_one(Message, said), community.clock())

    assert [(one.text, one.revises_id) for one in await rows_of(community, room.id)] == [
        (HARMLESS, None),
        (HARMLESS, said),
    ]
