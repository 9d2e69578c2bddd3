"""The hands of the seeding: they act at a moment of long ago, and by the doors that everybody uses."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.demo.people import Choosing, People, message_of
from forum.messages.submission import Refused, Reply
from forum.messages.tables import State
from tests.builders import HARMLESS, HOLDS, Community


async def test_somebody_speaks_and_is_decided_about_long_ago(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    people = People(community.services, {"Rowan": rowan.id, "Linnet": linnet.id})
    then, room = community.clock() - timedelta(days=9), await community.room()

    message_id = message_of(await people.say(then, "Rowan", HOLDS, Reply(room.id)))
    late = then + timedelta(minutes=5)
    ruling = await people.rule(late, "Linnet", message_id, Choosing("refuse", "kindness"))

    message = await community.message(message_id)
    assert (message.state, message.created_at) == (State.REFUSED, then)
    assert (ruling.made_at, ruling.outcome) == (late, "refused")


async def test_where_nothing_waits_there_is_nothing_to_decide(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    people = People(community.services, {"Rowan": rowan.id})
    said = await people.say(community.clock(), "Rowan", HARMLESS, Reply(room.id))

    with pytest.raises(ValueError, match="nothing waits"):
        await people.item(message_of(said))


def test_what_was_refused_is_no_message() -> None:
    with pytest.raises(ValueError, match="could not say"):
        message_of(Refused(uuid4(), ()))
