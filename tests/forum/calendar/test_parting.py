"""Claims about parting: a rule is cut at a date without losing one, and the parts are as the whole."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.dates import When, dates_of
from forum.calendar.hosting import hosts_of
from forum.calendar.local_times import written
from forum.calendar.parting import left_out, part_id, part_off, recurring, rule_before, rule_from
from forum.calendar.recurrence import Rule
from forum.calendar.slots import slot_lines
from forum.calendar.tables import Gathering, Occurrence
from tests.builders import Community
from tests.forum.calendar.gatherings import Calendar
from tests.forum.calendar.test_recurrence import RULES

START = datetime(2026, 12, 1, 19)
NOW = datetime(2026, 11, 22, tzinfo=ZoneInfo("UTC"))


def gathering(rule: str) -> Gathering:
    return Gathering(
        place_id=uuid4(),
        made_by_id=uuid4(),
        zone="Europe/Berlin",
        starts_local=written(START),
        rule=rule,
        created_at=NOW,
        changed_at=NOW,
    )


def date_at(local: datetime) -> Occurrence:
    return Occurrence(
        gathering_id=uuid4(), recurs_local=written(local), starts_at=NOW, ends_at=NOW, changed_at=NOW
    )


def dates_by(rule: str, start: datetime) -> list[datetime]:
    when = When(start, ZoneInfo("Europe/Berlin"), 60, Rule.read(rule) if rule else None)
    return [one.recurs for one in dates_of(when)]


@given(RULES, st.data())
def test_what_comes_before_a_date_and_from_it_on_is_all_there_was(rule: str, data: st.DataObject) -> None:
    whole = gathering(rule)
    every = list(recurring(whole))
    place = data.draw(st.integers(0, len(every) - 1))
    first = date_at(every[place])

    after = dates_by(rule_from(whole, first), every[place])

    before = dates_by(rule_before(whole, first), START) if place else []
    assert before + after == every


def test_an_end_by_date_is_cut_as_one_by_number() -> None:
    whole = gathering("FREQ=WEEKLY;UNTIL=20261222T225959Z")
    third = date_at(datetime(2026, 12, 15, 19))

    assert rule_before(whole, third) == "FREQ=WEEKLY;COUNT=2"
    assert rule_from(whole, third) == "FREQ=WEEKLY;COUNT=2"
    assert rule_from(whole, date_at(datetime(2026, 12, 22, 19))) == ""


def test_the_days_left_out_are_those_of_the_rule_without_a_date() -> None:
    whole = gathering("FREQ=WEEKLY;COUNT=3")
    there = [date_at(local) for local in (START, datetime(2026, 12, 15, 19))]

    assert left_out(whole, there) == ("2026-12-08",)
    assert left_out(gathering(""), there) == ()
    assert left_out(whole, []) == ()


async def test_a_part_is_as_the_whole_and_sent_twice_it_is_the_same_part(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly(slots="2 Salad", capacity="12")
    dates = await calendar.dates(gathering_id)

    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(Gathering, gathering_id)
        rows = [await tx.session.get_one(Occurrence, one.id) for one in dates[2:]]
        wanted = part_id(row, dates[2].id)
        apart = await part_off(tx.session, row, rows, community.clock())

    assert apart.id == wanted
    assert (apart.capacity, apart.version, apart.parted_from_id) == (12, 1, gathering_id)
    assert [one.id for one in await calendar.dates(apart.id)] == [one.id for one in dates[2:]]
    async with community.services.database.reading() as session:
        assert [one.handle for one in await hosts_of(session, apart.id)] == ["Marlow"]
        assert [str(one) for one in await slot_lines(session, apart.id)] == ["2 Salad"]
