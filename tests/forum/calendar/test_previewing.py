"""Claims about the preview: twelve dates at most, by both clocks, and it says where the clocks change."""

from tests.builders import Community
from tests.forum.calendar.gatherings import FORM, WEEKLY, Calendar
from tests.forum.calendar.test_plan_pages import NEW, opened


async def looked(calendar: Calendar, **fields: str) -> str:
    async with calendar.community.browser(calendar.manager) as browser:
        form = FORM | {"space": calendar.space.slug, "do": "preview"} | fields
        answer = await browser.post(NEW, **(await opened(browser, NEW) | form))
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_twelve_dates_are_shown_and_the_rest_counted(community: Community) -> None:
    calendar = await Calendar.of(community)

    page = await looked(calendar, **(WEEKLY | {"count": "20"}))

    assert page.count('type="checkbox" value="on"><label for="strike_') == 12
    assert "and 8 more" in page


async def test_a_date_whose_time_is_skipped_says_so(community: Community) -> None:
    calendar = await Calendar.of(community)

    page = await looked(calendar, date="2027-03-27", time="02:30", repeats="days", ends="count", count="2")

    assert "3:30\u202fAM" in page
    assert "The clocks skip this time that night" in page


async def test_in_ones_own_zone_a_time_is_said_once(community: Community) -> None:
    calendar = await Calendar.of(community)

    page = await looked(calendar, zone=calendar.manager.viewer.time_zone)

    assert "For you:" not in page
    assert "At the same time there is also:" not in page
