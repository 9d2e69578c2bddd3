"""One item with all that is shown of it."""

import pytest

from forum.accounts.roles import Role
from forum.desk.opened import Opened, Reader, find_item, open_item
from forum.errors import Forbidden, NotFound
from forum.review.reporting import report_handle
from tests.builders import CLAIMS, Community, Member, held, published
from tests.forum.queueing import item_of, open_items
from tests.forum.talk import hold_one


async def opened(community: Community, moderator: Member, either: object) -> Opened:
    """Open the item of an id, or of a message's."""
    services = community.services
    async with services.database.reading() as session:
        item = await find_item(session, either)  # type: ignore[arg-type]
        return await open_item(session, item, Reader(moderator.viewer, community.clock(), services.renderer))


async def test_an_item_is_found_by_its_id_and_by_its_messages(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    item = await item_of(community, claim.message_id)

    by_message, by_itself = [await opened(community, linnet, one) for one in (claim.message_id, item.id)]

    assert by_message.item.id == by_itself.item.id == item.id
    assert (by_itself.mine, by_itself.note, by_itself.playbook) == (True, "stop-medicine", None)
    with pytest.raises(NotFound):
        await opened(community, linnet, rowan.id)


async def test_a_handle_has_no_words_around_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    wren = await community.member("Wren")
    await report_handle(community.services, wren.viewer, "Rowan", "unkind")
    [item] = await open_items(community)

    told = await opened(community, linnet, item.id)

    assert (told.around, told.author.id, len(told.reports)) == (None, rowan.id, 1)


async def test_whoever_is_no_moderator_any_more_opens_nothing(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    waiting, own = await hold_one(community, rowan, room.id), await hold_one(community, linnet, room.id)

    with pytest.raises(NotFound):
        await opened(community, rowan, (await item_of(community, own.message_id)).id)
    with pytest.raises(Forbidden):
        await opened(community, linnet, own.message_id)
    assert (await opened(community, linnet, waiting.message_id)).mine
