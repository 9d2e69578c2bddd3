"""Claims about the pages of the wordings: moderators keep them, and can add their own."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from tests.builders import Community

LIST = "/desk/wordings"


async def test_moderators_see_the_six_change_one_and_add_another(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    async with community.browser(linnet) as browser:
        before = await browser.get(LIST)
        edit = await browser.get(f"{LIST}/refusal")
        changed = await browser.post(
            f"{LIST}/refusal", title="Not now", text="Hello {handle}.", version="0", nonce=str(uuid4())
        )
        new = (await browser.get(f"{LIST}/new")).headers["location"]
        added = await browser.post(new, title="Welcome", text="Welcome.", version="0", nonce=str(uuid4()))
        after = await browser.get(LIST)

    assert before.text.count("As it ships") == 6
    assert "{handle} becomes who it is for" in edit.text
    assert {changed.headers["location"], added.headers["location"]} == {f"{LIST}?done=published"}
    assert after.text.count("As it ships") == 5
    assert "Not now" in after.text
    assert f'href="{new}"' in after.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MANAGER])
async def test_for_everybody_else_they_do_not_exist(community: Community, role: Role) -> None:
    rowan = await community.member(role=role)

    async with community.browser(rowan) as browser:
        got = [(await browser.get(LIST + more)).status_code for more in ("", "/new", "/refusal")]
        sent = (await browser.post(f"{LIST}/refusal", text="x")).status_code

    assert (got, sent) == ([404] * 3, 404)


async def test_no_other_wording_is_there(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        assert (await browser.get(f"{LIST}/nonsense")).status_code == 404
