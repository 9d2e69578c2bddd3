"""Claims about confirming: an address gets one letter that asks, and nothing else before it has said yes."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from forum.accounts.tables import Account
from forum.errors import NotFound
from forum.mail.opening import open_mailer
from forum.mailing.confirming import (
    CONFIRM,
    GOOD_FOR,
    MOST_LETTERS,
    address_hash,
    ask_for_letter,
    close_address,
    confirm,
    open_address,
    word_confirmation,
)
from forum.mailing.delivering import deliver
from forum.mailing.tables import ClosedAddress, Outgoing
from tests.builders import Community, Member
from tests.postbox import Postbox

ADDRESS = "rowan@heather.example"


async def has_address(community: Community, member: Member, address: str | None = ADDRESS) -> None:
    """Let a member have given an address."""
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, member.id)
        account.email, account.email_confirmed_at = address, None


async def account_of(community: Community, member: Member) -> Account:
    async with community.services.database.reading() as session:
        return await session.get_one(Account, member.id)


async def post(community: Community, box: Postbox) -> None:
    """Deliver what is due."""
    mailer = open_mailer(box.url, "post@example.org")
    await deliver(replace(community.services, mailer=mailer), {CONFIRM: word_confirmation})


def token_in(box: Postbox) -> str:
    """Return the token of the links in the last letter."""
    found = re.search(r"/settings/email/confirm/(\S+)", box.letters[-1].get_content())
    assert found is not None
    return found[1]


@pytest.mark.everywhere
async def test_whoever_has_the_letter_confirms_the_address(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)

    assert (await account_of(community, rowan)).email_confirmed_at is None
    assert await confirm(community.services, token_in(box))
    assert (await account_of(community, rowan)).email_confirmed_at == community.clock()


async def test_the_letter_tells_nobody_what_this_is(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)

    [letter] = box.letters
    told = f"{letter['Subject']} {letter['From']} {letter.get_content()}".lower()
    assert letter["Subject"] == "Please confirm this address"
    assert letter["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/settings/email/stop/")
    for word in ("waypost", "recovery", "addiction", "support", "rowan is", "forum"):
        assert word not in told.replace(ADDRESS, ""), word


async def test_only_a_hash_of_the_link_is_kept(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)

    async with community.services.database.reading() as session:
        row = (await session.exec(select(Outgoing))).one()

    assert token_in(box) not in row.model_dump_json()
    assert ADDRESS not in row.model_dump_json()


async def test_one_letter_in_two_days_and_three_in_all_whoever_asks(
    community: Community, box: Postbox
) -> None:
    rowan, willow = await community.member(), await community.member("Willow")
    for member in (rowan, willow):
        await has_address(community, member)
    for _ in range(MOST_LETTERS + 2):
        for member in (rowan, willow):
            await ask_for_letter(community.services, member.id)
            await post(community, box)
        community.clock.now += GOOD_FOR

    assert len(box.letters) == MOST_LETTERS


async def test_a_link_ends_after_two_days_and_with_the_address_it_was_for(
    community: Community, box: Postbox
) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)
    await has_address(community, rowan, "other@heather.example")
    for_another = await confirm(community.services, token_in(box))
    await has_address(community, rowan)
    community.clock.now += GOOD_FOR

    assert not for_another
    assert not await confirm(community.services, token_in(box))
    assert (await account_of(community, rowan)).email_confirmed_at is None


@pytest.mark.parametrize("token", ["", "x" * 43, "../..", "\ud800"])
async def test_a_forged_link_is_nothing(community: Community, token: str) -> None:
    for act in (confirm, close_address, open_address):
        with pytest.raises(NotFound):
            await act(community.services, token)


async def test_whoever_wants_no_letters_gets_none_and_the_address_is_forgotten(
    community: Community, box: Postbox
) -> None:
    rowan, willow = await community.member(), await community.member("Willow")
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)

    for _ in range(2):
        await close_address(community.services, token_in(box))

    community.clock.now += GOOD_FOR
    await has_address(community, willow, ADDRESS.upper())
    await ask_for_letter(community.services, willow.id)
    await post(community, box)
    assert len(box.letters) == 1
    assert (await account_of(community, rowan)).email is None
    async with community.services.database.reading() as session:
        assert await session.get(ClosedAddress, address_hash(ADDRESS)) is not None


async def test_an_owner_who_changes_their_mind_can_be_asked_again(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)
    await close_address(community.services, token_in(box))

    await open_address(community.services, token_in(box))

    await has_address(community, rowan)
    community.clock.now += GOOD_FOR + timedelta(minutes=1)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)
    assert len(box.letters) == 2


async def test_without_an_address_or_with_a_confirmed_one_nothing_is_asked(
    community: Community, box: Postbox
) -> None:
    rowan = await community.member()
    await ask_for_letter(community.services, rowan.id)
    await has_address(community, rowan)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).email_confirmed_at = community.clock()
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)

    assert box.letters == []


async def test_an_address_that_is_taken_back_before_the_letter_goes_gets_none(
    community: Community, box: Postbox
) -> None:
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await has_address(community, rowan, None)

    await post(community, box)

    assert box.letters == []
