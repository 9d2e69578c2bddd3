"""What the table of notices refuses by itself."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from forum.notifications.tables import Notice
from tests.builders import Community


async def test_a_notice_is_about_a_message_that_exists(community: Community) -> None:
    rowan = await community.member()
    row = Notice(account_id=rowan.id, message_id=uuid4(), kind="reply", at=community.clock())

    async with community.services.database.reading() as session:
        session.add(row)
        with pytest.raises(IntegrityError):
            await session.flush()
