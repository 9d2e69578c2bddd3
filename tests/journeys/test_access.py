"""Every page, in both themes, narrow and wide: axe finds nothing, nothing overflows, keys reach all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.builders import HOLDS
from tests.journeys.addresses import NOWHERE, OF_MEMBERS, OF_THE_TEAM, OF_VISITORS
from tests.journeys.looking import BOTH, LOOKS, problems, small_targets, wrong_in_any_look
from tests.journeys.people import Person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


@asynccontextmanager
async def window(chromium: Browser, look: tuple[int, str]) -> AsyncIterator[Page]:
    width, theme = look
    context = await chromium.new_context(
        viewport={"width": width, "height": 780},
        color_scheme=theme,  # type: ignore[arg-type]
    )
    yield await context.new_page()
    await context.close()


async def look_at(who: Person, paths: list[str]) -> dict[str, list[str]]:
    """Return, by address, what is wrong there."""
    wrong = {}
    for path in paths:
        status = await who.open(path)
        assert status == (404 if path == NOWHERE else 200), path
        if found := await problems(who.page) + await small_targets(who.page):
            wrong[path] = found
    return wrong


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_pages_of_visitors(chromium: Browser, demo_site: Site, look: tuple[int, str]) -> None:
    async with window(chromium, look) as page:
        wrong = await look_at(Person(page, demo_site, "nobody"), OF_VISITORS)

    assert wrong == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_pages_of_members(chromium: Browser, demo_site: Site, look: tuple[int, str]) -> None:
    async with window(chromium, look) as page:
        rowan = Person(page, demo_site, "Rowan")
        await rowan.sign_in(demo_site.password_of("Rowan"))
        await rowan.open("/rooms")
        room = await page.get_by_role("link", name="Evening check-in").get_attribute("href")
        await rowan.open("/spaces/one-day")
        thread = await page.get_by_role("link", name="The walk home").get_attribute("href")
        await rowan.open(str(thread))
        others = await page.locator(".of-others a:visible").first.get_attribute("href")
        own = await page.locator(".of-mine a:visible").first.get_attribute("href")
        reply = await page.get_by_role("link", name="Reply to kestrel_22").first.get_attribute("href")
        await rowan.open("/reasons")
        reasons = await page.locator("main .rows a").first.get_attribute("href")
        paths = [str(path) for path in (room, thread, others, own, f"{thread}{reply}", reasons)]
        wrong = await look_at(rowan, [*OF_MEMBERS, *paths])

    assert wrong == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_pages_of_the_team(chromium: Browser, demo_site: Site, look: tuple[int, str]) -> None:
    async with window(chromium, look) as page:
        harbour = Person(page, demo_site, "Harbour")
        await harbour.sign_in(demo_site.password_of("Harbour"))
        await harbour.open("/desk")
        links = await page.locator("#queue .what a").all()
        items = [str(await link.get_attribute("href")) for link in links]
        wrong = await look_at(harbour, [*OF_THE_TEAM, *items])

    assert wrong == {}


async def test_pages_of_a_month_a_pause_and_what_was_decided(chromium: Browser, demo_site: Site) -> None:
    wrong: dict[str, list[str]] = {}
    async with window(chromium, (1280, "light")) as page:
        linnet = Person(page, demo_site, "Linnet")
        await linnet.sign_in(demo_site.password_of("Linnet"))
        await linnet.open("/transparency")
        month = await page.locator("main a[href^='/transparency/']:not([download])").first.get_attribute(
            "href"
        )
        await linnet.open("/desk/history")
        done = await page.locator(".what a").first.get_attribute("href")
        for path in (month, done, "/desk/history?handle=nobody-of-this-name"):
            assert await linnet.open(str(path)) == 200, path
            wrong |= await wrong_in_any_look(page, str(path))
        await linnet.open("/desk")
        await page.get_by_role("button", name="Do not publish them").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        wrong |= await wrong_in_any_look(page, "several, none of them ticked")
        await linnet.open("/desk/care-for-us")
        await page.get_by_role("button", name="Take 15 minutes").click()
        await expect(page.get_by_role("heading", name="A pause")).to_be_visible()
        wrong |= await wrong_in_any_look(page, "a pause")
        await page.get_by_role("button", name="Come back now").click()
        await expect(page.get_by_role("heading", name="Desk")).to_be_visible()

    assert wrong == {}


async def test_pages_of_gatherings(chromium: Browser, demo_site: Site) -> None:
    wrong: dict[str, list[str]] = {}
    last_week = (datetime.now(UTC) - timedelta(days=8)).date()
    async with window(chromium, (1280, "light")) as page:

        async def look(title: str, path: str = "/gatherings?view=list") -> None:
            await page.goto(demo_site.url + path)
            await page.get_by_role("link", name=title, exact=True).first.click()
            await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
            wrong.update(await wrong_in_any_look(page, title, BOTH))

        await look("Sleep in the first months: ask anything")
        rowan = Person(page, demo_site, "Rowan")
        await rowan.sign_in(demo_site.password_of("Rowan"))
        for title in (
            "A morning at the allotment",
            "A walk by the river",
            "Breathing, slowly: a small group",
        ):
            await look(title)
        await look("Tuesday circle", f"/gatherings?view=list&at={last_week}")
        await page.goto(f"{page.url}/feedback")
        await expect(page.get_by_text("You have answered. Thank you.")).to_be_visible()
        wrong |= await wrong_in_any_look(page, "how it was", BOTH)
        await page.goto(f"{demo_site.url}/settings/calendar")
        await page.get_by_role("button", name="Make an address").click()
        await expect(page.get_by_text("This is your address")).to_be_visible()
        wrong |= await wrong_in_any_look(page, "a calendar's address", BOTH)
        await look("Company for today")
        await page.get_by_role("link", name="To the room").click()
        await expect(page.get_by_role("heading", name="How it is held")).to_be_visible()
        wrong |= await wrong_in_any_look(page, "a lobby", BOTH)

    assert wrong == {}


async def test_forms_with_errors_and_messages_that_wait(chromium: Browser, demo_site: Site) -> None:
    wrong = {}
    async with window(chromium, (360, "dark")) as page:
        visitor = Person(page, demo_site, "nobody")
        for path in ("/sign-up", "/sign-in", "/recover"):
            await visitor.open(path)
            await page.locator("main form").evaluate(
                "form => { form.noValidate = true; form.requestSubmit(); }"
            )
            await expect(page.get_by_role("alert")).to_be_visible()
            if found := await problems(page):
                wrong[path] = found
        rowan = Person(page, demo_site, "Rowan")
        await rowan.sign_in(demo_site.password_of("Rowan"))
        await rowan.open("/rooms")
        await page.get_by_role("link", name="Evening check-in").click()
        await expect(page.get_by_text("Connected")).to_be_visible()
        await rowan.say(HOLDS)
        await expect(page.get_by_role("main")).to_contain_text("Waiting for a person")
        wrong |= {"a room with a held line": found} if (found := await problems(page)) else {}

    assert wrong == {}


async def test_the_log_of_a_room_is_announced_politely(chromium: Browser, demo_site: Site) -> None:
    async with window(chromium, (1280, "light")) as page:
        rowan = Person(page, demo_site, "Rowan")
        await rowan.sign_in(demo_site.password_of("Rowan"))
        await rowan.open("/rooms")
        await page.get_by_role("link", name="Evening check-in").click()

        await expect(page.get_by_role("log").first).to_have_attribute("aria-live", "polite")


async def test_everything_by_keyboard_with_the_focus_always_seen(chromium: Browser, demo_site: Site) -> None:
    """Tab from the top of a thread to its reply form; every stop is visible and says so; Enter sends."""
    async with window(chromium, (1280, "light")) as page:
        rowan = Person(page, demo_site, "Rowan")
        await rowan.sign_in(demo_site.password_of("Rowan"))
        await rowan.open("/spaces/families")
        await page.get_by_role("link", name="She comes home").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/threads/**")
        stops = []
        for _ in range(80):
            await page.keyboard.press("Tab")
            stop = await page.evaluate(
                """() => { const one = document.activeElement, style = getComputedStyle(one);
                const box = one.getBoundingClientRect();
                return { name: one.name ?? '', text: one.innerText ?? '', href: one.href ?? '',
                         outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                         shown: box.width > 0 && box.top < innerHeight && box.bottom > 0 }; }"""
            )
            stops.append(stop)
            if stop["name"] == "text":
                break
        await page.keyboard.type("Thinking of you both on Friday.")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_contain_text("Thinking of you both on Friday.")

    assert stops[0]["text"] == "Skip to the content"
    assert stops[-1]["name"] == "text"
    assert [stop for stop in stops if not (stop["outlined"] and stop["shown"])] == []
