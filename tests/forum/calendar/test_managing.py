"""Claims about managing: only managers do, and on the version that they saw."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.calendar.managing import check_manager, find_gathering, lock_gathering
from forum.errors import Conflict, NotFound
from tests.builders import Community
from tests.forum.calendar.gatherings import Calendar


@pytest.mark.parametrize("role", Role)
async def test_whoever_is_no_manager_may_not(community: Community, role: Role) -> None:
    member = await community.member("Rowan", role)

    async with community.services.database.reading() as session:
        for account_id in (member.id, uuid4()):
            if role.can_manage and account_id == member.id:
                await check_manager(session, account_id)
            else:
                with pytest.raises(NotFound):
                    await check_manager(session, account_id)


async def test_a_gathering_is_found_at_its_version_alone(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()

    async with community.services.database.transaction() as tx:
        assert (await find_gathering(tx.session, gathering_id)).id == gathering_id
        assert (await lock_gathering(tx.session, gathering_id, 1)).id == gathering_id
        with pytest.raises(Conflict):
            await lock_gathering(tx.session, gathering_id, 2)
        for finding in (find_gathering(tx.session, uuid4()), lock_gathering(tx.session, uuid4(), 1)):
            with pytest.raises(NotFound):
                await finding
