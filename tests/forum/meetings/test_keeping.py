"""Meetings follow what happens elsewhere, in the same commit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select, update

from forum.accounts.roles import Role
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.facts import GatheringChanged, SeatChanged
from forum.meetings.tables import Phase
from forum.messages.placing import record_change
from forum.messages.publishing import submit
from forum.messages.submission import Leaf, Submission
from forum.messages.tables import Message, State
from forum.spaces.tables import Place
from tests.builders import Community, Member, published
from tests.forum.meetings.gathered import Planned, a_seat, planned


async def says(meeting: Planned, member: Member, reply: Coming, what: str) -> None:
    """Let a member answer, as signing up does."""
    community = meeting.community
    async with community.services.database.transaction() as tx:
        row = a_seat(meeting.occurrence_id, member, community, reply=reply)
        await tx.session.merge(row)
        tx.record(SeatChanged(meeting.occurrence_id, member.id, what, community.clock()))


async def changed(meeting: Planned, what: str) -> None:
    """Let the gathering's one date change."""
    now = meeting.community.clock()
    async with meeting.community.services.database.transaction() as tx:
        dates = (meeting.occurrence_id,)
        tx.record(GatheringChanged(meeting.gathering_id, dates, what, meeting.host.id, now))


async def test_a_seat_lets_in_and_who_gives_it_up_is_no_guest_and_shares_no_more(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, wren)
    await meeting.open()

    await says(meeting, rowan, Coming.YES, "seated")
    came_in = await meeting.guest(rowan)
    for one in (rowan, wren):
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")
    await says(meeting, rowan, Coming.NO, "left")

    assert came_in is not None
    assert not came_in.host
    assert await meeting.guest(rowan) is None
    assert await meeting.turns() == [("Wren", "sharing")]


async def test_a_cancelled_date_closes_its_meeting(community: Community) -> None:
    meeting = await planned(community)
    async with community.services.database.transaction() as tx:
        date = await tx.session.get_one(Occurrence, meeting.occurrence_id)
        date.cancelled_at = community.clock()

    await changed(meeting, "cancelled")

    assert (await meeting.held()).meeting.phase == Phase.CLOSED


async def test_a_meeting_that_never_opened_has_its_lobby_again_when_its_date_is_moved_on(
    community: Community,
) -> None:
    meeting = await planned(community)
    community.clock.forward(hours=5)
    async with community.browser(meeting.host) as browser:
        await browser.get(meeting.url)
    over = (await meeting.held()).meeting.phase
    async with community.services.database.transaction() as tx:
        date = await tx.session.get_one(Occurrence, meeting.occurrence_id)
        date.starts_at, date.ends_at = (community.clock() + timedelta(days=d) for d in (1, 2))

    await changed(meeting, "moved")

    assert (over, (await meeting.held()).meeting.phase) == (Phase.CLOSED, Phase.LOBBY)


async def test_a_draft_has_no_meeting_and_a_scheduled_one_has_one_for_each_date(community: Community) -> None:
    meeting, now = await planned(community), community.clock()
    plans: list[UUID] = []
    for stage in (Stage.DRAFT, Stage.SCHEDULED):
        async with community.services.database.transaction() as tx:
            like = await tx.session.get_one(Gathering, meeting.gathering_id)
            own: dict[str, Any] = {"place_id": like.place_id, "made_by_id": like.made_by_id, "stage": stage}
            plan = Gathering(**own, created_at=now, changed_at=now)
            tx.session.add(plan)
            await tx.session.flush()
            times: dict[str, Any] = {"starts_at": now, "ends_at": now, "changed_at": now, "recurs_local": ""}
            dates = [Occurrence(gathering_id=plan.id, **times) for _ in range(60)]
            tx.session.add_all(dates)
            ids = tuple(one.id for one in dates)
            tx.record(GatheringChanged(plan.id, ids, "scheduled", meeting.host.id, now))
            plans.append(plan.id)

    async with community.services.database.reading() as session:
        made = [
            (await session.exec(select(Occurrence.meeting_id).where(Occurrence.gathering_id == one))).all()
            for one in plans
        ]

    assert set(made[0]) == {None}
    assert len(set(made[1])) == 60
    assert None not in made[1]


async def test_the_room_is_called_what_the_gathering_is_called(community: Community) -> None:
    manager = await community.member("Juniper", Role.MANAGER)
    meeting = await planned(community, host=manager)
    leaf = (await meeting.held()).gathering.place_id
    names = [(await meeting.held()).place.name]

    for version, title in enumerate(("Sunday tea", "Sunday tea and cake")):
        words = Submission(Leaf(leaf, title, version), manager.id, "A quiet hour with tea.")
        published(await submit(community.services, words))
        names.append((await meeting.held()).place.name)

    assert names == ["", "Sunday tea", "Sunday tea and cake"]


async def test_a_title_that_is_taken_down_stands_over_no_room(community: Community) -> None:
    manager = await community.member("Juniper", Role.MANAGER)
    meeting = await planned(community, host=manager)
    leaf = (await meeting.held()).gathering.place_id
    words = Submission(Leaf(leaf, "Sunday tea"), manager.id, "A quiet hour with tea.")
    said = published(await submit(community.services, words))

    async with community.services.database.transaction() as tx:
        message = await tx.session.get_one(Message, said.message_id)
        message.state = State.REMOVED
        await record_change(tx, message)

    assert (await meeting.held()).place.name == ""


async def test_a_lost_reaction_is_made_good_by_the_next_one(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community)
    async with community.services.database.transaction() as tx:
        tx.session.add(a_seat(meeting.occurrence_id, rowan, community))
        await tx.session.exec(update(Place).where(col(Place.id) == meeting.place_id).values(name="x"))
    before = await meeting.guest(rowan)

    await changed(meeting, "changed")

    async with community.services.database.reading() as session:
        seat = await session.get(SignUp, (meeting.occurrence_id, rowan.id))
    assert (before, seat is not None) == (None, True)
    assert await meeting.guest(rowan) is not None
