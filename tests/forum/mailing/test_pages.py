"""Claims about the pages behind a letter's links: a look changes nothing, a button does, signed in or not."""

import pytest

from forum.mailing.confirming import ask_for_letter
from tests.builders import Community, Member
from tests.forum.mailing.test_confirming import ADDRESS, account_of, has_address, post, token_in
from tests.postbox import Postbox


async def asked(community: Community, box: Postbox) -> tuple[Member, str]:
    """Let a member have asked for a letter, and return them with the token of its links."""
    rowan = await community.member()
    await has_address(community, rowan)
    await ask_for_letter(community.services, rowan.id)
    await post(community, box)
    return rowan, token_in(box)


async def test_a_member_asks_for_the_letter_in_their_settings(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        await browser.post("/settings/email", email=ADDRESS)
        answer = await browser.post("/settings/email/confirm")
        page = await browser.get(answer.headers["location"])
    await post(community, box)

    assert "a letter is on its way" in page.text
    assert [one["To"] for one in box.letters] == [ADDRESS]


async def test_looking_at_the_link_confirms_nothing_and_the_button_does(
    community: Community, box: Postbox
) -> None:
    rowan, token = await asked(community, box)
    async with community.browser() as browser:
        page = await browser.get(f"/settings/email/confirm/{token}")
        before = (await account_of(community, rowan)).email_confirmed_at
        done = await browser.post(f"/settings/email/confirm/{token}")

    assert "This is my address" in page.text
    assert before is None
    assert "Your address is confirmed" in done.text
    assert (await account_of(community, rowan)).email_confirmed_at is not None


async def test_one_click_of_a_mail_program_closes_the_address(community: Community, box: Postbox) -> None:
    rowan, token = await asked(community, box)
    async with community.browser() as browser:
        answer = await browser.client.post(
            f"/settings/email/stop/{token}", content="List-Unsubscribe=One-Click"
        )

    assert (answer.status_code, answer.text) == (200, "")
    assert (await account_of(community, rowan)).email is None


async def test_a_person_closes_the_address_with_a_button_and_can_take_it_back(
    community: Community, box: Postbox
) -> None:
    rowan, token = await asked(community, box)
    async with community.browser() as browser:
        looked = await browser.get(f"/settings/email/stop/{token}")
        kept = (await account_of(community, rowan)).email
        closed = await browser.post(f"/settings/email/stop/{token}")
        opened = await browser.post(f"/settings/email/stop/{token}", again="on")

    assert "Send nothing more" in looked.text
    assert kept == ADDRESS
    assert "No more letters to this address" in closed.text
    assert "Letters are allowed again" in opened.text


@pytest.mark.parametrize("what", ["confirm", "stop"])
async def test_a_forged_link_leads_nowhere(community: Community, what: str) -> None:
    async with community.browser() as browser:
        looked = await browser.get(f"/settings/email/{what}/forged")
        sent = await browser.post(f"/settings/email/{what}/forged")
        clicked = await browser.client.post(
            "/settings/email/stop/forged", content="List-Unsubscribe=One-Click"
        )

    assert {looked.status_code, sent.status_code, clicked.status_code} == {404}


async def test_another_address_is_not_confirmed_and_the_same_one_stays_so(
    community: Community, box: Postbox
) -> None:
    rowan, token = await asked(community, box)
    async with community.browser(rowan) as browser:
        await browser.post(f"/settings/email/confirm/{token}")
        await browser.post("/settings/email", email=ADDRESS)
        same = (await account_of(community, rowan)).email_confirmed_at
        await browser.post("/settings/email", email="other@heather.example")

    assert same is not None
    assert (await account_of(community, rowan)).email_confirmed_at is None
