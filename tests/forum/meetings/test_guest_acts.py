"""What every guest can do, and what does not count."""

from uuid import uuid4

import pytest

from forum.errors import ForumError
from forum.meetings.guest_acts import OF_GUESTS
from tests.builders import Community
from tests.forum.meetings.gathered import planned


async def test_words_for_another_turn_for_oneself_or_of_no_kind_are_not_counted(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()
    await meeting.do(rowan, "raise")
    await meeting.do(meeting.host, "next", seen="")
    turn = await meeting.sharing()
    assert turn is not None

    await meeting.do(wren, "react", seen=uuid4(), word="heard")
    await meeting.do(rowan, "react", seen=turn.id, word="heard")
    for word in ("", "state", "number", "__class__"):
        with pytest.raises(ForumError):
            await meeting.do(wren, "react", seen=turn.id, word=word)

    now = await meeting.sharing()
    assert now is not None
    assert (now.heard, now.number) == (0, turn.number)


@pytest.mark.parametrize("do", ["raise", "lower", "pass", "done"])
async def test_before_it_opens_there_are_no_turns(community: Community, do: str) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)

    await meeting.do(rowan, do)

    assert await meeting.turns() == []
    assert do in OF_GUESTS
