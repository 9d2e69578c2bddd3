"""What the tables of meetings let nobody write."""

import pytest
from sqlalchemy.exc import IntegrityError

from forum.meetings.tables import Sharing, Turn
from tests.builders import Community, Member
from tests.forum.meetings.gathered import Planned, planned

pytestmark = pytest.mark.everywhere


async def test_a_member_has_one_open_turn_and_as_many_as_they_like_that_are_over(
    community: Community,
) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan)
    over = [Turn(place_id=meeting.place_id, account_id=rowan.id, number=n, state="over") for n in (1, 2)]
    waits = [Turn(place_id=meeting.place_id, account_id=rowan.id, number=n) for n in (3, 4)]

    async with community.services.database.transaction() as tx:
        tx.session.add_all([*over, waits[0]])
    with pytest.raises(IntegrityError):
        async with community.services.database.transaction() as tx:
            tx.session.add(waits[1])


async def test_one_member_shares_at_a_time(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)

    async with community.services.database.transaction() as tx:
        tx.session.add(shares(meeting, rowan))
    with pytest.raises(IntegrityError):
        async with community.services.database.transaction() as tx:
            tx.session.add(shares(meeting, wren))


def shares(meeting: Planned, member: Member) -> Turn:
    """Return a turn that is taken."""
    return Turn(place_id=meeting.place_id, account_id=member.id, number=1, state=Sharing.SHARING)
