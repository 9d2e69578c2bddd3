"""Claims about discarding: of a draft thrown away no word is left, and nothing but a draft can be."""

from uuid import UUID

import pytest
from sqlmodel import select

from forum.calendar.discarding import discard
from forum.calendar.tables import Gathering
from forum.errors import Conflict, NotFound
from forum.messages.tables import Message, State
from tests.builders import HOLDS, Community
from tests.forum.calendar.gatherings import WEEKLY, Calendar
from tests.forum.queueing import open_items


@pytest.mark.parametrize("text", ["A walk by the river.", HOLDS])
async def test_a_draft_is_gone_with_its_words_and_nobody_has_to_read_them_any_more(
    community: Community, text: str
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(True, text=text, slots="2 Salad")

    await discard(community.services, calendar.manager.id, gathering_id, 1)

    async with community.services.database.reading() as session:
        assert (await session.exec(select(Gathering))).all() == []
        (message,) = (await session.exec(select(Message))).all()
    assert (message.state, message.title, message.text) == (State.WITHDRAWN, "", "")
    assert await open_items(community) == []


async def test_what_is_scheduled_or_has_changed_since_is_not_discarded(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member()
    scheduled, draft = await calendar.gathering(**WEEKLY), await calendar.gathering(True)

    async def throw(by: UUID, gathering_id: UUID, version: int) -> None:
        await discard(community.services, by, gathering_id, version)

    for gathering_id, version in ((scheduled, 1), (draft, 2)):
        with pytest.raises(Conflict):
            await throw(calendar.manager.id, gathering_id, version)
    with pytest.raises(NotFound):
        await throw(rowan.id, draft, 1)
    assert len(await calendar.dates(scheduled)) == 4
