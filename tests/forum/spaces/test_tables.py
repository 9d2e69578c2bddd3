"""What the tables of spaces promise."""

import pytest
from sqlalchemy.exc import IntegrityError

from forum.spaces.tables import Audience, Place, PlaceKind
from tests.builders import Community


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_is_described(audience: Audience) -> None:
    assert audience.words.msgid


async def test_a_member_has_one_profile(community: Community) -> None:
    rowan, now = await community.member(), community.clock()

    async def make() -> None:
        async with community.services.database.transaction() as tx:
            tx.session.add(Place(kind=PlaceKind.PROFILE, owner_id=rowan.id, last_at=now, created_at=now))

    await make()
    with pytest.raises(IntegrityError):
        await make()
