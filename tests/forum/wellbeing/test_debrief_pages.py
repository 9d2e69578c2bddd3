"""The page after a care item: short, without a field for words, with people to reach."""

from uuid import uuid4

from forum.accounts.roles import Role
from forum.wellbeing.buddies import choose_buddy
from tests.builders import Community
from tests.forum.wellbeing.test_debriefing import cared_for, told


async def test_it_asks_three_things_and_names_people_to_reach(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    item_id = await cared_for(community, linnet)

    async with community.browser(linnet) as browser:
        page = (await browser.get(f"/desk/care-for-us/debrief/{item_id}")).text

    own = page.partition("<main")[2].partition("</main>")[0]
    assert own.partition("<ol>")[2].partition("</ol>")[0].count("<li>") == 3
    assert "People you can reach, too" in own
    assert "<textarea" not in own
    assert 'type="text"' not in own


async def test_each_answer_says_what_becomes_of_it(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    url = f"/desk/care-for-us/debrief/{await cared_for(community, linnet)}"

    async with community.browser(linnet) as browser:
        fine = await browser.post(url, answer="fine")
        quiet = await told(community)
        talk = await browser.post(url, answer="talk")
        neither = await browser.post(url, answer="x")

    assert "Good to hear." in fine.text
    assert quiet == []
    assert "Your buddy has a notice now." in talk.text
    assert await told(community) == [curlew.id]
    assert neither.status_code == 422


async def test_there_is_no_debrief_of_what_is_not_ones_own(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew, rowan = await community.member("Curlew", Role.MODERATOR), await community.member()
    item_id = await cared_for(community, linnet)

    statuses = set()
    for member in (curlew, rowan):
        async with community.browser(member) as browser:
            for url in (f"/desk/care-for-us/debrief/{one}" for one in (item_id, uuid4())):
                statuses |= {
                    (await browser.get(url)).status_code,
                    (await browser.post(url, answer="talk")).status_code,
                }

    assert statuses == {404}
    assert await told(community) == []
