"""What stands around a message."""

from forum.accounts.roles import Role
from forum.desk.context import BEFORE, around
from forum.messages.withdrawing import withdraw
from forum.spaces.tables import Place
from tests.builders import CLAIMS, Community, held, published
from tests.forum.talk import say_many


async def test_what_was_found_is_marked_and_told_in_words_and_small_print(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    await say_many(community, rowan, thread.place_id, BEFORE + 2)
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    message = await community.message(claim.message_id)

    async with community.services.database.reading() as session:
        place = await session.get_one(Place, thread.place_id)
        told = await around(session, community.services.renderer, message, place)

    assert [one.words for one in told.pieces if one.marked] == ["stop taking your methadone"]
    assert (told.seen, told.gone, len(told.before), told.where) == (False, False, BEFORE, "A title")
    assert told.found[0].seen == ("stop taking your methadone",)
    assert any(small.startswith("policy ") for small in told.found[0].small)


async def test_withdrawn_words_leave_nothing_to_mark(community: Community) -> None:
    rowan = await community.member("Rowan", Role.MEMBER)
    thread = published(await community.thread(rowan))
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    await withdraw(community.services, rowan.id, claim.message_id)
    message = await community.message(claim.message_id)

    async with community.services.database.reading() as session:
        place = await session.get_one(Place, thread.place_id)
        told = await around(session, community.services.renderer, message, place)

    assert (told.pieces, told.gone) == ((), True)
    assert all(one.seen == () for one in told.found)
