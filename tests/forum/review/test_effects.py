"""What can be decided about what waits, about what others can read, and about what is gone."""

import pytest

from forum.errors import Conflict, Invalid
from forum.messages.tables import State
from forum.review.effects import OF_GONE, OF_HANDLES, OF_PUBLISHED, OF_WAITING, check_possible, possible
from forum.review.matters import Matter
from forum.review.outcomes import Action
from forum.review.tables import ReviewItem
from tests.builders import Community, published
from tests.forum.talk import hold_one, item_about


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.HELD, OF_WAITING),
        (State.REMOVED, OF_WAITING),
        (State.PUBLISHED, OF_PUBLISHED),
        (State.REFUSED, OF_GONE),
        (State.WITHDRAWN, OF_GONE),
        (State.APPLIED, OF_GONE),
    ],
)
async def test_what_can_be_decided_follows_from_where_the_message_stands(
    community: Community, state: State, expected: frozenset[Action]
) -> None:
    rowan = await community.member()
    waiting = await hold_one(community, rowan, (await community.room()).id)
    message, item = (
        await community.message(waiting.message_id),
        await item_about(community, waiting.message_id),
    )
    message.state = state
    matter = Matter(item, message)

    assert possible(matter) == expected
    for action in expected:
        check_possible(matter, action)
    for action in set(Action) - expected - {Action.ESCALATE}:
        with pytest.raises((Conflict, Invalid)):
            check_possible(matter, action)


async def test_a_handle_is_left_or_changed_and_an_appeal_is_decided_elsewhere(community: Community) -> None:
    rowan = await community.member()
    said = published(await community.say(rowan, (await community.room()).id))
    now = community.clock()
    handle = ReviewItem(kind="handle", account_id=rowan.id, opened_at=now)
    appeal = ReviewItem(kind="appeal", account_id=rowan.id, message_id=said.message_id, opened_at=now)

    assert possible(Matter(handle, None)) == OF_HANDLES
    assert possible(Matter(appeal, await community.message(said.message_id))) == frozenset()


async def test_words_that_are_gone_are_a_conflict_and_a_second_second_opinion_is_not_asked_for(
    community: Community,
) -> None:
    rowan = await community.member()
    waiting = await hold_one(community, rowan, (await community.room()).id)
    message, item = (
        await community.message(waiting.message_id),
        await item_about(community, waiting.message_id),
    )
    message.state, item.escalated_by = State.WITHDRAWN, rowan.id

    with pytest.raises(Conflict):
        check_possible(Matter(item, message), "release")
    with pytest.raises(Invalid):
        check_possible(Matter(item, message), "escalate")
