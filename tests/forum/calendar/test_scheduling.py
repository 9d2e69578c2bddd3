"""Claims about scheduling: a gathering is there with its dates once its words are, and nothing is lost."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.calendar.hosting import hosts_of, is_host
from forum.calendar.planning import planned
from forum.calendar.scheduling import Wish, schedule
from forum.calendar.tables import Gathering, Stage
from forum.calendar.words import latest_words
from forum.errors import Invalid, NotFound
from tests.builders import GIVES_AWAY, HOLDS, Community, acts, asked, held, published
from tests.forum.calendar.gatherings import FORM, FOUR_TUESDAYS, WEEKLY, Calendar

pytestmark = pytest.mark.everywhere


async def test_a_weekly_gathering_has_a_row_for_each_date_at_seven_by_its_own_clocks(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)

    gathering_id, answer = await calendar.send(**WEEKLY)

    row, dates = await calendar.row(gathering_id), await calendar.dates(gathering_id)
    assert published(answer).place_id == row.place_id
    assert (row.stage, row.rule, row.starts_local) == (
        Stage.SCHEDULED,
        "FREQ=WEEKLY;BYDAY=TU;COUNT=4",
        "2026-12-01T19:00",
    )
    assert [one.starts_at for one in dates] == FOUR_TUESDAYS
    assert {(one.recurs_local[11:], one.sequence, one.cancelled_at) for one in dates} == {("19:00", 0, None)}


async def test_hosts_are_the_members_who_were_named(community: Community) -> None:
    calendar, wren = await Calendar.of(community), await community.member("Wren")

    gathering_id = await calendar.gathering(hosts="marlow", facilitators="@WREN")

    async with community.services.database.reading() as session:
        assert [one.handle for one in await hosts_of(session, gathering_id)] == ["Marlow", "Wren"]
        assert await is_host(session, gathering_id, wren.id)
        assert not await is_host(session, gathering_id, uuid4())


async def test_words_that_wait_let_the_gathering_wait_with_all_that_was_planned(community: Community) -> None:
    calendar = await Calendar.of(community)

    gathering_id, answer = await calendar.send(**(WEEKLY | {"text": HOLDS}))

    row = await calendar.row(gathering_id)
    assert held(answer).place_id == row.place_id
    assert row.stage == Stage.WAITING
    assert len(await calendar.dates(gathering_id)) == 4


async def test_words_that_are_asked_about_leave_nothing_behind(community: Community) -> None:
    calendar = await Calendar.of(community)

    gathering_id, answer = await calendar.send(text=GIVES_AWAY)

    asked(answer)
    async with community.services.database.reading() as session:
        assert await session.get(Gathering, gathering_id) is None


async def test_a_draft_may_lack_day_and_host_and_has_no_dates(community: Community) -> None:
    calendar = await Calendar.of(community)

    gathering_id = await calendar.gathering(True, date="", time="", hosts="", **{"repeats": ""})

    row = await calendar.row(gathering_id)
    assert (row.stage, row.starts_local) == (Stage.DRAFT, "")
    assert await calendar.dates(gathering_id) == []


async def test_the_same_form_sent_twice_is_one_gathering(community: Community) -> None:
    calendar = await Calendar.of(community)
    plan = await planned(community.services, FORM, draft=False)
    wish = Wish(uuid4(), calendar.space.id, plan, calendar.words(FORM))

    answers = [await schedule(community.services, wish) for _ in range(2)]

    assert answers[0] == answers[1]
    async with community.services.database.reading() as session:
        assert len((await session.exec(select(Gathering))).all()) == 1
    assert len(await calendar.dates(wish.gathering_id)) == 1


async def test_a_moment_that_is_over_is_an_error(community: Community) -> None:
    calendar = await Calendar.of(community)

    with pytest.raises(Invalid) as refused:
        await calendar.send(date="2026-11-22", time="18:00")
    assert set(refused.value.fields) == {"date"}


async def test_only_managers_plan(community: Community) -> None:
    calendar = await Calendar.of(community)
    for role in (Role.MEMBER, Role.MENTOR, Role.MODERATOR):
        calendar.manager = await community.member(f"Rowan-{role}", role)

        with pytest.raises(NotFound):
            await calendar.send()


async def test_planning_is_in_the_audit_log_with_numbers_and_no_words(community: Community) -> None:
    calendar = await Calendar.of(community)

    gathering_id = await calendar.weekly()

    entry = (await acts(community))[-1]
    assert (entry.act, entry.subject) == ("gathering-planned", f"gathering:{gathering_id}")
    assert entry.details == '{"dates":4,"stage":"scheduled"}'


async def test_what_a_manager_wrote_is_kept_though_it_waits(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(text=HOLDS)

    async with community.services.database.reading() as session:
        kept = await latest_words(session, (await calendar.row(gathering_id)).place_id)

    assert kept is not None
    assert (kept.title, kept.text) == ("Tuesday circle", HOLDS)


async def test_the_second_of_two_hours_is_kept_with_its_fold(community: Community) -> None:
    calendar = (await Calendar.of(community)).at(datetime(2027, 10, 1, tzinfo=UTC))

    gathering_id = await calendar.gathering(date="2027-10-31", time="02:30", fold="1")

    assert (await calendar.row(gathering_id)).fold == 1
    assert (await calendar.dates(gathering_id))[0].starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
