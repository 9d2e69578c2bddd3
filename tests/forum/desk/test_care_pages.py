"""The playbook at the desk: steps, by whom and when, and a letter that is sent at once."""

from forum.accounts.roles import Role
from tests.builders import IN_DANGER, Community, published
from tests.forum.talk import hold_one


async def test_steps_stand_there_with_who_took_them_and_when(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    url = f"/desk/{danger.message_id}"

    async with community.browser(linnet) as browser:
        before = (await browser.get(url)).text
        answer = await browser.post(f"{url}/steps", step="second")
        after = (await browser.get(answer.headers["location"])).text
        nonsense = await browser.post(f"{url}/steps", step="closed")

    assert before.count('name="step"') == 5
    assert "Tell a second moderator" in before
    assert after.partition("Tell a second moderator")[2].partition("</li>")[0].count("Linnet") == 1
    assert nonsense.status_code == 422


async def test_a_letter_goes_to_whoever_may_be_in_danger_before_anything_is_decided(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    url = f"/desk/{danger.message_id}"

    async with community.browser(linnet) as browser:
        filled = (await browser.post(f"{url}/letters", insert="1", wording="care")).text
        empty = await browser.post(f"{url}/letters", letter="")
        sent = await browser.post(f"{url}/letters", letter="Hello Rowan, we read you. You can answer here.")
        page = (await browser.get(sent.headers["location"])).text

    assert "Hello Rowan, we read what you wrote" in filled
    assert empty.status_code == 422
    assert "Your letter is sent." in page
    assert "we read you. You can answer here." in page
    assert 'formaction="/desk/' in page


async def test_what_nobody_is_in_danger_in_has_no_playbook(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)

    async with community.browser(linnet) as browser:
        page = (await browser.get(f"/desk/{waiting.message_id}")).text
        step = await browser.post(f"/desk/{waiting.message_id}/steps", step="read")

    assert 'id="playbook"' not in page
    assert step.status_code == 404
