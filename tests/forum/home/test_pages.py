"""The first page, the spaces, and the pages that every page links to."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import escape

from forum.app import create_app
from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming
from forum.guidelines import GUIDELINES
from forum.home import pages
from forum.reach.lines import CALLING_CODES, all_lines
from forum.spaces.tables import Audience
from tests.builders import Browser, Community, published
from tests.forum.calendar.planned import plan
from tests.forum.talk import statements


async def test_a_visitor_sees_public_spaces_only_and_a_member_what_is_new(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    await community.space(Audience.PUBLIC, "lobby")
    members = await community.space(Audience.MEMBERS, "members")
    published(await community.thread(wren, title="How was your day", space=members))

    async with community.browser() as browser:
        visitor = (await browser.get("/")).text
    async with community.browser(rowan) as browser:
        member = (await browser.get("/")).text

    assert "/spaces/lobby" in visitor
    assert "/spaces/members" not in visitor
    assert "How was your day" not in visitor
    assert "How was your day" in member


async def test_older_threads_are_a_page_away(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 3)
    space, titles = await community.space(), [f"Title {number:02}" for number in range(4)]
    authors = [await community.member(f"Member{number}") for number in range(3)]
    for number, title in enumerate(titles):
        community.clock.forward(seconds=1)
        author = authors[number % 3]
        published(await community.thread(author, f"Opening {number} of many.", title, space))

    async with community.browser(authors[0]) as browser:
        first = (await browser.get(f"/spaces/{space.slug}")).text
        older = first.partition(f'href="/spaces/{space.slug}?before=')[2].partition('"')[0]
        second = (await browser.get(f"/spaces/{space.slug}?before={older}")).text

    assert [title for title in titles if title in first] == titles[1:]
    assert [title for title in titles if title in second] == titles[:1]


async def test_the_first_page_costs_the_same_queries_however_much_there_is(community: Community) -> None:
    rowan, wren, counts = await community.member(), await community.member("Wren"), []
    for more in range(2):
        for number in range(2 + 3 * more):
            space = await community.space()
            await community.room(space=space)
            await community.thread(wren, f"Opening {more} {number} of many.", space=space)
        async with community.browser(rowan) as browser:
            with statements(community.services) as said:
                await browser.get("/")
        counts.append(len(said))

    assert counts[0] == counts[1]


async def test_the_next_dates_stand_on_a_members_first_page_and_ones_own_come_first(
    community: Community,
) -> None:
    rowan, now = await community.member(), community.clock()
    hours = [now + timedelta(hours=number) for number in range(1, 6)]
    planned = await plan(community, *hours, is_public=True)
    await sign_up(community.services, rowan.viewer, planned.dates[4].id, Coming.YES)

    async with community.browser(rowan) as browser:
        member = (await browser.get("/")).text
    async with community.browser() as browser:
        visitor = (await browser.get("/")).text

    shown = re.findall(r'<a href="/gatherings/([0-9a-f-]{36})"', member)
    assert shown == [str(planned.dates[number].id) for number in (4, 0, 1)]
    assert "You are coming" in member
    assert "Next up" not in visitor


async def test_every_line_one_can_reach_says_how_and_whether_it_was_checked(
    community: Community,
) -> None:
    settings = community.services.settings.model_copy(update={"contact": "Call the house: 5550100"})
    app = create_app(replace(community.services, settings=settings))

    async with Browser(app, None) as browser:
        page = (await browser.get("/reach")).text

    assert "Call the house: 5550100" in page
    for line in all_lines():
        assert str(escape(line.name)) in page
        assert line.page in page
        assert not line.number or f'href="tel:{line.number}"' in page
    assert page.count("Number checked on") >= sum(line.reviewed is not None for line in all_lines())


async def test_the_readers_own_country_comes_first_of_all_countries(community: Community) -> None:
    rowan = await community.member()

    async with community.browser() as browser:
        visitor = headings((await browser.get("/reach")).text)
    async with community.browser(rowan) as browser:
        await browser.post("/settings/preferences", time_zone="America/Port_of_Spain")
        member = headings((await browser.get("/reach")).text)

    assert visitor[0] == member[0] == "Everywhere"
    assert visitor[1:] == sorted(visitor[1:])
    assert member[1] == "Trinidad &amp; Tobago"
    assert member[2:] == [one for one in visitor[1:] if one != member[1]]
    assert len(visitor) == len(CALLING_CODES) + 1


def headings(page: str) -> list[str]:
    """Return whom the lines of a page are for, in order."""
    return re.findall(r'<h2 id="in-\d+">([^<]+)</h2>', page)


async def test_the_guidelines_and_the_privacy_page_say_what_the_settings_say(community: Community) -> None:
    settings = community.services.settings.model_copy(update={"refused_days": 17})
    app = create_app(replace(community.services, settings=settings))

    async with Browser(app, None) as browser:
        guidelines = (await browser.get("/guidelines")).text
        privacy = (await browser.get("/privacy")).text

    assert all(f'id="{one.slug}"' in guidelines or one.title.msgid in guidelines for one in GUIDELINES)
    assert "17 days" in privacy


async def test_searchers_are_sent_away_and_watchers_are_answered(community: Community) -> None:
    async with community.browser() as browser:
        robots, health = await browser.get("/robots.txt"), await browser.get("/health")

    assert "Disallow: /" in robots.text
    assert (health.status_code, health.text) == (200, "ok\n")


async def test_a_cursor_that_was_tampered_with_is_a_bad_request(community: Community) -> None:
    space = await community.space(Audience.PUBLIC)

    async with community.browser() as browser:
        answer = await browser.get(f"/spaces/{space.slug}?before=yesterday")

    assert answer.status_code == 400
