"""Claims about choosing a time zone: kept for members, remembered for visitors, and back to where one was."""

import pytest

from forum.accounts.tables import Account
from tests.builders import Browser, Community


async def test_a_members_choice_counts_everywhere(community: Community) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        answer = await browser.post(
            "/gatherings/zone", time_zone="America/Chicago", next="/gatherings?view=week"
        )
        page = (await browser.get("/settings")).text
    async with community.services.database.reading() as session:
        account = await session.get_one(Account, rowan.id)

    assert (answer.status_code, answer.headers["location"]) == (303, "/gatherings?view=week")
    assert account.time_zone == "America/Chicago"
    assert '<option value="America/Chicago" selected>' in page


async def test_a_visitors_choice_is_remembered_until_the_browser_closes(community: Community) -> None:
    async with community.browser() as browser:
        answer = await browser.post("/gatherings/zone", time_zone="America/Chicago")
        page = (await browser.get("/gatherings")).text
        forged = Browser(community.app, None)
        forged.client.cookies.set("waypost-zone", "Nowhere/At-All")
        other = (await forged.get("/gatherings")).text

    cookie = answer.headers["set-cookie"]
    assert 'waypost-zone="America/Chicago"' in cookie
    assert "HttpOnly" in cookie
    assert "Max-Age" not in cookie
    assert "Times are shown in America/Chicago." in page
    assert "Times are shown in UTC." in other


async def test_what_a_device_says_is_chosen_beforehand(community: Community) -> None:
    async with community.browser() as browser:
        page = (await browser.get("/gatherings/zone?time_zone=America/Chicago&next=/gatherings")).text
        plain = (await browser.get("/gatherings/zone?time_zone=Nowhere")).text

    assert '<option value="America/Chicago" selected>' in page
    assert 'name="next" value="/gatherings"' in page
    assert '<option value="UTC" selected>' in plain


@pytest.mark.parametrize("zone", ["", "Nowhere/At-All", "../../etc/passwd"])
async def test_a_zone_that_does_not_exist_changes_nothing_and_is_said(
    community: Community, zone: str
) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        answer = await browser.post("/gatherings/zone", time_zone=zone)
    async with community.services.database.reading() as session:
        account = await session.get_one(Account, rowan.id)

    assert answer.status_code == 422
    assert "Choose a time zone from the list." in answer.text
    assert account.time_zone == "UTC"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
async def test_nobody_is_led_to_another_site(community: Community, back: str) -> None:
    async with community.browser() as browser:
        answer = await browser.post("/gatherings/zone", time_zone="UTC", next=back)

    assert answer.headers["location"] == "/gatherings"
