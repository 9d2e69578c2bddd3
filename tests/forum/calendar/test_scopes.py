"""Claims about scopes: which dates are meant, and whether they part from others."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.calendar.scopes import ALL, SCOPES, Meant, Scope, home_of_part, part_of
from forum.errors import Conflict
from tests.builders import Community
from tests.forum.calendar.gatherings import FOUR_TUESDAYS, Calendar


async def test_all_to_come_one_and_those_after_it(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    row, dates = await calendar.row(gathering_id), await calendar.dates(gathering_id)
    now = FOUR_TUESDAYS[0] + timedelta(minutes=1)

    def meant(scope: Scope, place: int) -> tuple[int, bool]:
        part = part_of(row, dates, Meant(scope, dates[place].id), now)
        return len(part.affected), part.is_apart

    assert meant(Scope.ALL, 0) == (3, True)
    assert meant(Scope.ONE, 1) == (1, True)
    assert meant(Scope.LATER, 2) == (2, True)
    assert not part_of(row, dates, ALL, community.clock()).is_apart


async def test_a_date_that_has_begun_is_off_or_is_anothers_cannot_be_meant(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    row, dates = await calendar.row(gathering_id), await calendar.dates(gathering_id)
    dates[2].cancelled_at = community.clock()

    for date_id in (dates[0].id, dates[2].id, uuid4(), None):
        with pytest.raises(Conflict):
            part_of(row, dates, Meant(Scope.ONE, date_id), FOUR_TUESDAYS[0])


async def test_words_of_a_part_have_a_home_of_their_own(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    row, dates = await calendar.row(gathering_id), await calendar.dates(gathering_id)
    part = part_of(row, dates, Meant(Scope.ONE, dates[1].id), community.clock())

    async with community.services.database.reading() as session:
        apart, own = [await home_of_part(session, part, apart=apart) for apart in (True, False)]

    assert (own.place_id, own.is_new) == (row.place_id, False)
    assert apart.is_new
    assert apart.gathering_id != gathering_id
    assert apart.space_id == own.space_id == calendar.space.id


def test_every_scope_has_words() -> None:
    assert set(SCOPES) == set(Scope)
    assert all(one.words.msgid for one in Scope)
