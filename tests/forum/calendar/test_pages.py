"""Claims about the calendar's pages: three views of the same dates, by the reader's clock."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from forum.calendar import pages
from forum.calendar.kinds import Kind
from forum.calendar.looking import View
from tests.builders import Community
from tests.forum.calendar.planned import change, plan
from tests.forum.talk import statements

LATE = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
"""In Dublin still a Saturday; in Tokyo a Sunday morning."""
DESKTOP = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def dates_in(page: str) -> list[str]:
    """Return the dates that a page links to, in order."""
    return re.findall(r'<a href="/gatherings/([0-9a-f-]{36})"', page)


def link(page: str, rel: str) -> str:
    """Return where "earlier" (prev) or "later" (next) goes."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


async def test_a_phone_is_shown_the_list_and_a_desk_the_month(community: Community) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        phone = (await browser.get("/gatherings")).text
        desk = (await browser.get("/gatherings", headers=DESKTOP)).text

    assert '<table class="month">' not in phone
    assert '<table class="month">' in desk
    assert "<caption>November 2026</caption>" in desk


@pytest.mark.parametrize("view", View)
async def test_every_view_shows_the_day_by_the_readers_clock(community: Community, view: View) -> None:
    rowan, planned = await community.member(), await plan(community, LATE)

    async with community.browser(rowan) as browser:
        utc = (await browser.get(f"/gatherings?view={view}&at=2026-11-28")).text
        await browser.post("/gatherings/zone", time_zone="Asia/Tokyo")
        tokyo = (await browser.get(f"/gatherings?view={view}&at=2026-11-28")).text

    assert str(planned.id) in dates_in(utc)
    assert str(planned.id) in dates_in(tokyo)
    assert "Times are shown in UTC." in utc
    assert "Times are shown in Asia/Tokyo." in tokyo
    day = '<time datetime="{}" data-only-date>'.format
    assert utc.index(day("2026-11-28")) < utc.index(str(planned.id))
    assert tokyo.index(day("2026-11-29")) < tokyo.index(str(planned.id))
    assert "11:30" in utc
    assert "8:30" in tokyo


async def test_the_month_is_a_table_of_days_whose_headings_say_which(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community, LATE)

    async with community.browser(rowan) as browser:
        page = (await browser.get("/gatherings?view=month&at=2026-11-02")).text

    assert re.findall(r'<th scope="col">(\w+)</th>', page)[0] == "Monday"
    cell = next(one for one in page.split("<td ") if str(planned.id) in one)
    assert "Saturday, November 28, 2026" in cell
    today = next(one for one in page.split("<td ") if 'aria-current="date"' in one)
    assert "Sunday, November 22, 2026" in today
    assert link(page, "prev") == "/gatherings?view=month&at=2026-10-01"
    assert link(page, "next") == "/gatherings?view=month&at=2026-12-01"


async def test_a_full_day_of_a_month_leads_to_its_list(community: Community) -> None:
    rowan = await community.member()
    planned = await plan(community, *[LATE.replace(hour=hour) for hour in range(8, 15)])

    async with community.browser(rowan) as browser:
        page = (await browser.get("/gatherings?view=month")).text
        rest = (await browser.get("/gatherings?view=list&at=2026-11-28")).text

    assert dates_in(page) == [str(date.id) for date in planned.dates[: pages.A_DAY[View.MONTH]]]
    assert "4 more on Saturday, November 28, 2026" in page
    assert "/gatherings?view=list&amp;at=2026-11-28" in page
    assert dates_in(rest) == [str(date.id) for date in planned.dates]


async def test_the_list_goes_on_and_back_without_losing_a_date(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LISTED", 3)
    rowan = await community.member()
    planned = await plan(community, *[LATE + timedelta(hours=number // 2) for number in range(7)])
    ids = sorted((date.starts_at, str(date.id)) for date in planned.dates)

    async with community.browser(rowan) as browser:
        first = (await browser.get("/gatherings?view=list")).text
        second = (await browser.get(link(first, "next"))).text
        third = (await browser.get(link(second, "next"))).text
        back = (await browser.get(link(third, "prev"))).text
        beyond = (await browser.get("/gatherings?view=list&at=2027-01-01")).text
        last = (await browser.get(link(beyond, "prev"))).text

    assert [dates_in(page) for page in (first, second, third)] == [
        [one for _, one in ids[start : start + 3]] for start in (0, 3, 6)
    ]
    assert 'rel="next"' not in third
    assert 'rel="prev"' not in first
    assert dates_in(back) == dates_in(second)
    assert "Nothing is planned from Friday, January 1, 2027" in beyond
    assert dates_in(last) == [one for _, one in ids[4:]]


async def test_filters_stay_in_every_address_of_the_page(community: Community) -> None:
    rowan = await community.member()
    await plan(community, LATE, title="Games", kind=Kind.GAMES)
    await plan(community, LATE, title="Support", kind=Kind.SUPPORT)

    async with community.browser(rowan) as browser:
        page = (await browser.get("/gatherings?view=month&kind=games&at=2026-11-28")).text

    assert "Games" in page
    assert ">Support<" not in page
    assert '<option value="games" selected>' in page
    assert 'name="at" value="2026-11-28"' in page
    ours = re.findall(r'href="(/gatherings\?[^"]+)"', page)
    assert len(ours) >= 6
    assert all("kind=games" in one for one in ours)


async def test_a_week_says_where_nothing_is_planned_and_a_date_that_it_is_off(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community, LATE)
    await change(community, planned.dates[0], cancelled_at=community.clock())

    async with community.browser(rowan) as browser:
        page = (await browser.get("/gatherings?view=week&at=2026-11-28")).text

    assert page.count("Nothing is planned.") == 6
    assert "Cancelled" in page
    assert "at=2026-11-16" in link(page, "prev")
    assert "at=2026-11-30" in link(page, "next")


async def test_a_visitor_is_shown_what_is_public_in_the_communitys_zone_and_gets_no_cookie(
    community: Community,
) -> None:
    await plan(community, LATE, title="Open evening", is_public=True)
    await plan(community, LATE, title="Among ourselves")

    async with community.browser() as browser:
        answer = await browser.get("/gatherings?view=list")

    assert "Open evening" in answer.text
    assert "Among ourselves" not in answer.text
    assert "Times are shown in UTC." in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("view", View)
async def test_a_view_costs_the_same_queries_however_much_is_on(community: Community, view: View) -> None:
    rowan, counts = await community.member(), []
    for number in (2, 20):
        await plan(community, *[LATE + timedelta(hours=one) for one in range(number)], title=f"Of {number}")
        async with community.browser(rowan) as browser:
            with statements(community.services) as said:
                await browser.get(f"/gatherings?view={view}&at=2026-11-28")
        counts.append(len(said))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query", ["view=x&at=2026-13-01&kind=%01&pathway=", "at=9999-12-31&view=month", "at=0001-01-01&view=week"]
)
async def test_an_address_that_says_nothing_legible_shows_what_is_usual(
    community: Community, query: str
) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        assert (await browser.get(f"/gatherings?{query}")).status_code == 200
