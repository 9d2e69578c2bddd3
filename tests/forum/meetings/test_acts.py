"""What a form says is read gently: an id that is none is nobody's."""

from uuid import uuid4

import pytest

from forum.errors import NotFound
from forum.meetings.acts import Act
from tests.builders import Community


async def test_ids_are_read_or_there_is_nothing_there(community: Community) -> None:
    rowan, known = await community.member(), uuid4()
    act = Act(rowan.viewer, {"member": str(known), "question": "x", "seen": str(known)}, community.clock())

    assert (act.id("member"), act.seen) == (known, known)
    for name in ("question", "word"):
        with pytest.raises(NotFound):
            act.id(name)
    assert Act(rowan.viewer, {"seen": "x"}, community.clock()).seen is None
