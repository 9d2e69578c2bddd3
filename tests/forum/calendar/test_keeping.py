"""Claims about keeping a plan: every value of it is in the row, and calendars hear of what they tell."""

import pytest

from forum.calendar.keeping import HEARD, all_dates, keep_plan, values_of
from forum.calendar.planning import planned
from forum.calendar.tables import Gathering
from tests.builders import Community
from tests.forum.calendar.gatherings import FORM, FOUR_TUESDAYS, WEEKLY, Calendar


async def test_every_value_of_a_plan_is_in_its_row(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | WEEKLY | {"capacity": "12", "agenda": "10 Hello", "takes_questions": "on", "closes": "60"}

    row = await calendar.row(await calendar.gathering(**{**form}))

    plan = await planned(community.services, form, draft=False)
    assert {name: getattr(row, name) for name in values_of(plan)} == values_of(plan)
    assert (row.capacity, row.agenda, row.takes_questions) == (12, "10 Hello", True)


@pytest.mark.parametrize(
    ("changed", "heard"),
    [
        ({"capacity": "7"}, False),
        ({"agenda": "10 Hello"}, False),
        ({"format": "both", "area": "Old town"}, True),
        ({"partner": "River trust"}, True),
    ],
)
async def test_calendars_hear_of_what_they_tell_and_of_nothing_else(
    community: Community, changed: dict[str, str], heard: bool
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    plan = await planned(community.services, FORM | changed, draft=False)

    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(Gathering, gathering_id)
        told = await keep_plan(tx.session, row, plan)

    assert told is heard
    assert set(values_of(plan)) >= HEARD


async def test_dates_come_in_order(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    async with community.services.database.reading() as session:
        assert [one.starts_at for one in await all_dates(session, gathering_id)] == FOUR_TUESDAYS
