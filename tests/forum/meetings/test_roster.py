"""The roster: hosts first, then by handle, with who is here and who was sent away."""

from forum.meetings.roster import roster_of
from tests.builders import Community
from tests.forum.meetings.gathered import planned


async def test_hosts_see_who_may_come_who_is_here_and_who_was_asked_to_leave(community: Community) -> None:
    rowan, wren, linnet = [await community.member(name) for name in ("Rowan", "Wren", "Linnet")]
    meeting = await planned(community, rowan, wren, linnet)
    await meeting.open()
    await meeting.arrive(wren)
    await meeting.do(meeting.host, "mute", member=rowan.id)
    await meeting.do(meeting.host, "remove", member=linnet.id)
    await meeting.do(meeting.host, "came", member=rowan.id)

    async with community.services.database.reading() as session:
        roster = await roster_of(community.services, session, await meeting.held())

    assert [(one.handle, one.host, one.here, one.muted) for one in roster.guests] == [
        ("Juniper", True, False, False),
        ("Rowan", False, False, True),
        ("Wren", False, True, False),
    ]
    assert [one.came_at is not None for one in roster.guests] == [False, True, False]
    assert roster.away == ((linnet.id, "Linnet"),)


async def test_when_it_is_over_hosts_still_see_everybody_with_a_seat(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren, transcript="keep")
    await meeting.open()
    await meeting.do(meeting.host, "end")
    await meeting.do(meeting.host, "came", member=wren.id)

    async with community.services.database.reading() as session:
        roster = await roster_of(community.services, session, await meeting.held())

    assert [(one.handle, one.came_at is not None) for one in roster.guests] == [
        ("Juniper", False),
        ("Rowan", False),
        ("Wren", True),
    ]


async def test_who_was_let_back_in_is_not_listed_as_away(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    for do in ("remove", "let-back"):
        await meeting.do(meeting.host, do, member=rowan.id)

    async with community.services.database.reading() as session:
        roster = await roster_of(community.services, session, await meeting.held())

    assert [one.handle for one in roster.guests] == ["Juniper", "Rowan"]
    assert roster.away == ()
