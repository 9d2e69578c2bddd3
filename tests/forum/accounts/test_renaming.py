"""A handle gives way to a plain one, and comes back unless somebody took it."""

from forum.accounts.renaming import give_handle, give_plain_handle
from forum.accounts.tables import Account
from tests.builders import Community


async def test_a_plain_handle_is_given_and_the_one_before_can_come_back(community: Community) -> None:
    rowan = await community.member()
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, rowan.id)
        had = await give_plain_handle(tx, account)
        plain = account.handle

        back = await give_handle(tx, account, had)

    assert (had, back, account.handle) == ("Rowan", True, "Rowan")
    assert plain.startswith("member-")


async def test_a_handle_that_somebody_took_meanwhile_does_not_come_back(community: Community) -> None:
    rowan = await community.member()
    async with community.services.database.transaction() as tx:
        await give_plain_handle(tx, await tx.session.get_one(Account, rowan.id))
    await community.member("rowan")

    async with community.services.database.transaction() as tx:
        back = await give_handle(tx, await tx.session.get_one(Account, rowan.id), "Rowan")

    assert not back
