"""Claims about refilling: the form of a gathering makes the same gathering again."""

from uuid import uuid4

import pytest

from forum.calendar.planning import planned
from forum.calendar.refilling import copied, empty_form, refilled
from forum.calendar.scopes import Meant, Scope
from forum.errors import NotFound
from tests.builders import HOLDS, Community
from tests.forum.calendar.gatherings import FORM, WEEKLY, Calendar

FULL = WEEKLY | {
    "capacity": "12",
    "closes": "60",
    "agenda": "10 Hello",
    "slots": "2 Salad",
    "format": "both",
    "area": "Old town",
    "venue": "8 Mount Street",
    "partner": "River trust",
    "is_public": "on",
    "takes_questions": "on",
    "except": "2026-12-08",
}


async def form_for(calendar: Calendar, gathering_id: object, meant: Meant | None = None) -> dict[str, str]:
    async with calendar.services.database.reading() as session:
        row = await calendar.row(gathering_id)  # type: ignore[arg-type]
        return await refilled(session, row, meant or Meant())


async def test_what_is_refilled_is_the_same_plan(community: Community) -> None:
    calendar = await Calendar.of(community)

    form = await form_for(calendar, await calendar.gathering(**FULL))

    assert await planned(community.services, form, draft=False) == await planned(
        community.services, FORM | FULL, draft=False
    )
    assert (form["version"], form["based_on"]) == ("1", "1")


async def test_one_date_is_refilled_as_it_is_and_those_after_it_with_the_rest_of_the_rule(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, _, third, _) = await calendar.dates(gathering_id)

    one = await form_for(calendar, gathering_id, Meant(Scope.ONE, third.id))
    later = await form_for(calendar, gathering_id, Meant(Scope.LATER, third.id))

    assert (one["date"], one["time"], one["repeats"], one["except"]) == ("2026-12-15", "19:00", "", "")
    assert (later["date"], later["repeats"], later["count"]) == ("2026-12-15", "weeks", "2")
    with pytest.raises(NotFound):
        await form_for(calendar, gathering_id, Meant(Scope.ONE, uuid4()))


async def test_a_copy_is_all_but_the_day(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(**FULL)

    async with community.services.database.reading() as session:
        form = await copied(session, await calendar.row(gathering_id), calendar.manager.viewer)

    assert {"date", "except", "version", "based_on"}.isdisjoint(form)
    assert (form["title"], form["venue"], form["count"]) == ("Tuesday circle", "8 Mount Street", "4")


async def test_words_that_were_never_published_are_refilled_too(community: Community) -> None:
    calendar = await Calendar.of(community)

    form = await form_for(calendar, await calendar.gathering(text=HOLDS))

    assert (form["text"], form["based_on"]) == (HOLDS, "0")


async def test_an_empty_form_is_held_by_whoever_opens_it(community: Community) -> None:
    calendar = await Calendar.of(community)

    form = empty_form(calendar.manager.viewer)

    assert (form["hosts"], form["zone"]) == ("Marlow", calendar.manager.viewer.time_zone)
