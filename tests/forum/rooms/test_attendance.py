"""Coming and going: told to everybody there, bundled, and never lost when the backplane is away."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from forum.accounts.roles import Role
from forum.broadcasts import has_facilitator, place_topic
from forum.live.rota import Rota
from forum.rooms import attendance
from forum.rooms.attendance import Attendance, arrive_by_page, enter
from forum.rooms.presence import who_is_here
from forum.spaces.opening import Pace
from forum.spaces.tables import Removal
from realtime.in_process import InProcess
from tests.builders import Community
from tests.forum.talk import heard


@pytest.fixture(autouse=True)
def told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is here is told after a moment instead of a second."""
    monkeypatch.setattr(attendance, "TOLD_EVERY_SECONDS", 0.1)


async def settled(place_id: UUID) -> None:
    """Wait until everybody was told."""
    while tasks := [task for (_, place), task in attendance.TELLERS._waiting.items() if place == place_id]:
        await asyncio.wait(tasks)
    await asyncio.sleep(0.02)


async def test_many_who_come_at_once_are_told_once(community: Community) -> None:
    room = await community.room()
    members = [await community.member(handle) for handle in ("Rowan", "Wren", "Maren")]

    async with heard(community.services, room.id) as frames:
        for number, member in enumerate(members):
            await Attendance(community.services, member.viewer, str(number)).arrive(room.id)
        await settled(room.id)

    assert [(frame["type"], frame["count"], frame["names"]) for frame in frames] == [("presence", 3, [])]


async def test_leaving_every_room_leaves_nothing_behind(community: Community) -> None:
    rowan, rooms = await community.member(), [await community.room(), await community.room()]
    here = Attendance(community.services, rowan.viewer, "socket")
    for room in rooms:
        await here.arrive(room.id)
        await here.arrive(room.id)

    await here.depart_all()

    for room in rooms:
        await settled(room.id)
        assert (await who_is_here(community.services, room.id)).count == 0


async def test_who_was_sent_away_reads_and_is_not_counted_among_who_is_here(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    async with community.services.database.transaction() as tx:
        tx.session.add(Removal(place_id=room.id, account_id=rowan.id, since=community.clock()))

    await arrive_by_page(community.services, rowan.viewer, room.id)
    async with community.services.database.reading() as session:
        may_enter = await Attendance(community.services, rowan.viewer, "socket").may_enter(session, room.id)

    assert not may_enter
    assert (await who_is_here(community.services, room.id)).count == 0


async def test_only_a_facilitators_coming_and_going_changes_how_a_room_is_held(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(needs_facilitator=True))

    async with heard(community.services, room.id) as frames:
        for member in (rowan, juniper):
            here = Attendance(community.services, member.viewer, member.viewer.handle)
            await here.arrive(room.id)
            await here.depart(room.id)
        await settled(room.id)

    told = [frame["waiting_for_facilitator"] for frame in frames if frame["type"] == "room"]
    assert told == [False, True]


async def test_a_presence_is_renewed_also_after_the_backplane_was_away(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    backplane = Flickering()
    here = Attendance(replace(community.services, backplane=backplane), rowan.viewer, "socket")
    await here.arrive(room.id)
    rota = Rota("presence", 0.001)
    rota.add(here, here.renew)
    await backplane.again.wait()
    rota.remove(here)

    assert backplane.failed == 1
    assert len(await backplane.present(place_topic(room.id))) == 1
    await settled(room.id)


class Flickering(InProcess):
    """A backplane whose first renewal fails."""

    def __init__(self) -> None:
        super().__init__()
        self.renewed = self.failed = 0
        self.again = asyncio.Event()

    async def arrive(self, *how: Any) -> None:
        self.renewed += 1
        if self.renewed == 2:
            self.failed += 1
            raise ConnectionError
        if self.renewed > 2:
            self.again.set()
        await super().arrive(*how)


async def test_a_meetings_facilitator_is_its_host_and_a_rooms_is_whoever_has_the_role(
    community: Community,
) -> None:
    mentor, host = await community.member("Linnet", Role.MENTOR), await community.member("Juniper")
    room, meeting = await community.room(), await community.meeting(mentor, host=host)
    backplane = community.services.backplane
    holds = []

    for member in (mentor, host):
        here = Attendance(community.services, member.viewer, member.viewer.handle)
        await here.arrive(room.id)
        await enter(here, community.services, meeting.id, meeting=True)
        await here.renew()
        holds.append([await has_facilitator(backplane, place.id) for place in (room, meeting)])
        await here.depart_all()

    assert holds == [[True, False], [False, True]]
