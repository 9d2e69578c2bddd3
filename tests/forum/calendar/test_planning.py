"""Claims about planning: a form is a plan, or all that is wrong with it is said at once."""

import pytest

from forum.calendar.planning import planned
from forum.errors import Invalid
from tests.builders import HOLDS, Community
from tests.forum.calendar.gatherings import FORM, Calendar


async def bad(calendar: Calendar, draft: bool = False, /, **form: str) -> set[str]:
    with pytest.raises(Invalid) as refused:
        await planned(calendar.services, FORM | form, draft=draft)
    return set(refused.value.fields)


async def test_a_plan_is_terms_dates_names_and_hosts(community: Community) -> None:
    calendar = await Calendar.of(community)
    place = {"format": "place", "area": "  Old town ", "venue": "8 Mount Street, Manchester M2 5NS"}

    plan = await planned(
        community.services, FORM | place | {"slots": "2 Salad", "agenda": "10 Hello"}, draft=False
    )

    assert (plan.shown.area, plan.shown.venue) == ("Old town", "8 Mount Street, Manchester M2 5NS")
    assert [str(one) for one in (*plan.shown.slots, *plan.shown.agenda)] == ["2 Salad", "10 Hello"]
    assert plan.hosts == {calendar.manager.id: False}
    assert len(plan.timing.dates) == 1


async def test_mistakes_of_all_kinds_are_named_together(community: Community) -> None:
    calendar = await Calendar.of(community)

    wrong = await bad(calendar, title=" ", text="\u200b", kind="x", zone="x", hosts="Nobody", area=HOLDS)

    assert wrong == {"title", "text", "kind", "zone", "hosts", "area"}


async def test_what_meets_somewhere_says_roughly_where_and_a_joint_one_with_whom(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)

    assert await bad(calendar, format="place", kind="joint") == {"area", "partner"}
    assert (await planned(calendar.services, FORM | {"format": "place"}, draft=True)).draft


async def test_a_draft_may_lack_much_and_nothing_in_it_may_be_wrong(community: Community) -> None:
    calendar = await Calendar.of(community)

    lacking = FORM | {"date": "", "time": "", "hosts": ""}

    assert (await planned(calendar.services, lacking, draft=True)).hosts == {}
    assert await bad(calendar, True, zone="x", hosts="Nobody", venue="Ring 07700 900123", slots="5") == {
        "zone",
        "hosts",
        "venue",
        "slots",
    }


@pytest.mark.parametrize("field", ["agenda", "slots"])
async def test_the_words_of_a_list_pass_the_pipeline(community: Community, field: str) -> None:
    calendar = await Calendar.of(community)

    assert await bad(calendar, **{field: f"5 Hello\n5 {HOLDS}"}) == {field}


async def test_an_agenda_fits_into_its_gathering(community: Community) -> None:
    calendar = await Calendar.of(community)

    assert await bad(calendar, agenda="45 Sharing\n30 Tea") == {"agenda"}
