"""What the table of calendars refuses, and what counts until somebody chooses."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from forum.calendar.feeds.tables import CalendarChoice
from tests.builders import Community


def test_until_chosen_there_is_no_feed_no_link_and_no_title_of_ones_own() -> None:
    choice = CalendarChoice(account_id=uuid4())

    assert (choice.title, choice.with_link, choice.token_hash) == ("", False, None)


async def test_no_two_feeds_have_one_address(community: Community) -> None:
    rowan, willow = await community.member(), await community.member("Willow")

    async with community.services.database.reading() as session:
        session.add_all([CalendarChoice(account_id=one.id, token_hash="same") for one in (rowan, willow)])
        with pytest.raises(IntegrityError):
            await session.flush()
