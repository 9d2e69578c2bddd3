"""Claims about cancelling: dates are off at once, and a word to those who come is on their page alone."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from forum.calendar.cancelling import Cancelling, cancel
from forum.calendar.scopes import ALL, Meant, Scope
from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.calendar.words import Words
from forum.errors import Conflict
from forum.messages.leaves import current_in
from forum.messages.submission import Answer
from tests.builders import GIVES_AWAY, HOLDS, Community, acts, asked, held, published
from tests.forum.calendar.gatherings import FOUR_TUESDAYS, Calendar
from tests.forum.calendar.test_changing import told

pytestmark = pytest.mark.everywhere
SORRY = "I have to travel. We meet again the week after."


async def off(calendar: Calendar, gathering_id: UUID, meant: Meant = ALL, text: str = "") -> Answer | None:
    """Cancel dates of a gathering as it is now."""
    row = await calendar.row(gathering_id)
    words = Words(calendar.manager.id, "", text, uuid4())
    return await cancel(calendar.services, Cancelling(gathering_id, row.version, words, meant))


async def words_of(calendar: Calendar, gathering: Gathering) -> str:
    async with calendar.services.database.reading() as session:
        found = await current_in(session, gathering.place_id)
    assert found is not None
    return found.text


async def home_of_date(calendar: Calendar, date: Occurrence) -> Gathering:
    async with calendar.services.database.reading() as session:
        now = await session.get_one(Occurrence, date.id)
        return await session.get_one(Gathering, now.gathering_id)


async def test_all_dates_to_come_are_off_and_calendars_hear_of_it(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    heard = told(community)

    assert await off(calendar, gathering_id) is None

    dates = await calendar.dates(gathering_id)
    assert all(one.cancelled_at for one in dates)
    assert [one.sequence for one in dates] == [1] * 4
    assert (await calendar.row(gathering_id)).stage == Stage.CANCELLED
    assert heard == [("cancelled", 4)]


async def test_one_date_is_off_without_a_word_and_the_others_stay(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)

    await off(calendar, gathering_id, Meant(Scope.ONE, second.id))

    assert [one.cancelled_at is None for one in await calendar.dates(gathering_id)] == [
        True,
        False,
        True,
        True,
    ]
    assert (await calendar.row(gathering_id)).stage == Stage.SCHEDULED


async def test_a_word_stands_on_the_page_of_the_date_that_is_off_alone(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    await calendar.sign_up(second, rowan)

    answer = await off(calendar, gathering_id, Meant(Scope.ONE, second.id), SORRY)

    apart, row = await home_of_date(calendar, second), await calendar.row(gathering_id)
    assert answer is not None
    assert published(answer).place_id == apart.place_id
    assert (apart.parted_from_id, apart.stage) == (gathering_id, Stage.CANCELLED)
    assert await words_of(calendar, apart) == f"{SORRY}\n\n· · ·\n\nAn hour to share how the week was."
    assert await words_of(calendar, row) == "An hour to share how the week was."


async def test_a_word_that_waits_does_not_keep_the_dates_on(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (first, *_) = await calendar.dates(gathering_id)

    answer = await off(calendar, gathering_id, Meant(Scope.ONE, first.id), HOLDS)

    apart = await home_of_date(calendar, first)
    assert answer is not None
    held(answer)
    assert apart.stage == Stage.CANCELLED
    assert await words_of(calendar, apart) == "An hour to share how the week was."


async def test_a_word_that_is_asked_about_cancels_nothing_yet(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    answer = await off(calendar, gathering_id, text=GIVES_AWAY)

    assert answer is not None
    asked(answer)
    assert not any(one.cancelled_at for one in await calendar.dates(gathering_id))


async def test_dates_that_are_over_stay_and_their_page_says_nothing_of_it(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    before = await calendar.dates(gathering_id)
    later = calendar.at(FOUR_TUESDAYS[1] + timedelta(hours=2))

    await off(later, gathering_id, text=SORRY)

    assert [one.cancelled_at for one in await calendar.dates(gathering_id)] == [None, None]
    apart = await home_of_date(calendar, before[2])
    assert SORRY in await words_of(calendar, apart)
    assert SORRY not in await words_of(calendar, await calendar.row(gathering_id))


async def test_what_is_off_or_was_changed_meanwhile_is_not_cancelled_again(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id, draft_id = await calendar.weekly(), await calendar.gathering(True)
    words = Words(calendar.manager.id, "", "", uuid4())
    await off(calendar, gathering_id)

    for meant, version in ((ALL, 1), (ALL, 2)):
        with pytest.raises(Conflict):
            await cancel(calendar.services, Cancelling(gathering_id, version, words, meant))
    with pytest.raises(Conflict):
        await off(calendar, draft_id)


async def test_cancelling_is_in_the_audit_log(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()

    await off(calendar, gathering_id, text=SORRY)

    entry = (await acts(community))[-1]
    assert (entry.act, entry.details) == ("gathering-cancelled", '{"dates":4,"message":true,"scope":"all"}')
    async with community.services.database.reading() as session:
        assert len((await session.exec(select(Gathering))).all()) == 1
