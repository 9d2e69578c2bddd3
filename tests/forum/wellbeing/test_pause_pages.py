"""The calm page: it stands there for a quarter of an hour, and nobody has to stay on it."""

from forum.accounts.roles import Role
from forum.wellbeing.shifts import start_shift
from tests.builders import Community


async def test_one_button_takes_a_pause_and_another_ends_it(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        taken = await browser.post("/desk/care-for-us/pause")
        calm = await browser.get(taken.headers["location"])
        back = await browser.post("/desk/care-for-us/back")
        after = await browser.get("/desk/care-for-us/pause")

    assert calm.status_code == 200
    assert "Come back now" in calm.text
    assert "2026-11-22T18:15:00Z" in calm.text
    assert (back.headers["location"], after.headers["location"]) == ("/desk", "/desk")


async def test_the_server_remembers_the_pause_on_another_device_and_until_it_is_over(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    async with community.browser(linnet) as browser:
        await browser.post("/desk/care-for-us/pause")

    async with community.browser(linnet) as another:
        during = await another.get("/desk/care-for-us/pause")
        community.clock.forward(minutes=15)
        after = await another.get("/desk/care-for-us/pause")

    assert (during.status_code, after.status_code) == (200, 303)


async def test_the_calm_page_says_who_is_there_meanwhile(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await start_shift(community.services, curlew.id)

    async with community.browser(linnet) as browser:
        await browser.post("/desk/care-for-us/pause")
        calm = await browser.get("/desk/care-for-us/pause")

    assert "Curlew is on shift" in calm.text


async def test_there_is_no_pause_for_whoever_does_not_moderate(community: Community) -> None:
    rowan = await community.member("Rowan", Role.MANAGER)

    async with community.browser(rowan) as browser:
        answers = [
            await browser.get("/desk/care-for-us/pause"),
            await browser.post("/desk/care-for-us/pause"),
            await browser.post("/desk/care-for-us/back"),
        ]

    assert [answer.status_code for answer in answers] == [404] * 3
