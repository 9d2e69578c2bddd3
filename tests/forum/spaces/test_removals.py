"""Being away from a room: one cannot write there, and can everywhere else."""

from datetime import timedelta

import pytest

from forum.errors import Forbidden
from forum.spaces.removals import AWAY, is_away
from forum.spaces.tables import Place, Removal
from tests.builders import Community, Member, published
from tests.forum.talk import edited


async def send_away(community: Community, member: Member, room: Place, hours: int | None = None) -> Removal:
    """Send a member away from a room."""
    now = community.clock()
    until = now + timedelta(hours=hours) if hours else None
    removal = Removal(place_id=room.id, account_id=member.id, since=now, until=until)
    async with community.services.database.transaction() as tx:
        tx.session.add(removal)
    return removal


async def test_who_was_sent_away_cannot_write_or_edit_there_and_can_elsewhere(community: Community) -> None:
    rowan, room, other = await community.member(), await community.room(), await community.room()
    said = published(await community.say(rowan, room.id))
    await send_away(community, rowan, room)

    with pytest.raises(Forbidden) as caught:
        await community.say(rowan, room.id, "Am I still heard?")
    with pytest.raises(Forbidden):
        await edited(community, rowan, said.message_id, "Am I still heard here?")

    assert caught.value.words == AWAY
    published(await community.say(rowan, other.id, "Good evening from over here."))
    wren = await community.member("Wren")
    published(await community.say(wren, room.id, "Good evening."))


async def test_it_ends_by_itself_or_when_it_is_lifted(community: Community) -> None:
    rowan, room, other = await community.member(), await community.room(), await community.room()
    await send_away(community, rowan, room, hours=1)
    lifted = await send_away(community, rowan, other)
    community.clock.forward(hours=1)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Removal, lifted.id)).lifted_at = community.clock()

    async with community.services.database.reading() as session:
        away = [await is_away(session, one.id, rowan.id, community.clock()) for one in (room, other)]

    assert away == [False, False]
