"""Claims about what waits: once a person lets the words pass, the gathering is there, and says them."""

from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.calendar.cancelling import Cancelling, cancel
from forum.calendar.scopes import Meant, Scope
from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.calendar.words import Words
from forum.messages.leaves import current_in
from forum.messages.submission import Answer
from forum.spaces.tables import Place, PlaceKind
from tests.builders import HOLDS, Community, held
from tests.forum.calendar.gatherings import WEEKLY, Calendar
from tests.forum.calendar.test_changing import told
from tests.forum.talk import ruled

pytestmark = pytest.mark.everywhere


async def released(community: Community, answer: Answer | None) -> None:
    """Let a moderator publish what waits."""
    assert answer is not None
    linnet = await community.member("Linnet", Role.MODERATOR)
    await ruled(community, linnet, held(answer).message_id, release=True)


async def said(community: Community, place_id: UUID) -> str:
    async with community.services.database.reading() as session:
        words = await current_in(session, place_id)
    return words.text if words else ""


async def test_a_gathering_is_there_for_members_once_its_words_are_released(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id, answer = await calendar.send(**(WEEKLY | {"text": HOLDS}))
    heard = told(community)

    await released(community, answer)

    row = await calendar.row(gathering_id)
    assert (row.stage, row.version) == (Stage.SCHEDULED, 2)
    assert heard == [("scheduled", 4)]
    assert {one.sequence for one in await calendar.dates(gathering_id)} == {0}


async def test_a_draft_stays_a_draft_though_its_words_are_released(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id, answer = await calendar.send(True, text=HOLDS)
    heard = told(community)

    await released(community, answer)

    assert (await calendar.row(gathering_id)).stage == Stage.DRAFT
    assert heard == []


async def test_a_gathering_that_waits_is_there_at_once_when_its_words_are_changed_to_others(
    community: Community,
) -> None:
    """A moderator has refused them, and the manager writes others, which pass."""
    calendar, linnet = await Calendar.of(community), await community.member("Linnet", Role.MODERATOR)
    gathering_id, answer = await calendar.send(**(WEEKLY | {"text": HOLDS}))
    await ruled(community, linnet, held(answer).message_id, release=False)
    changed = await calendar.changed(gathering_id, **WEEKLY)
    heard = told(community)

    await calendar.make(changed, based_on=0)

    assert (await calendar.row(gathering_id)).stage == Stage.SCHEDULED
    assert heard == [("scheduled", 4), ("changed", 4)]


async def test_words_of_a_date_that_parted_replace_the_earlier_ones_once_released(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    answer = await calendar.alter(gathering_id, Scope.ONE, second, date="2026-12-08", text=HOLDS)
    async with community.services.database.reading() as session:
        date = await session.get_one(Occurrence, second.id)
    before = await said(community, (await calendar.row(date.gathering_id)).place_id)
    heard = told(community)

    await released(community, answer)

    row = await calendar.row(date.gathering_id)
    assert before == "An hour to share how the week was."
    assert await said(community, row.place_id) == HOLDS
    assert await said(community, (await calendar.row(gathering_id)).place_id) == before
    assert heard == [("changed", 1)]


async def test_words_that_waited_when_a_date_parted_are_said_by_both_and_take_nothing_newer_away(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    first = await calendar.alter(gathering_id, **(WEEKLY | {"text": HOLDS}))
    (_, second, *_) = await calendar.dates(gathering_id)
    await calendar.alter(gathering_id, Scope.ONE, second, date="2026-12-09", text=HOLDS)
    community.clock.forward(minutes=5)
    newer = WEEKLY | {"except": "2026-12-08", "text": "What it is about now."}
    await calendar.alter(gathering_id, **newer)

    await released(community, first)

    async with community.services.database.reading() as session:
        apart = (await session.exec(select(Gathering).where(Gathering.id != gathering_id))).one()
    assert await said(community, (await calendar.row(gathering_id)).place_id) == "What it is about now."
    assert await said(community, apart.place_id) == HOLDS
    assert apart.version == 3


async def test_a_word_to_those_who_come_follows_once_released(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    words = Words(calendar.manager.id, "", HOLDS, uuid4())
    (first, *_) = await calendar.dates(gathering_id)
    wanted = Cancelling(gathering_id, 1, words, Meant(Scope.ONE, first.id))
    answer = await cancel(community.services, wanted)
    heard = told(community)

    await released(community, answer)

    async with community.services.database.reading() as session:
        apart = (await session.exec(select(Gathering).where(Gathering.id != gathering_id))).one()
    assert (await said(community, apart.place_id)).startswith(HOLDS)
    assert apart.stage == Stage.CANCELLED
    assert heard == [("changed", 1)]


async def test_a_place_that_is_no_gatherings_own_changes_nothing(community: Community) -> None:
    calendar, now = await Calendar.of(community), community.clock()
    place = Place(kind=PlaceKind.GATHERING, space_id=calendar.space.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
    heard = told(community)

    await calendar.write(place.id)

    assert heard == []
