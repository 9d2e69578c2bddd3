"""Taking words back: they are gone, answers stay, and live readers see it."""

from datetime import timedelta

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.messages.reading import missed_since
from forum.messages.tables import State
from forum.messages.withdrawing import erase_refused_before, withdraw
from tests.builders import Community, held, published
from tests.forum.talk import edited, heard, hold_one, rows_of, ruled


async def test_withdrawing_erases_the_words_and_tells_live_readers(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id, "My secret is out."))

    async with heard(community.services, room.id) as frames:
        await withdraw(community.services, rowan.id, said.message_id)

    row = await community.message(said.message_id)
    assert (row.state, row.text, row.title, row.html) == (State.WITHDRAWN, "", "", "")
    assert [(frame["seq"], frame["id"]) for frame in frames] == [(2, str(said.message_id))]
    assert "secret" not in frames[0]["html"]
    assert "Withdrawn by its author." in frames[0]["html"]


async def test_whoever_was_away_learns_of_a_withdrawal_too(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id, "My secret is out."))
    await withdraw(community.services, rowan.id, said.message_id)

    async with community.services.database.reading() as session:
        missed = await missed_since(session, room.id, 1)

    assert [(seq, shown.state, shown.html) for seq, shown in missed.items] == [(2, "withdrawn", "")]


async def test_answers_to_a_withdrawn_message_keep_their_words_and_their_place(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    said = published(await community.say(rowan, thread.place_id, "A reply that I regret."))
    answer = published(await community.say(wren, thread.place_id, "I am with you.", said.message_id))

    await withdraw(community.services, rowan.id, said.message_id)

    row = await community.message(answer.message_id)
    assert (row.state, row.text, row.parent_id) == (State.PUBLISHED, "I am with you.", said.message_id)
    async with community.browser(wren) as browser:
        shown = (await browser.get(f"/threads/{thread.place_id}")).text
    assert "Withdrawn by its author." in shown
    assert "I am with you." in shown
    assert "regret" not in shown


async def test_withdrawing_erases_every_edit_that_was_not_published(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))
    turned_down = held(await edited(community, rowan, said.message_id, "You are worthless, all of you."))
    await ruled(community, moderator, turned_down.message_id, release=False)
    held(await edited(community, rowan, said.message_id, "You are worthless, every one."))

    await withdraw(community.services, rowan.id, said.message_id)

    assert {(row.state, row.text) for row in await rows_of(community, room.id)} == {(State.WITHDRAWN, "")}


async def test_what_waits_can_be_withdrawn_before_anybody_sees_it(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    waiting = await hold_one(community, rowan, room.id)

    async with heard(community.services, room.id) as frames:
        await withdraw(community.services, rowan.id, waiting.message_id)

    assert (await community.message(waiting.message_id)).text == ""
    assert frames == []


async def test_nobody_withdraws_for_somebody_else_or_twice(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))

    with pytest.raises(NotFound):
        await withdraw(community.services, moderator.id, said.message_id)
    await withdraw(community.services, rowan.id, said.message_id)
    with pytest.raises(NotFound):
        await withdraw(community.services, rowan.id, said.message_id)


async def test_refused_words_are_erased_after_their_time_and_published_ones_stay(
    community: Community,
) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    refused = await hold_one(community, rowan, room.id)
    await ruled(community, moderator, refused.message_id, release=False)
    said = published(await community.say(rowan, room.id))
    now = community.clock()

    async with community.services.database.transaction() as tx:
        too_early = await erase_refused_before(tx, now)
    async with community.services.database.transaction() as tx:
        in_time = await erase_refused_before(tx, now + timedelta(seconds=1))

    assert (too_early, in_time) == (0, 1)
    assert (await community.message(refused.message_id)).text == ""
    assert (await community.message(said.message_id)).text != ""
