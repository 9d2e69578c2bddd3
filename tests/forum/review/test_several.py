"""Several decisions at once: each has its answer, and none stops the others."""

from forum.accounts.roles import Role
from forum.messages.tables import State
from forum.review.decisions import Decision
from forum.review.several import rule_many
from tests.builders import Community
from tests.forum.talk import hold_one, item_about, ruled


async def test_each_is_answered_and_none_stops_the_others(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.MODERATOR)
    room = await community.room()
    held = [
        await hold_one(community, await community.member(handle), room.id) for handle in ("Wren", "Maren")
    ]
    own = await hold_one(community, linnet, room.id)
    items = [await item_about(community, one.message_id) for one in (held[0], own, held[1])]
    await ruled(community, harbour, held[0].message_id, release=True)
    wanted = [Decision(one.id, linnet.id, one.version, "refuse", reason="no-dealing") for one in items]

    answers = await rule_many(community.services, [*wanted, Decision(items[2].id, linnet.id, 1, "refuse")])

    assert [one.status for one in answers] == ["conflict", "forbidden", "done", "invalid"]
    assert [one.ruling is not None for one in answers] == [False, False, True, False]
    states = [(await community.message(one.message_id)).state for one in (held[0], own, held[1])]
    assert states == [State.PUBLISHED, State.HELD, State.REFUSED]
