"""The demo's forms are ones that a manager could send: each gives just the dates of its story."""

from dataclasses import replace

import pytest

from forum.calendar.kinds import Format
from forum.calendar.planning import planned
from forum.demo.gathering_days import starts_in
from forum.demo.gathering_forms import form_of
from forum.demo.gatherings_story import GATHERINGS, Where
from forum.errors import Invalid
from tests.builders import HOLDS, Community


async def test_every_form_gives_the_dates_hosts_and_names_of_its_story(community: Community) -> None:
    people = {host for story in GATHERINGS for host in story.hosts}
    known = {handle: (await community.member(handle)).id for handle in sorted(people)}
    for story in GATHERINGS:
        starts = starts_in(story.when, community.clock())
        plan = await planned(community.services, form_of(story, starts), draft=False)

        assert [one.starts_at for one in plan.timing.dates] == starts, story.title
        assert plan.hosts == {known[host]: number > 0 for number, host in enumerate(story.hosts)}
        assert plan.terms.capacity == story.crowd.capacity
        assert [(one.words, one.number) for one in plan.shown.slots] == list(story.slots)
        assert (plan.shown.area, plan.shown.venue) == (story.where.area, story.where.venue)
        assert plan.terms.takes_questions == story.questions


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("area", Where(Format.PLACE, HOLDS, "The green gate")),
        ("venue", Where(Format.PLACE, "Near the mill", HOLDS)),
    ],
)
async def test_a_place_that_the_pipeline_does_not_pass_is_named(
    community: Community, field: str, where: Where
) -> None:
    await community.member("Rowan")
    await community.member("Marlow")
    garden = next(one for one in GATHERINGS if one.hosts == ("Rowan", "Marlow"))
    form = form_of(replace(garden, where=where), starts_in(garden.when, community.clock()))

    with pytest.raises(Invalid) as raised:
        await planned(community.services, form, draft=False)
    assert set(raised.value.fields) == {field}
