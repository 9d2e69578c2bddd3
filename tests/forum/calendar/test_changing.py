"""Claims about changing: dates keep their ids and their sign-ups, and a stale form changes nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from forum.calendar.changing import change
from forum.calendar.hosting import hosts_of
from forum.calendar.scopes import Scope
from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Slot, SlotTaken, Stage
from forum.errors import Conflict, Invalid
from forum.facts import Fact, GatheringChanged
from forum.messages.leaves import current_in
from tests.builders import GIVES_AWAY, HOLDS, Community, acts, asked, held, published
from tests.forum.calendar.gatherings import FOUR_TUESDAYS, WEEKLY, Calendar

pytestmark = pytest.mark.everywhere
HOUR = timedelta(hours=1)


def told(community: Community) -> list[tuple[str, int]]:
    """Listen to what is told of gatherings from now on, as what and how many dates."""
    heard: list[tuple[str, int]] = []
    react = community.services.database._react

    async def listen(tx: object, fact: Fact) -> None:
        await react(tx, fact)  # type: ignore[arg-type]
        if isinstance(fact, GatheringChanged):
            heard.append((fact.what, len(fact.occurrence_ids)))

    community.services.database._react = listen
    return heard


def ids(dates: list[Occurrence]) -> list[UUID]:
    return [one.id for one in dates]


async def test_another_hour_moves_every_date_and_keeps_every_sign_up(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    await calendar.sign_up(before[1], rowan)
    heard = told(community)

    await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00"}))

    after = await calendar.dates(gathering_id)
    assert ids(after) == ids(before)
    assert [one.starts_at for one in after] == [moment + HOUR for moment in FOUR_TUESDAYS]
    assert [one.sequence for one in after] == [1] * 4
    assert after[1].coming == 1
    assert heard == [("moved", 4)]


async def test_other_seats_or_hosts_are_told_and_calendars_are_not(community: Community) -> None:
    calendar = await Calendar.of(community)
    await community.member("Wren")
    gathering_id = await calendar.weekly()
    heard = told(community)

    await calendar.alter(gathering_id, **(WEEKLY | {"capacity": "12", "hosts": "Wren"}))

    assert [one.sequence for one in await calendar.dates(gathering_id)] == [0] * 4
    assert heard == [("changed", 4)]
    async with community.services.database.reading() as session:
        assert [one.handle for one in await hosts_of(session, gathering_id)] == ["Wren"]


async def test_more_seats_go_to_who_has_waited_longest(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly(capacity="1")
    (first, *_) = await calendar.dates(gathering_id)
    said = []
    for name in ("Rowan", "Wren", "Sorrel"):
        member = await community.member(name)
        said.append(await sign_up(community.services, member.viewer, first.id, Coming.YES))

    await calendar.alter(gathering_id, **(WEEKLY | {"capacity": "2"}))

    async with community.services.database.reading() as session:
        waiting = (await session.exec(select(SignUp.queue_number).order_by(col(SignUp.account_id)))).all()
    assert [one.seated for one in said] == [True, False, False]
    assert waiting == [None, None, 2]
    assert (await calendar.dates(gathering_id))[0].coming == 2


async def test_another_format_keeps_sign_ups_and_calendars_hear_of_it(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    (first, *_) = await calendar.dates(gathering_id)
    await calendar.sign_up(first, rowan)

    place = {"format": "both", "area": "Old town", "venue": "8 Mount Street, Manchester M2 5NS"}
    await calendar.alter(gathering_id, **(WEEKLY | place))

    (first, *_) = await calendar.dates(gathering_id)
    assert (first.coming, first.sequence) == (1, 1)
    assert (await calendar.row(gathering_id)).venue == "8 Mount Street, Manchester M2 5NS"


async def test_dates_that_fall_away_are_cancelled_with_sign_ups_and_deleted_without(
    community: Community,
) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    await calendar.sign_up(before[2], rowan, Coming.MAYBE)
    heard = told(community)

    await calendar.alter(gathering_id, **(WEEKLY | {"count": "2"}))

    after = await calendar.dates(gathering_id)
    assert ids(after) == ids(before[:3])
    assert [one.cancelled_at is None for one in after] == [True, True, False]
    assert after[2].sequence == 1
    assert heard == [("changed", 2), ("cancelled", 1)]


async def test_a_cancelled_date_does_not_come_back_with_the_next_change(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    await calendar.sign_up(before[3], rowan)
    await calendar.alter(gathering_id, **(WEEKLY | {"count": "3"}))

    await calendar.alter(gathering_id, **(WEEKLY | {"count": "5"}))

    after = await calendar.dates(gathering_id)
    assert ids(after)[:4] == ids(before)
    assert [one.cancelled_at is None for one in after] == [True, True, True, False, True]


async def test_one_date_alone_moves_apart_with_its_id_its_guests_and_its_promises(
    community: Community,
) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly(slots="2 Bring a salad")
    before = await calendar.dates(gathering_id)
    await calendar.sign_up(before[1], rowan)
    async with community.services.database.transaction() as tx:
        slot = (await tx.session.exec(select(Slot))).one()
        tx.session.add(SlotTaken(slot_id=slot.id, occurrence_id=before[1].id, account_id=rowan.id))
    heard = told(community)

    moved = {"date": "2026-12-09", "time": "18:30", "slots": "2 Bring a salad"}
    await calendar.alter(gathering_id, Scope.ONE, before[1], **moved)

    async with community.services.database.reading() as session:
        date = await session.get_one(Occurrence, before[1].id)
        apart = await session.get_one(Gathering, date.gathering_id)
        promise = (await session.exec(select(SlotTaken))).one()
        theirs = await session.get_one(Slot, promise.slot_id)
        guests = (await session.exec(select(SignUp.occurrence_id))).all()
    assert (apart.parted_from_id, apart.rule) == (gathering_id, "")
    assert apart.place_id == (await calendar.row(gathering_id)).place_id
    assert date.starts_at == datetime(2026, 12, 9, 17, 30, tzinfo=UTC)
    assert date.recurs_local == "2026-12-08T19:00"
    assert (theirs.gathering_id, theirs.name) == (apart.id, "Bring a salad")
    assert guests == [date.id]
    assert ids(await calendar.dates(gathering_id)) == [before[0].id, before[2].id, before[3].id]
    assert heard == [("moved", 1)]


async def test_the_rest_goes_on_without_the_date_that_parted(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    await calendar.alter(gathering_id, Scope.ONE, before[1], date="2026-12-09")

    await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00", "except": "2026-12-08"}))

    assert ids(await calendar.dates(gathering_id)) == [before[0].id, before[2].id, before[3].id]


async def test_this_date_and_those_after_it_part_and_the_rule_is_cut(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)

    later = WEEKLY | {"date": "2026-12-15", "count": "2", "on_TU": "", "on_WE": "on"}
    await calendar.alter(gathering_id, Scope.LATER, before[2], **later)

    row = await calendar.row(gathering_id)
    assert row.rule == "FREQ=WEEKLY;BYDAY=TU;COUNT=2"
    assert ids(await calendar.dates(gathering_id)) == ids(before[:2])
    async with community.services.database.reading() as session:
        apart = (await session.exec(select(Gathering).where(Gathering.id != gathering_id))).one()
    after = await calendar.dates(apart.id)
    assert ids(after) == ids(before[2:])
    assert [one.recurs_local for one in after] == ["2026-12-16T19:00", "2026-12-23T19:00"]


async def test_fewer_seats_than_are_taken_is_an_error_with_the_number(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    for name in ("Rowan", "Wren", "Sorrel"):
        await calendar.sign_up(second, await community.member(name))

    with pytest.raises(Invalid) as refused:
        await calendar.alter(gathering_id, **(WEEKLY | {"capacity": "2"}))
    assert refused.value.fields["capacity"].values == {"coming": 3}
    assert (await calendar.row(gathering_id)).version == 1
    await calendar.alter(gathering_id, **(WEEKLY | {"capacity": "3"}))


async def test_a_form_that_was_opened_on_an_earlier_version_changes_nothing(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    stale = await calendar.changed(gathering_id, **(WEEKLY | {"time": "21:00", "title": "Late circle"}))
    await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00"}))

    with pytest.raises(Conflict):
        await change(community.services, stale)
    row = await calendar.row(gathering_id)
    assert (row.starts_local, row.version) == ("2026-12-01T20:00", 2)
    async with community.services.database.reading() as session:
        words = await current_in(session, row.place_id)
    assert words is not None
    assert words.title == "Tuesday circle"


async def test_new_words_that_wait_leave_the_earlier_ones_and_all_else_changes(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    answer = await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00", "text": HOLDS}))

    row = await calendar.row(gathering_id)
    assert answer is not None
    assert held(answer).place_id == row.place_id
    assert (row.starts_local, row.stage) == ("2026-12-01T20:00", Stage.SCHEDULED)


async def test_words_that_are_asked_about_change_nothing_yet(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    answer = await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00", "text": GIVES_AWAY}))

    assert answer is not None
    asked(answer)
    assert (await calendar.row(gathering_id)).version == 1


async def test_a_date_that_parts_with_other_words_leaves_those_of_the_rest_alone(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)

    answer = await calendar.alter(gathering_id, Scope.ONE, second, date="2026-12-08", title="A special one")

    row = await calendar.row(gathering_id)
    async with community.services.database.reading() as session:
        date = await session.get_one(Occurrence, second.id)
        apart = await session.get_one(Gathering, date.gathering_id)
        titles = [await current_in(session, place) for place in (row.place_id, apart.place_id)]
    assert answer is not None
    assert published(answer).place_id == apart.place_id != row.place_id
    assert [one.title for one in titles if one] == ["Tuesday circle", "A special one"]
    assert date.sequence == 1


async def test_a_gathering_that_shares_its_words_gets_its_own_when_they_change(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    await calendar.alter(gathering_id, Scope.ONE, second, date="2026-12-09")
    shared = (await calendar.row(gathering_id)).place_id

    await calendar.alter(gathering_id, **(WEEKLY | {"except": "2026-12-08", "title": "The circle"}))

    row = await calendar.row(gathering_id)
    async with community.services.database.reading() as session:
        apart = (await session.exec(select(Gathering).where(Gathering.id != gathering_id))).one()
        words = await current_in(session, apart.place_id)
    assert row.place_id != shared == apart.place_id
    assert words is not None
    assert words.title == "Tuesday circle"


async def test_what_has_begun_stays_as_it_was(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    later = calendar.at(FOUR_TUESDAYS[1] + HOUR)

    await later.alter(gathering_id, **(WEEKLY | {"time": "20:00"}))

    after = await calendar.dates(gathering_id)
    assert [one.starts_at.hour for one in after] == [18, 18, 19, 19]
    assert ids(after) == ids(before)
    with pytest.raises(Conflict):
        await later.alter(gathering_id, Scope.ONE, before[0], date="2026-12-09")
    with pytest.raises(Invalid):
        await later.alter(gathering_id, date="2026-12-01")


async def test_a_promise_is_not_broken_by_a_shorter_list(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.gathering(slots="1 Bring a salad\nBread")
    (date,) = await calendar.dates(gathering_id)
    async with community.services.database.transaction() as tx:
        slot = (await tx.session.exec(select(Slot).where(Slot.name == "Bread"))).one()
        tx.session.add(SlotTaken(slot_id=slot.id, occurrence_id=date.id, account_id=rowan.id))

    with pytest.raises(Invalid) as refused:
        await calendar.alter(gathering_id, slots="1 Bring a salad")
    await calendar.alter(gathering_id, slots="1 Bring a salad\n2 Rye bread")

    assert refused.value.fields["slots"].values == {"many": 1, "slot": "Bread"}
    async with community.services.database.reading() as session:
        assert (await session.get_one(Slot, slot.id)).name == "Rye bread"


async def test_a_draft_is_scheduled_when_it_is_ready(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(True, date="", hosts="")
    heard = told(community)

    await calendar.alter(gathering_id, **WEEKLY)

    assert (await calendar.row(gathering_id)).stage == Stage.SCHEDULED
    assert [one.starts_at for one in await calendar.dates(gathering_id)] == FOUR_TUESDAYS
    assert heard == [("scheduled", 4)]


async def test_a_change_is_in_the_audit_log_with_numbers(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    await calendar.alter(gathering_id, **(WEEKLY | {"time": "20:00"}))

    entry = (await acts(community))[-1]
    assert (entry.act, entry.subject) == ("gathering-changed", f"gathering:{gathering_id}")
    assert '"moved":4' in entry.details


async def test_of_two_who_save_at_once_one_is_told_and_nothing_is_mixed(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    ways = [await calendar.changed(gathering_id, **(WEEKLY | {"time": f"{hour}:00"})) for hour in (20, 21)]

    done = await asyncio.gather(*(change(community.services, one) for one in ways), return_exceptions=True)

    assert [type(one) for one in done if one is not None] == [Conflict]
    hours = {one.recurs_local[11:] for one in await calendar.dates(gathering_id)}
    assert hours in ({"20:00"}, {"21:00"})
    assert (await calendar.row(gathering_id)).version == 2
