"""What the tables of review refuse by themselves."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from forum.review.tables import CareAlert, Report
from tests.builders import Community, published


async def test_a_second_report_by_the_same_member_cannot_be_written(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id))

    async def write() -> None:
        async with community.services.database.transaction() as tx:
            tx.session.add(
                Report(
                    message_id=said.message_id,
                    reporter_id=wren.id,
                    reason="other",
                    text="",
                    created_at=community.clock(),
                )
            )

    await write()
    with pytest.raises(IntegrityError):
        await write()


async def test_an_alert_is_about_a_message_that_exists(community: Community) -> None:
    async with community.services.database.reading() as session:
        session.add(CareAlert(message_id=uuid4(), opened_at=community.clock()))
        with pytest.raises(IntegrityError):
            await session.flush()
