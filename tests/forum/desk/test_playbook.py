"""Steps of care: who did which, each once, by whoever may."""

import pytest

from forum.accounts.roles import Role
from forum.desk.playbook import AGAIN_WITHIN, STEPS, playbook_of, take_step
from forum.errors import Forbidden, Invalid, NotFound
from tests.builders import IN_DANGER, Community, published
from tests.forum.queueing import item_of, recuse
from tests.forum.talk import hold_one


async def test_a_step_is_noted_once_for_each_who_took_it(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    siskin = await community.member("Siskin", Role.MODERATOR)
    opened = community.clock()
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    item = await item_of(community, danger.message_id)
    for moderator in (linnet, linnet, siskin):
        community.clock.forward(minutes=1)
        await take_step(community.services, moderator.id, item.id, "read")

    async with community.services.database.reading() as session:
        book = await playbook_of(session, danger.message_id)

    assert book is not None
    assert [step.key for step in book.steps] == list(STEPS)
    assert [one.handle for one in book.steps[0].done] == ["Linnet", "Siskin"]
    assert (book.steps[1].done, book.again_by) == ((), opened + AGAIN_WITHIN)


async def test_nonsense_is_no_step_and_not_everybody_takes_one(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    danger = published(await community.say(rowan, room.id, IN_DANGER))
    waiting = await hold_one(community, rowan, room.id)
    item, other = [await item_of(community, one.message_id) for one in (danger, waiting)]
    services = community.services

    with pytest.raises(Invalid):
        await take_step(services, linnet.id, item.id, "closed")
    for who, what in ((rowan, item), (linnet, other)):
        with pytest.raises((NotFound, Forbidden)):
            await take_step(services, who.id, what.id, "read")
    await recuse(community, linnet, rowan)
    with pytest.raises(Forbidden):
        await take_step(services, linnet.id, item.id, "read")
