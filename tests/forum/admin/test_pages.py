"""The manager's page: spaces, rooms and invitations, with every mistake named at its field."""

from forum.accounts.roles import Role
from forum.spaces.tables import Audience
from tests.builders import HOLDS, Community


async def test_a_manager_opens_a_space_and_a_room_and_invites(community: Community) -> None:
    marlow, rowan = await community.member("Marlow", Role.MANAGER), await community.member()

    async with community.browser(marlow) as browser:
        answers = [
            await browser.post(
                "/manage/spaces", name="Inner circle", slug="inner", about="", audience="invited"
            ),
            await browser.post("/manage/rooms", space="inner", name="Kitchen table", slow_seconds="30"),
            await browser.post("/manage/members", space="inner", handle="rowan"),
        ]
        page = (await browser.get(answers[-1].headers["location"])).text
    async with community.browser(rowan) as browser:
        seen = (await browser.get("/spaces/inner")).text

    assert [answer.headers["location"].partition("=")[2] for answer in answers] == ["space", "room", "member"]
    assert "They see the space from now on." in page
    assert "Kitchen table" in seen


async def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(community: Community) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)
    await community.space(Audience.MEMBERS, "first")

    async with community.browser(marlow) as browser:
        space = await browser.post(
            "/manage/spaces", name=HOLDS, slug="first steps", about="About it", audience="x"
        )
        room = await browser.post("/manage/rooms", space="first", name="Quiet room", slow_seconds="soon")
        nowhere = await browser.post("/manage/rooms", space="nowhere", name="Quiet room")
        member = await browser.post("/manage/members", space="first", handle="Nobody")

    assert {answer.status_code for answer in (space, room, nowhere, member)} == {422}
    assert "About it" in space.text
    assert 'value="first steps"' in space.text
    assert "Use a number of seconds." in room.text
    assert "Quiet room" in room.text
    assert "Choose a space." in nowhere.text
    assert "Nobody here has this handle." in member.text


async def test_reloading_the_address_of_a_form_shows_the_page(community: Community) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser(marlow) as browser:
        for url in ("/manage/spaces", "/manage/rooms", "/manage/members"):
            assert (await browser.get(url)).status_code == 200
