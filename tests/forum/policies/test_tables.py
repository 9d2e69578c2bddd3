"""Claims about the tables of policies: a number is used once."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from forum.policies.tables import GuidelinesAsked, PolicyVersion
from tests.builders import Community


async def add(community: Community, row: SQLModel) -> None:
    async with community.services.database.transaction() as tx:
        tx.session.add(row)


@pytest.mark.everywhere
async def test_a_number_is_used_once(community: Community) -> None:
    now = community.clock()
    await add(community, PolicyVersion(number=1, made_at=now))
    await add(community, GuidelinesAsked(number=1, at=now, slug="kindness", seq=1))

    with pytest.raises(IntegrityError):
        await add(community, PolicyVersion(number=1, made_at=now))
    with pytest.raises(IntegrityError):
        await add(community, GuidelinesAsked(number=1, at=now, slug="kindness", seq=1))
