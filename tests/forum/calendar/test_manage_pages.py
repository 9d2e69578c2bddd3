"""Claims about the manager's pages: what there is, what can be done with it, and for managers alone."""

from forum.accounts.roles import Role
from tests.builders import HOLDS, Community
from tests.forum.calendar.gatherings import Calendar
from tests.forum.calendar.test_plan_pages import hidden

LIST = "/manage/gatherings"


async def test_the_list_leads_to_each_gathering_and_the_page_of_one_to_each_of_its_dates(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    dates = await calendar.dates(gathering_id)

    async with community.browser(calendar.manager) as browser:
        manage = (await browser.get("/manage")).text
        listed = (await browser.get(LIST)).text
        one = (await browser.get(f"{LIST}/{gathering_id}")).text

    assert f'href="{LIST}"' in manage
    assert f'href="{LIST}/{gathering_id}"' in listed
    assert "4 dates to come" in listed
    for date in dates:
        assert f"/edit?scope=one&amp;date_id={date.id}" in one
        assert f"/cancel?scope=one&amp;date_id={date.id}" in one
    assert "Tue, Dec 1, 2026, 7:00\u202fPM" in one
    assert "For you:" in one


async def test_a_draft_is_thrown_away_from_the_list(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(True, title="A walk")

    async with community.browser(calendar.manager) as browser:
        version = hidden((await browser.get(LIST)).text, "version")
        done = await browser.post(f"{LIST}/{gathering_id}/discard", version=version)
        listed = (await browser.get(done.headers["location"])).text
        again = await browser.post(f"{LIST}/{gathering_id}/discard", version=version)

    assert "The draft is gone." in listed
    assert "A walk" not in listed
    assert again.status_code == 404


async def test_words_that_wait_are_said_to_on_the_page_too(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering(text=HOLDS)

    async with community.browser(calendar.manager) as browser:
        one = (await browser.get(f"{LIST}/{gathering_id}")).text

    assert "Until then, only managers see it." in one


async def test_for_members_none_of_it_is_there(community: Community) -> None:
    calendar, rowan = await Calendar.of(community), await community.member("Rowan", Role.MENTOR)
    gathering_id = await calendar.gathering(True)

    async with community.browser(rowan) as browser:
        statuses = [(await browser.get(url)).status_code for url in (LIST, f"{LIST}/{gathering_id}")]
        thrown = await browser.post(f"{LIST}/{gathering_id}/discard", version="1")

    assert (statuses, thrown.status_code) == ([404, 404], 404)
