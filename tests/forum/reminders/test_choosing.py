"""Claims about choosing: only what is on the form counts, and letters need an address that is confirmed."""

import pytest

from forum.accounts.tables import Account
from forum.errors import Invalid, NotFound
from forum.reminders.choosing import choice_in, stop_letters, wishes, wishes_of
from forum.reminders.tables import ReminderChoice
from tests.builders import Community
from tests.forum.reminders.gathered import wants_letters

FORM = {"quiet_from": "22", "quiet_until": "7"}


async def account_of(community: Community, *, confirmed: bool = False) -> Account:
    rowan = await community.member()
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, rowan.id)
        account.email = "rowan@heather.example"
        account.email_confirmed_at = community.clock() if confirmed else None
    return account


async def test_a_form_says_when_and_nothing_else_is_taken_from_it(community: Community) -> None:
    account = await account_of(community)

    choice = choice_in(FORM | {"before-15": "on", "before-1440": "on", "before-7": "on"}, account)

    assert choice.minutes == "1440,15"
    assert (choice.quiet_from, choice.quiet_until, choice.by_mail) == (22, 7, False)


async def test_no_tick_at_all_is_no_reminder(community: Community) -> None:
    account = await account_of(community)

    assert wishes_of(account, choice_in(FORM, account)).minutes == ()


@pytest.mark.parametrize("hour", ["", "24", "-1", "7.5", "٧", "9" * 5000])
async def test_an_hour_that_is_none_is_told(community: Community, hour: str) -> None:
    account = await account_of(community)

    with pytest.raises(Invalid) as told:
        choice_in(FORM | {"quiet_from": hour}, account)

    assert set(told.value.fields) == {"quiet_from"}


async def test_letters_need_a_confirmed_address(community: Community) -> None:
    account = await account_of(community)
    with pytest.raises(Invalid) as told:
        choice_in(FORM | {"by_mail": "on"}, account)
    account.email_confirmed_at = community.clock()

    assert set(told.value.fields) == {"by_mail"}
    assert choice_in(FORM | {"by_mail": "on"}, account).by_mail


async def test_who_wanted_letters_gets_none_once_the_address_is_not_confirmed_any_more(
    community: Community,
) -> None:
    account = await account_of(community, confirmed=True)
    choice = ReminderChoice(account_id=account.id, by_mail=True)
    before = wishes_of(account, choice).by_mail
    account.email_confirmed_at = None

    assert (before, wishes_of(account, choice).by_mail) == (True, False)


@pytest.mark.everywhere
async def test_what_several_members_want_is_one_query_and_each_has_their_own_zone(
    community: Community,
) -> None:
    rowan, willow = await community.member(), await community.member("Willow")
    await wants_letters(community, rowan, minutes="15")
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, willow.id)).time_zone = "Asia/Tokyo"

    async with community.services.database.reading() as session:
        told = await wishes(session, [rowan.id, willow.id])

    assert (told[rowan.id].minutes, told[rowan.id].by_mail) == ((15,), True)
    assert (told[willow.id].minutes, told[willow.id].quiet.zone) == ((1_440, 60), "Asia/Tokyo")


async def test_a_forged_link_stops_nobodys_letters(community: Community) -> None:
    rowan = await community.member()
    await wants_letters(community, rowan)

    with pytest.raises(NotFound):
        await stop_letters(community.services, "forged")

    async with community.services.database.reading() as session:
        assert (await session.get_one(ReminderChoice, rowan.id)).by_mail
