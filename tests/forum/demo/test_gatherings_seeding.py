"""The demo's gatherings, seeded: seats as given, nobody before they joined, and numbers that can be told."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from forum.accounts.tables import Account
from forum.calendar.kinds import Kind
from forum.calendar.tables import Coming, Gathering, Host, Occurrence, SignUp, Slot, SlotTaken, Stage
from forum.demo.gatherings_story import GATHERINGS, THANKS
from forum.feedback.dates import OPEN_FOR
from forum.feedback.questions import Question
from forum.feedback.tables import Feedback, FeedbackGiven, Thanks
from forum.meetings.finding import held_at
from forum.messages.leaves import current_in
from forum.messages.tables import Message, State
from forum.numbers.attending import CAME
from forum.numbers.reading import read_numbers
from forum.spaces.tables import Guest, Place
from tests.builders import Community, opened_community
from tests.demonstrated import Demo

LAST = select(Occurrence.gathering_id, func.max(Occurrence.starts_at)).group_by(col(Occurrence.gathering_id))


@pytest.fixture
async def seeded(demo: Demo, tmp_path: Path) -> AsyncIterator[Community]:
    """A community with the demo in it."""
    async with opened_community(demo.path, tmp_path) as community:
        yield community


async def test_every_gathering_stands_with_its_words_hosts_and_dates(seeded: Community, demo: Demo) -> None:
    async with seeded.services.database.reading() as session:
        gatherings = (await session.exec(select(Gathering))).all()
        words = [await current_in(session, one.place_id) for one in gatherings]
        hosts = Counter((await session.exec(select(Host.gathering_id))).all())
        dates = Counter((await session.exec(select(Occurrence.gathering_id))).all())

        last = dict((await session.exec(LAST)).all())

    stories = {story.title: story for story in GATHERINGS}
    told = [stories[one.title] for one in words if one]
    said = dict(zip((one.id for one in gatherings), told, strict=True))
    assert {one.title for one in told} == set(stories)
    assert {one.text for one in words if one} <= set(demo.judged)
    assert all(hosts[one] == len(story.hosts) for one, story in said.items())
    for story in GATHERINGS:
        series = [one for one, of in said.items() if of is story]
        assert sum(dates[one] for one in series) == story.when.times, story.title
        assert len(series) == len({last[one] < seeded.clock() for one in series}), story.title
    assert [one.stage for one in gatherings].count(Stage.CANCELLED) == 1


async def test_what_is_to_come_has_a_room_and_what_is_over_has_none(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        dates = (await session.exec(select(Occurrence))).all()

    over = [one for one in dates if one.ends_at <= seeded.clock()]
    assert len(over) > 15
    assert all(one.meeting_id is None for one in over)
    assert all(one.meeting_id for one in dates if one not in over)


async def test_a_support_meeting_begins_soon_whose_lobby_is_open_for_rowan_and_its_host(
    seeded: Community,
) -> None:
    async with seeded.services.database.reading() as session:
        query = select(Occurrence).where(col(Occurrence.starts_at) > seeded.clock())
        date = (await session.exec(query.order_by(col(Occurrence.starts_at)))).first()
        assert date is not None
        guests = select(Account.handle, Guest.host).join(Account, col(Account.id) == col(Guest.account_id))
        let_in = dict((await session.exec(guests.where(Guest.place_id == date.meeting_id))).all())
        place = await session.get_one(Place, date.meeting_id)
        held = await held_at(session, place)

    assert let_in["Rowan"] is False
    assert let_in["Marlow"] is True
    assert held.online
    assert held.hours.lobby_from <= seeded.clock() < date.starts_at
    assert (place.name, held.gathering.kind) == ("Company for today", Kind.SUPPORT)


async def test_no_date_is_oversold_and_the_waiting_list_is_numbered_in_order(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        rows = (
            await session.exec(
                select(Occurrence, Gathering).join(
                    Gathering, col(Gathering.id) == col(Occurrence.gathering_id)
                )
            )
        ).all()
        signed_up = (await session.exec(select(SignUp).order_by(col(SignUp.at)))).all()

    waiting = 0
    for date, gathering in rows:
        ours = [one for one in signed_up if one.occurrence_id == date.id and one.reply == Coming.YES]
        seated = [one for one in ours if one.seated_at]
        queue = sorted(one.queue_number for one in ours if one.queue_number)
        assert len(seated) == date.coming <= (gathering.capacity or len(ours))
        assert queue == list(range(1, date.queued + 1))
        waiting += len(queue)
    assert waiting == 3


async def test_nobody_signed_up_or_came_before_they_joined_or_before_it_began(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        rows = (
            await session.exec(
                select(SignUp, Account, Occurrence)
                .join(Account, col(Account.id) == col(SignUp.account_id))
                .join(Occurrence, col(Occurrence.id) == col(SignUp.occurrence_id))
            )
        ).all()

    now = seeded.clock()
    assert all(account.created_at <= signed.at <= now for signed, account, _ in rows)
    assert all(signed.came_at is None or date.ends_at <= now for signed, _, date in rows)
    assert sum(signed.came_at is not None for signed, _, _ in rows) > 100


async def test_what_is_needed_is_taken_by_guests_and_by_no_more_than_are_needed(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        slots = {one.id: one.needed for one in (await session.exec(select(Slot))).all()}
        taken = (await session.exec(select(SlotTaken))).all()
        coming = set((await session.exec(select(SignUp.occurrence_id, SignUp.account_id))).all())

    assert len(slots) >= sum(len(story.slots) for story in GATHERINGS)
    assert {(one.occurrence_id, one.account_id) for one in taken} <= coming
    by_date = Counter((one.slot_id, one.occurrence_id) for one in taken)
    assert all(count <= slots[slot_id] for (slot_id, _), count in by_date.items())


async def test_guests_have_answered_and_it_is_forgotten_who_long_ago(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        answered = (await session.exec(select(func.count()).select_from(Feedback))).one()
        marks = (
            await session.exec(
                select(Occurrence.ends_at).join(
                    FeedbackGiven, col(FeedbackGiven.occurrence_id) == col(Occurrence.id)
                )
            )
        ).all()

    assert answered > 15
    assert marks
    assert all(ended > seeded.clock() - OPEN_FOR for ended in marks)


async def test_thanks_are_there_for_their_hosts(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        query = select(Message.text).join(Thanks, col(Thanks.place_id) == col(Message.place_id))
        said = (await session.exec(query.where(Message.state == State.PUBLISHED))).all()

    assert set(said) == {text for _, _, text in THANKS}


async def test_the_managers_page_of_numbers_has_something_to_tell(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        months = await read_numbers(session, seeded.clock())

    last = months[-1]
    assert len(months) >= 2
    assert (last.pooled.told(CAME) or 0) > 20
    assert (last.returning.total or 0) >= 5
    assert all(last.feedback[question].rows for question in Question)
