"""Acts have a pace, and a name."""

import pytest

from forum.errors import ForumError, NotFound, TooManyRequests
from forum.meetings.acting import ACTS
from tests.builders import Community
from tests.forum.meetings.gathered import planned


async def test_nobody_does_more_in_a_minute_than_anybody_means_to(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()
    for _ in range(ACTS.count // 2):
        await meeting.do(rowan, "raise")
        await meeting.do(rowan, "lower")

    with pytest.raises(TooManyRequests):
        await meeting.do(rowan, "raise")

    assert await meeting.turns() == []


async def test_each_word_is_sent_once_a_turn(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()
    await meeting.do(rowan, "raise")
    await meeting.do(meeting.host, "next", seen="")
    turn = await meeting.sharing()
    assert turn is not None
    await meeting.do(wren, "react", seen=turn.id, word="heard")

    with pytest.raises(TooManyRequests):
        await meeting.do(wren, "react", seen=turn.id, word="heard")
    await meeting.do(wren, "react", seen=turn.id, word="thank_you")

    now = await meeting.sharing()
    assert now is not None
    assert (now.heard, now.thank_you) == (1, 1)


async def test_what_has_no_name_is_not_done_and_strangers_find_nothing(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan)

    with pytest.raises(ForumError):
        await meeting.do(rowan, "shout")
    with pytest.raises(NotFound):
        await meeting.do(wren, "raise")
