"""The demo's gatherings to come are as people make them: rooms, guests, reminders, a word where it is off."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.calendar.keeping import all_dates
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, SlotTaken, Stage
from forum.demo.gathering_days import starts_in
from forum.demo.gatherings_story import GATHERINGS, Crowd, GatheringStory
from forum.demo.gatherings_to_come import DATES_AHEAD, ToCome, guests_of
from forum.demo.people import People
from forum.mailing.tables import Outgoing
from forum.messages.leaves import current_in
from forum.notifications.noticing import CANCELLED
from forum.notifications.tables import Notice
from forum.reminders.planning import REMINDER
from forum.spaces.tables import Guest
from tests.builders import HOLDS, Community

THREE = Crowd(("Rowan", "harebell", "Sorrel"), maybe=("Saltmarsh",), capacity=2)
HANDLES = (*THREE.guests, *THREE.maybe)


def told(title: str) -> GatheringStory:
    """Return a gathering of the demo, held by Juniper for three guests and two seats."""
    return replace(
        next(one for one in GATHERINGS if one.title == title),
        hosts=("Juniper",),
        crowd=THREE,
        planned_by="Marlow",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a gathering, and who is who."""

    gathering: Gathering
    dates: list[Occurrence]
    people: People

    def named(
        self, rows: list[SignUp] | list[Guest] | list[SlotTaken] | list[Outgoing] | list[Notice]
    ) -> list[str]:
        """Return whose rows these are."""
        handles = {account_id: handle for handle, account_id in self.people.accounts.items()}
        return [handles[row.account_id] for row in rows]


async def plan(community: Community, story: GatheringStory) -> Kept:
    """Let it be planned."""
    roles = {"Marlow": Role.MANAGER, "Juniper": Role.MENTOR}
    handles = ("Marlow", "Juniper", *HANDLES)
    accounts = {one: (await community.member(one, roles.get(one, Role.MEMBER))).id for one in handles}
    people, now = People(community.services, accounts), community.clock()
    space = await community.space()
    at = now - timedelta(days=14)
    await ToCome(people, space.id, now).plan(story, starts_in(story.when, now)[-6:], at)
    async with community.services.database.reading() as session:
        gathering = (await session.exec(select(Gathering))).one()
        return Kept(gathering, list(await all_dates(session, gathering.id)), people)


async def test_a_date_has_a_room_for_who_has_a_seat_and_who_may_come(community: Community) -> None:
    kept = await plan(community, told("Company for today"))

    [date] = kept.dates
    async with community.services.database.reading() as session:
        guests = list((await session.exec(select(Guest).where(Guest.place_id == date.meeting_id))).all())
        signed_up = list((await session.exec(select(SignUp).order_by(col(SignUp.at)))).all())
    assert kept.named(signed_up) == list(HANDLES)
    assert [(one.reply, one.queue_number) for one in signed_up] == [
        (Coming.YES, None),
        (Coming.YES, None),
        (Coming.YES, 1),
        (Coming.MAYBE, None),
    ]
    assert sorted(kept.named(guests)) == ["Juniper", "Rowan", "Saltmarsh", "harebell"]
    assert kept.named([one for one in guests if one.host]) == ["Juniper"]


async def test_reminders_are_planned_for_the_dates_that_people_have_signed_up_for(
    community: Community,
) -> None:
    kept = await plan(community, told("Tuesday circle"))

    async with community.services.database.reading() as session:
        rows = list((await session.exec(select(Outgoing).where(Outgoing.kind == REMINDER))).all())
    assert {row.about_id for row in rows} == {date.id for date in kept.dates[:DATES_AHEAD]}
    assert set(kept.named(rows)) == {"Rowan", "harebell", "Saltmarsh"}


async def test_what_is_needed_is_taken_on_by_guests_in_their_order(community: Community) -> None:
    kept = await plan(
        community, replace(told("A morning at the allotment"), slots=(("Digging", 1), ("Tea", 4)))
    )

    async with community.services.database.reading() as session:
        taken = list((await session.exec(select(SlotTaken))).all())
    assert sorted(kept.named(taken)) == ["Rowan", "harebell"]
    assert len({one.slot_id for one in taken}) == len({"Digging", "Tea"})


async def test_what_is_called_off_says_why_above_its_words_and_tells_guests_and_hosts(
    community: Community,
) -> None:
    story = told("A walk by the river")
    kept = await plan(community, story)

    async with community.services.database.reading() as session:
        words = await current_in(session, kept.gathering.place_id)
        notices = list((await session.exec(select(Notice).where(Notice.kind == CANCELLED))).all())
    assert kept.gathering.stage == Stage.CANCELLED
    assert words is not None
    assert words.text.startswith(story.called_off)
    assert words.text.endswith(story.text)
    assert sorted(kept.named(notices)) == sorted([*HANDLES, *story.hosts])


async def test_words_that_do_not_pass_stop_the_demo(community: Community) -> None:
    with pytest.raises(ValueError, match="not published"):
        await plan(community, replace(told("Tuesday circle"), text=HOLDS))


def test_nobody_comes_who_joined_in_the_week_before(community: Community) -> None:
    now = community.clock()
    story = replace(told("Tuesday circle"), crowd=Crowd(("Rowan", "NewLeaf")))

    assert guests_of(story, now + timedelta(days=5), now) == ["Rowan"]
