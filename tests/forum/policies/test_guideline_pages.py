"""Claims about the guidelines' pages: members read what changed; administrators revise."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.guidelines import GUIDELINES
from tests.builders import Community

URL = "/manage/guidelines/kindness"


async def test_what_ships_is_shown_until_the_team_has_its_own_words(community: Community) -> None:
    async with community.browser() as browser:
        page = await browser.get("/guidelines")

    assert page.status_code == 200
    assert all(f'id="{one.slug}"' in page.text for one in GUIDELINES)
    assert "What has changed" not in page.text


async def test_a_change_is_shown_with_what_went_and_what_came_by_the_team(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    text = "Be kind, also when you disagree. No insults, no contempt, no shaming of how anybody recovers."
    form = {"title": "Speak to people as people", "text": text, "version": "0", "nonce": str(uuid4())}
    async with community.browser(harbour) as browser:
        await browser.post(URL, **form)

    async with community.browser() as browser:
        page = await browser.get("/guidelines")

    assert "how anybody recovers" in page.text
    assert '<del><span class="unseen">Gone: </span>somebody</del>' in page.text
    assert '<ins><span class="unseen">New: </span>anybody</ins>' in page.text
    assert "by the team" in page.text
    assert "Harbour" not in page.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MODERATOR, Role.MANAGER])
async def test_for_everybody_else_the_forms_do_not_exist(community: Community, role: Role) -> None:
    rowan = await community.member(role=role)

    async with community.browser(rowan) as browser:
        got = [(await browser.get(url)).status_code for url in ("/manage/guidelines", URL)]
        sent = [(await browser.post(url, version="1")).status_code for url in (URL, URL + "/anew")]

    assert (got, sent) == ([404, 404], [404, 404])


async def test_members_are_asked_anew_by_a_button_on_the_version(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    async with community.browser(harbour) as browser:
        before = await browser.get("/manage/guidelines")
        await browser.post(URL, title="Warmth", text="Be warm.", version="0", nonce=str(uuid4()))
        listed = await browser.get("/manage/guidelines")
        stale = await browser.post(URL + "/anew", version="7")
        asked = await browser.post(URL + "/anew", version="1")

    assert "/anew" not in before.text
    assert f'action="{URL}/anew"' in listed.text
    assert stale.status_code == 409
    assert asked.headers["location"] == "/manage/guidelines?done=asked"
    assert community.services.in_force.accept.endswith("+1")


async def test_no_other_guideline_is_there(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    async with community.browser(harbour) as browser:
        assert (await browser.get("/manage/guidelines/nonsense")).status_code == 404
