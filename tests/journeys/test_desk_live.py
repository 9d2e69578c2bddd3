"""Two moderators at the desk at once: each sees what the other does, nothing moves, and keys do the rest."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.builders import CLAIMS, IN_DANGER
from tests.journeys.people import Person, person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

SPACE, ROOM = "Evenings", "Evening check-in"
ANOTHER = "You should stop taking your antidepressants."
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Team:
    """Two moderators, and a member who writes in the room of them all."""

    ada: Person
    moss: Person
    fern: Person

    async def say(self, words: str) -> None:
        """Let the member say something, and wait for what becomes of it."""
        page = self.ada.page
        before = await page.locator(".line").count()
        await self.ada.say(words)
        await expect(page.locator(".line")).to_have_count(before + 1)
        await expect(page.get_by_text("Sending…")).to_have_count(0)


async def open_room(moderator: Person) -> None:
    """Open the one room of this file, unless it is there."""
    page = moderator.page
    await moderator.open("/rooms")
    if await page.get_by_role("link", name=ROOM, exact=True).count():
        return
    await moderator.open("/manage")
    await page.locator("#space-name").fill(SPACE)
    await page.get_by_label("Short name for its address").fill("evenings")
    await page.get_by_label("Who can read and write").select_option("members")
    await page.get_by_role("button", name="Open the space").click()
    await page.locator("#room-space").select_option("evenings")
    await page.locator("#room-name").fill(ROOM)
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_text("The room is open.")).to_be_visible()


@pytest.fixture
async def team(chromium: Browser, site: Site) -> AsyncIterator[Team]:
    """Everybody signed up through the pages; the member is in the room."""
    number = next(NUMBERS)
    async with AsyncExitStack() as stack:
        ada, moss, fern = [
            await stack.enter_async_context(person(chromium, site, f"{name}{number}"))
            for name in ("Ada-River", "Moss-Warden", "Fern-Keeper")
        ]
        for one in (ada, moss, fern):
            await one.sign_up()
        for one in (moss, fern):
            site.appoint(one.handle, "administrator")
        await open_room(moss)
        await ada.open("/rooms")
        await ada.page.get_by_role("link", name=ROOM, exact=True).click()
        await expect(ada.page.get_by_text("Connected")).to_be_visible()
        yield Team(ada, moss, fern)


async def at_the_desk(*moderators: Person) -> None:
    """Open the queue in each window, and wait until it is live."""
    for one in moderators:
        await one.open("/desk")
        await expect(one.page.locator("[data-link]")).to_have_text("Connected")


def rows(page: Page) -> Locator:
    """The items of the queue."""
    return page.locator("#queue [data-item]")


def pill(page: Page) -> Locator:
    """What says that something is new."""
    return page.locator("[data-desk-new]")


async def test_one_claims_and_decides_and_the_other_sees_both_without_reloading(team: Team) -> None:
    moss, fern = team.moss.page, team.fern.page
    await team.say(CLAIMS)
    await at_the_desk(team.moss, team.fern)
    before = await rows(fern).count()
    await rows(moss).last.get_by_role("link").first.click()

    await expect(rows(fern).last).to_contain_text(f"{team.moss.handle} is looking at it")

    await moss.locator("[data-key=r]").click()

    await expect(rows(fern).last).to_contain_text("Done")
    await expect(rows(fern)).to_have_count(before)

    await at_the_desk(team.fern)

    await expect(rows(fern)).to_have_count(before - 1)


async def test_what_is_new_is_counted_and_shown_when_asked_for(team: Team) -> None:
    fern = team.fern.page
    await team.say(CLAIMS)
    await at_the_desk(team.fern)
    before = await rows(fern).count()
    await team.say(ANOTHER)

    await expect(pill(fern)).to_contain_text("1 new")
    await expect(rows(fern)).to_have_count(before)

    await pill(fern).get_by_role("link").click()

    await expect(rows(fern)).to_have_count(before + 1)
    await expect(pill(fern)).to_be_hidden()


async def test_somebody_in_danger_is_announced_at_once(team: Team) -> None:
    fern = team.fern.page
    await at_the_desk(team.fern)
    await team.say(IN_DANGER)

    await expect(pill(fern)).to_contain_text("Somebody may be in danger")
    await expect(fern.locator("[data-desk-alert]")).to_have_text("Somebody may be in danger")


async def test_keys_lead_through_the_list_and_say_what_they_do(team: Team) -> None:
    fern = team.fern.page
    await team.say(CLAIMS)
    await team.say(ANOTHER)
    await at_the_desk(team.fern)
    for key in ("j", "j", "ArrowDown", "k"):
        await fern.keyboard.press(key)
    focused = fern.locator("#queue [data-item]:focus-within")
    await expect(focused).to_have_count(1)
    waiting = await rows(fern).count()
    for key in "k" * waiting + "j" * waiting:  # to one's own: somebody may be looking at what others left
        if team.ada.handle in await focused.inner_text():
            break
        await fern.keyboard.press(key)
    address = await focused.get_by_role("link").first.get_attribute("href")
    await fern.keyboard.press("Enter")
    await fern.wait_for_url(f"**{address}")
    await expect(fern.locator("[data-key=r]").first).to_be_visible()
    await fern.keyboard.press("?")

    await expect(fern.get_by_role("dialog", name="Keys")).to_be_visible()
    await expect(fern.get_by_role("dialog").locator("kbd").get_by_text("r", exact=True)).to_be_visible()

    await fern.keyboard.press("Escape")

    await expect(fern.get_by_role("dialog")).to_have_count(0)


async def test_a_ruling_by_key_and_its_undo(team: Team) -> None:
    fern = team.fern.page
    await team.say(CLAIMS)
    await at_the_desk(team.fern)
    address = await rows(fern).last.get_by_role("link").first.get_attribute("href")
    await team.fern.open(str(address))
    await expect(fern.locator("[data-key=r]")).to_have_attribute("aria-keyshortcuts", "r")
    await fern.keyboard.press("r")

    await expect(fern.locator("[data-key=u]")).to_be_visible()
    await expect(fern.locator("main")).to_be_focused()

    await fern.keyboard.press("u")

    await expect(fern.get_by_text("The decision is taken back")).to_be_visible()


async def test_keys_do_nothing_while_somebody_writes_or_once_they_are_switched_off(team: Team) -> None:
    fern = team.fern.page
    await team.say(CLAIMS)
    await at_the_desk(team.fern)
    address = await rows(fern).last.get_by_role("link").first.get_attribute("href")
    await team.fern.open(str(address))
    field = fern.locator("textarea").first
    await field.evaluate("one => { const box = one.closest('details'); if (box) box.open = true; }")
    await field.focus()
    await fern.keyboard.type("r?u")

    await expect(field).to_have_value("r?u")
    await expect(fern.get_by_role("dialog")).to_have_count(0)

    await field.fill("")
    await fern.get_by_role("button", name="Keys").click()
    await fern.get_by_label("Single keys work at the desk").uncheck()
    await fern.keyboard.press("Escape")
    await fern.reload()
    await fern.locator("body").press("r")

    assert fern.url.endswith(str(address))
    await expect(fern.locator("kbd[data-hint]")).to_have_count(0)
    await expect(fern.locator("[aria-keyshortcuts]")).to_have_count(0)
