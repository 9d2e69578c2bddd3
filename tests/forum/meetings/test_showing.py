"""What a reader is shown of whose turn it is, and whether they can write and read."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.meetings.showing import Standing, floor_for, reads_transcript, why_shut
from forum.meetings.telling import state_of_meeting
from forum.messages.openness import MUTED, SHARING
from tests.builders import Community
from tests.forum.meetings.gathered import planned

SOMEBODY = uuid4()
GUEST, HOST = Standing(SOMEBODY, guest=True), Standing(SOMEBODY, guest=True, host=True)
LISTENS, STRANGER = Standing(SOMEBODY, guest=True, muted=True), Standing(SOMEBODY)


async def test_a_guest_reads_their_number_and_why_they_listen(community: Community) -> None:
    members = [await community.member(name) for name in ("Rowan", "Wren", "Linnet")]
    meeting = await planned(community, *members)
    await meeting.open()
    for one in members:
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")

    async with community.services.database.reading() as session:
        state = await state_of_meeting(session, await meeting.held())

    assert [floor_for(state, one.id) for one in members] == [
        {"mine": True, "number": None},
        {"mine": False, "number": 1},
        {"mine": False, "number": 2},
    ]
    assert why_shut(state, GUEST, mine=False) == SHARING
    assert why_shut(state, LISTENS, mine=False) == MUTED
    assert [why_shut(state, one, mine=False) for one in (HOST, STRANGER)] == [None, None]
    assert why_shut(state, LISTENS, mine=True) is None


@pytest.mark.parametrize(
    ("transcript", "reads"),
    [
        ("drop", [False, False, False, False]),
        ("keep", [True, False, False, True]),
        ("guests", [True, True, False, True]),
    ],
)
async def test_who_reads_on_is_as_it_was_announced(
    community: Community, transcript: str, reads: list[bool]
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    meeting = await planned(community, rowan, transcript=transcript)
    held = await meeting.held()

    who = [(HOST, rowan), (GUEST, rowan), (STRANGER, rowan), (STRANGER, linnet)]

    assert [reads_transcript(held, standing, one.viewer) for standing, one in who] == reads
