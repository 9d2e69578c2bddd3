"""Claims about the pages of the policy: a draft is tried, then put in force, and nothing typed is lost."""

import re

import pytest

from forum.accounts.roles import Role
from tests.builders import HARMLESS, Browser, Community, Member, published

URL = "/manage/policy"


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator, on a site where somebody has said something."""
    published(await community.thread(await community.member("Rowan"), HARMLESS))
    return await community.member("Harbour", Role.ADMINISTRATOR)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\d+)"', page)
    assert found
    return found[1]


async def put(browser: Browser, **fields: str) -> str:
    """Try a draft and put it in force; return where that led."""
    page = await browser.get(URL)
    tried = await browser.post(URL, based_on=hidden(page.text, "based_on"), **fields)
    assert tried.headers["location"] == f"{URL}?done=tried#tried"
    page = await browser.get(URL)
    sent = await browser.post(URL + "/in-force", version=hidden(page.text, "version"))
    return sent.headers["location"]


async def test_a_draft_is_tried_then_put_in_force_and_brought_back(
    community: Community, harbour: Member
) -> None:
    async with community.browser(harbour) as browser:
        first = await browser.get(URL)
        await browser.post(URL, based_on="0", words="!slept well", **{"usual-spam": "refuse"})
        tried = await browser.get(URL + "?done=tried")
        before = community.services.in_force.policy
        sent = await browser.post(URL + "/in-force", version=hidden(tried.text, "version"))
        after = await browser.get(sent.headers["location"])
        back = await browser.post(URL + "/back", number="0", based_on="1")
        last = await browser.get(URL)

    assert "Put the draft in force" not in first.text
    assert "Of the latest 1 message, 1 would have fared otherwise." in tried.text
    assert "!slept well" in tried.text
    assert before == 0
    assert sent.headers["location"] == f"{URL}?done=put"
    assert "It is in force, from the next message on." in after.text
    assert 'value="refuse" selected' in after.text
    assert back.headers["location"] == f"{URL}?done=put"
    assert "brings back what ships" in last.text
    assert community.services.in_force.policy == 2
    assert community.services.words.refused_words == ()


async def test_a_broken_form_names_the_line_and_the_fields_and_keeps_what_was_typed(
    community: Community, harbour: Member
) -> None:
    async with community.browser(harbour) as browser:
        words = await browser.post(URL, based_on="0", words="fine\n!\nzeppelin")
        score = await browser.post(URL, based_on="0", words="zeppelin", **{"score-public-insult": "2"})
        page = await browser.get(URL)

    assert (words.status_code, score.status_code) == (422, 422)
    assert "Word list, line 2" in words.text
    assert "zeppelin" in words.text
    assert "Use a number above 0" in score.text
    assert "zeppelin" in score.text
    assert "Let go of the draft" not in page.text


async def test_the_slower_of_two_sees_both_and_loses_nothing(community: Community, harbour: Member) -> None:
    linnet = await community.member("Linnet", Role.ADMINISTRATOR)
    async with community.browser(harbour) as ours, community.browser(linnet) as theirs:
        await ours.post(URL, based_on="0", words="casino")
        version = hidden((await ours.get(URL)).text, "version")
        await put(theirs, words="lottery")

        clash = await ours.post(URL + "/in-force", version=version)

        assert clash.status_code == 409
        assert "Somebody else put a version in force" in clash.text
        assert "In your draft: casino" in clash.text
        assert "In force: lottery" in clash.text
        assert "Put the draft in force" not in clash.text
        assert await put(ours, words="casino\nlottery") == f"{URL}?done=put"
    assert community.services.words.held_words == ("casino", "lottery")


async def test_a_draft_can_be_let_go(community: Community, harbour: Member) -> None:
    async with community.browser(harbour) as browser:
        await browser.post(URL, based_on="0", words="zeppelin")
        gone = await browser.post(URL + "/drop")
        page = await browser.get(gone.headers["location"])

    assert "zeppelin" not in page.text
    assert "Your draft is gone." in page.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MODERATOR, Role.MANAGER])
async def test_for_everybody_else_the_pages_do_not_exist(community: Community, role: Role) -> None:
    rowan = await community.member(role=role)

    async with community.browser(rowan) as browser:
        got = (await browser.get(URL)).status_code
        sent = [(await browser.post(URL + more)).status_code for more in ("", "/in-force", "/back", "/drop")]

    assert (got, sent) == (404, [404] * 4)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
async def test_a_forged_number_puts_nothing_in_force(
    community: Community, harbour: Member, number: str
) -> None:
    async with community.browser(harbour) as browser:
        sent = [
            (await browser.post(URL + "/in-force", version=number)).status_code,
            (await browser.post(URL + "/back", number=number, based_on="0")).status_code,
        ]

    assert sent == [400, 400]
    assert community.services.in_force.policy == 0
