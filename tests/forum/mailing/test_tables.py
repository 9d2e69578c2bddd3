"""What the tables of the outbox refuse by themselves."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from forum.mailing.tables import Channel, Outgoing
from tests.builders import Community


async def test_the_same_key_is_never_kept_twice(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    told = {"key": "same", "account_id": rowan.id, "channel": Channel.MAIL, "kind": "test", "due_at": now}

    async with community.services.database.reading() as session:
        session.add_all([Outgoing(**told), Outgoing(**told)])  # type: ignore[arg-type]
        with pytest.raises(IntegrityError):
            await session.flush()


async def test_what_goes_out_goes_to_somebody(community: Community) -> None:
    row = Outgoing(key="x", account_id=uuid4(), channel=Channel.MAIL, kind="test", due_at=community.clock())

    async with community.services.database.reading() as session:
        session.add(row)
        with pytest.raises(IntegrityError):
            await session.flush()
