"""Claims about what is kept of a member: one row a handle, and nothing secret in clear."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from forum.accounts.tables import Account, RecoveryCode, Session
from tests.builders import PASSWORD, Community


async def everything(community: Community) -> str:
    tables = (Account.__tablename__, Session.__tablename__, RecoveryCode.__tablename__)
    async with community.services.database.engine.connect() as connection:
        found = [(await connection.execute(text(f"SELECT * FROM {name}"))).all() for name in tables]  # noqa: S608
    return str(found)


async def test_no_secret_is_kept_in_clear(community: Community) -> None:
    rowan = await community.member()

    kept = await everything(community)

    assert "Rowan" in kept
    assert PASSWORD not in kept
    assert rowan.token not in kept


async def test_no_address_of_a_browser_is_kept(community: Community) -> None:
    await community.member()
    async with community.browser() as browser:
        await browser.post("/sign-in", handle="Rowan", password=PASSWORD)

    kept = await everything(community)

    assert "Firefox on Android" in kept
    assert "192.0.2.7" not in kept
    assert "Mozilla" not in kept


async def test_two_members_cannot_have_handles_that_are_compared_as_the_same(community: Community) -> None:
    one = await community.member()
    async with community.services.database.reading() as session:
        row = await session.get_one(Account, one.id)

    with pytest.raises(IntegrityError):
        async with community.services.database.transaction() as tx:
            tx.session.add(Account(**row.model_dump(exclude={"id"})))


async def test_a_new_member_shows_themselves_to_nobody_and_is_not_more_than_a_member(
    community: Community,
) -> None:
    rowan = await community.member()

    assert not rowan.viewer.show_presence
    assert rowan.viewer.role == "member"
