"""What is not kept is erased, but for what still waits at the desk; what is kept stays."""

from dataclasses import dataclass

import pytest

from forum.accounts.roles import Role
from forum.housekeeping import erase_transcripts
from forum.messages.tables import State
from forum.review.reporting import report
from tests.builders import HARMLESS, HOLDS, Community, Member, held, published
from tests.forum.meetings.gathered import Planned, planned
from tests.forum.talk import rows_of, ruled


@dataclass
class Over:
    """A meeting that is over, with a line of each kind in it."""

    meeting: Planned
    linnet: Member
    ids: list[object]


async def over(community: Community, transcript: str) -> Over:
    """Say one thing that is fine, one that is reported and one that waits; then end the meeting."""
    linnet = await community.member("Linnet", Role.MODERATOR)
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren, transcript=transcript)
    await meeting.open()
    await meeting.arrive(meeting.host)
    fine = published(await community.say(rowan, meeting.place_id))
    worrying = published(await community.say(rowan, meeting.place_id, "Come and meet me alone."))
    waits = held(await community.say(rowan, meeting.place_id, HOLDS))
    await report(community.services, wren.viewer, worrying.message_id, "other")
    await meeting.do(meeting.host, "end")
    return Over(meeting, linnet, [fine.message_id, worrying.message_id, waits.message_id])


async def words(community: Community, meeting: Planned) -> list[str]:
    """Return what is kept of what was said."""
    return [row.text for row in await rows_of(community, meeting.place_id)]


async def test_all_is_erased_but_what_waits_at_the_desk_and_that_once_it_is_decided(
    community: Community,
) -> None:
    said = await over(community, "drop")

    first = [await erase_transcripts(community.services) for _ in range(2)]
    left = await words(community, said.meeting)
    erased_before = (await said.meeting.held()).meeting.erased_at
    for message_id in said.ids[1:]:
        await ruled(community, said.linnet, message_id, release=True)  # type: ignore[arg-type]
    community.clock.forward(minutes=6)
    second = [await erase_transcripts(community.services) for _ in range(2)]

    assert first == [1, 0]
    assert left == ["", "Come and meet me alone.", HOLDS]
    assert erased_before is None
    assert second == [2, 0]
    assert await words(community, said.meeting) == ["", "", ""]
    assert (await said.meeting.held()).meeting.erased_at is not None


@pytest.mark.parametrize("transcript", ["keep", "guests"])
async def test_what_is_kept_is_not_erased(community: Community, transcript: str) -> None:
    said = await over(community, transcript)

    assert await erase_transcripts(community.services) == 0
    assert (await words(community, said.meeting))[0] == HARMLESS


async def test_a_meeting_that_is_still_open_loses_nothing(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    await meeting.open()
    await meeting.arrive(meeting.host)
    published(await community.say(rowan, meeting.place_id))

    assert await erase_transcripts(community.services) == 0
    assert await words(community, meeting) == [HARMLESS]


async def test_what_was_taken_down_keeps_its_words_for_the_days_of_an_appeal(community: Community) -> None:
    said = await over(community, "drop")
    await ruled(community, said.linnet, said.ids[1], release=False)  # type: ignore[arg-type]

    await erase_transcripts(community.services)

    rows = await rows_of(community, said.meeting.place_id)
    assert [row.state for row in rows] == [State.WITHDRAWN, State.REMOVED, State.HELD]
    assert rows[1].text != ""
