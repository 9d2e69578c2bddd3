"""Names in the demo pass the pipeline as anybody's do."""

from dataclasses import replace

import pytest

from forum.demo.gathering_names import Names
from forum.demo.gatherings_story import GATHERINGS
from forum.demo.people import People
from forum.naming import NameNotPossible
from tests.builders import HOLDS, Community


async def test_names_are_screened_and_come_back_as_they_are_kept(community: Community) -> None:
    soup = next(story for story in GATHERINGS if story.slots and story.kind == "outing")
    names = await Names.of(People(community.services), replace(soup, agenda="10 Soup \n5 Bread"))

    assert names.slots == tuple(name for name, _ in soup.slots)
    assert (names.area, names.partner, names.agenda) == ("Near the station", "", "10 Soup\n5 Bread")


async def test_a_name_that_the_pipeline_does_not_pass_stops_the_demo(community: Community) -> None:
    with pytest.raises(NameNotPossible):
        await Names.of(People(community.services), replace(GATHERINGS[0], partner=HOLDS))
