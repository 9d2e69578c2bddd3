"""A device in another zone than the page is offered its own; taking it changes when dates are said to be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.people import Person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


@asynccontextmanager
async def device(chromium: Browser, zone: str) -> AsyncIterator[Page]:
    """Give somebody a window on a device whose clock is set to this zone."""
    context = await chromium.new_context(timezone_id=zone, viewport={"width": 900, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(10_000)
    yield page
    await context.close()


async def is_offered(page: Page) -> bool:
    """Return whether the page offers the zone of the device, once its scripts have run."""
    await page.wait_for_load_state("load")
    return await page.locator("[data-own-zone]").is_visible()


async def hours(page: Page) -> list[str]:
    """Return when the dates of the list are, as the page says it."""
    return await page.get_by_role("main").locator("li.row time").all_inner_texts()


async def test_a_member_takes_the_zone_of_the_device_and_is_offered_it_no_more(
    chromium: Browser, demo_site: Site
) -> None:
    async with device(chromium, "Pacific/Auckland") as page:
        harbour = Person(page, demo_site, "Harbour")
        await harbour.sign_in(demo_site.password_of("Harbour"))
        await harbour.open("/gatherings?view=list")
        before, offered = await hours(page), await is_offered(page)
        await expect(page.get_by_text("Your device says Pacific/Auckland.")).to_be_visible()

        await page.get_by_role("button", name="Use that").click()

        await expect(page.get_by_text("Times are shown in Pacific/Auckland.")).to_be_visible()
        assert (offered, await is_offered(page)) == (True, False)
        assert page.url.endswith("/gatherings?view=list")
        after = await hours(page)
        assert len(before) > 0
        assert before != after
    async with device(chromium, "Europe/London") as page:
        again = Person(page, demo_site, "Harbour")
        await again.sign_in(demo_site.password_of("Harbour"))
        await again.open("/gatherings?view=list")

        assert await hours(page) == after  # what is taken counts on other devices too, which are asked anew
        assert await is_offered(page)


async def test_a_visitor_is_led_to_the_choice_and_an_older_name_of_the_same_zone_is_no_other_zone(
    chromium: Browser, demo_site: Site
) -> None:
    async with device(chromium, "Asia/Kolkata") as page:
        visitor = Person(page, demo_site, "")
        await visitor.open("/gatherings")
        said = await page.locator("[data-said]").inner_text()  # browsers differ in which name they know

        await page.get_by_role("link", name="Use that").click()
        chosen = await page.get_by_label("Time zone", exact=True).input_value()
        for zone in ("Asia/Kolkata", "Asia/Calcutta"):
            await visitor.open("/gatherings/zone")
            await page.get_by_label("Time zone", exact=True).select_option(zone)
            await page.get_by_role("button", name="Show times in this zone").click()

            await expect(page.get_by_text(f"Times are shown in {zone}.")).to_be_visible()
            assert not await is_offered(page)

    assert said == f"Your device says {chosen}."


async def test_a_device_in_the_zone_of_the_page_is_offered_nothing(
    chromium: Browser, demo_site: Site
) -> None:
    async with device(chromium, "UTC") as page:
        await Person(page, demo_site, "").open("/gatherings")

        await expect(page.get_by_text("Times are shown in UTC.")).to_be_visible()
        assert not await is_offered(page)
