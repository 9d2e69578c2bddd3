"""Claims about revising by form: nothing that was typed is lost, whoever was faster."""

import re
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from tests.builders import GIVES_AWAY, HOLDS, STIGMA, Community, Member

URL = "/manage/guidelines/kindness"


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator."""
    return await community.member("Harbour", Role.ADMINISTRATOR)


def form(text: str, version: int = 0, **more: str) -> dict[str, str]:
    return {"title": "Warmth", "text": text, "version": str(version), "nonce": str(uuid4())} | more


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


async def test_a_stale_version_comes_back_beside_the_newer_and_can_be_saved_over_it(
    community: Community, harbour: Member
) -> None:
    linnet = await community.member("Linnet", Role.ADMINISTRATOR)
    async with community.browser(harbour) as ours, community.browser(linnet) as theirs:
        assert (await theirs.post(URL, **form("Linnet’s words."))).status_code == 303

        clash = await ours.post(URL, **form("Harbour’s words."))

        assert clash.status_code == 409
        assert "Linnet’s words." in clash.text
        assert "Harbour’s words." in clash.text
        assert version_in(clash.text) == "1"
        again = await ours.post(URL, **form("Harbour’s words.", 1))
        assert again.headers["location"] == "/manage/guidelines?done=published"
        page = await ours.get(URL)
    assert page.text.index("Harbour’s words.") < page.text.index("Linnet’s words.")


async def test_what_waits_is_said_so(community: Community, harbour: Member) -> None:
    async with community.browser(harbour) as browser:
        answer = await browser.post(URL, **form(HOLDS))
        page = await browser.get(answer.headers["location"])

    assert answer.headers["location"] == "/manage/guidelines?done=held"
    assert "waits for somebody else of the team" in page.text
    assert "A new version waits for a second person" in page.text


@pytest.mark.parametrize("text", [GIVES_AWAY, STIGMA])
async def test_a_question_is_asked_with_the_words_kept(
    community: Community, harbour: Member, text: str
) -> None:
    async with community.browser(harbour) as browser:
        page = await browser.post(URL, **form(text))

    assert page.status_code == 422
    assert "Look at it once more, and choose." in page.text
    assert text in page.text


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"title": " "}, 422),
        ({"text": ""}, 422),
        ({"text": "x" * 10_001}, 422),
        ({"version": "x"}, 400),
        ({"version": "9" * 5000}, 409),
        ({"nonce": "x"}, 400),
        ({"choice": "x"}, 400),
    ],
)
async def test_a_bad_form_keeps_what_was_typed(
    community: Community, harbour: Member, more: dict[str, str], status: int
) -> None:
    async with community.browser(harbour) as browser:
        page = await browser.post(URL, **form("Words to keep.") | more)

    assert page.status_code == status
    if "text" not in more:
        assert "Words to keep." in page.text


async def test_history_is_for_the_team_and_names_nobody(community: Community, harbour: Member) -> None:
    async with community.browser(harbour) as browser:
        await browser.post(URL, **form("First words."))
        page = await browser.get(URL)

    assert "Version 1" in page.text
    assert "Harbour" not in page.text.replace('href="/members/Harbour"', "")
