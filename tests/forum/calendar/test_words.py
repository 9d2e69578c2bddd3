"""Claims about a gathering's words: they stand in a place of its own unless they are shared, in versions."""

from uuid import uuid4

import pytest

from forum.calendar.scopes import Scope
from forum.calendar.tables import Gathering, Stage
from forum.calendar.words import Words, home_of, latest_words, published_in, say_words, says
from forum.errors import Conflict
from tests.builders import HOLDS, Community, held, published
from tests.forum.calendar.gatherings import WEEKLY, Calendar


def words(calendar: Calendar, text: str, based_on: int = 0) -> Words:
    return Words(calendar.manager.id, "Circle", text, uuid4(), based_on=based_on)


async def test_a_new_version_is_made_on_the_one_that_was_seen(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    async with community.services.database.reading() as session:
        home = await home_of(session, await session.get_one(Gathering, gathering_id))

    second = published(await say_words(community.services, home, words(calendar, "Other words.", 1)))

    assert (second.place_id, second.seq) == (home.place_id, 2)
    with pytest.raises(Conflict):
        await say_words(community.services, home, words(calendar, "Yet others.", 1))


async def test_while_one_version_waits_no_other_is_sent(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    held(await calendar.alter(gathering_id, text=HOLDS))  # type: ignore[arg-type]

    with pytest.raises(Conflict):
        await calendar.alter(gathering_id, text="Other words.")


async def test_what_waits_already_is_not_sent_again_and_all_else_can_be_changed(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(text=HOLDS)

    answer = await calendar.make(await calendar.changed(gathering_id, text=HOLDS, time="20:00"), based_on=0)

    row = await calendar.row(gathering_id)
    assert answer is None
    assert (row.stage, row.starts_local) == (Stage.WAITING, "2026-12-01T20:00")


async def test_a_home_is_new_where_another_gathering_shares_the_place(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (first, *_) = await calendar.dates(gathering_id)
    await calendar.alter(gathering_id, Scope.ONE, first, date="2026-12-02")

    async with community.services.database.reading() as session:
        row = await session.get_one(Gathering, gathering_id)
        home = await home_of(session, row)

    assert home.is_new
    assert home.place_id != row.place_id


async def test_it_is_known_what_counts_and_what_was_written_last(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    await calendar.alter(gathering_id, **(WEEKLY | {"text": HOLDS}))
    place_id = (await calendar.row(gathering_id)).place_id

    async with community.services.database.transaction() as tx:
        assert await says(tx.session, place_id, "Tuesday circle ", " An hour to share how the week was.")
        assert await says(tx.session, place_id, "Tuesday circle", HOLDS)
        assert not await says(tx.session, place_id, "Another circle", HOLDS)
        assert await published_in(tx.session, place_id)
        latest = await latest_words(tx.session, place_id)

    assert latest is not None
    assert latest.text == HOLDS
