"""A manager plans a weekly meeting, moves one date and cancels another: in a browser, in every look."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.looking import wrong_in_any_look
from tests.journeys.people import Person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


async def test_a_weekly_meeting_is_planned_changed_and_cancelled(chromium: Browser, demo_site: Site) -> None:
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    weekday = day.strftime("%A")
    context = await chromium.new_context(viewport={"width": 1280, "height": 780})
    page = await context.new_page()
    harbour = Person(page, demo_site, "Harbour")
    await harbour.sign_in(demo_site.password_of("Harbour"))
    main = page.get_by_role("main")
    await harbour.open("/manage")
    await page.get_by_role("link", name="Gatherings: plan, change, cancel").click()
    await page.get_by_role("link", name="Plan a gathering").click()
    await page.get_by_role("button", name="Schedule it").click()
    await expect(page.get_by_role("alert")).to_contain_text("Give it a title")
    wrong = await wrong_in_any_look(page, "a form with mistakes")

    await page.get_by_label("Title", exact=True).fill("Evening circle")
    await page.get_by_label("What people can expect").fill("An hour to share how the week was.")
    await page.get_by_label("First day").fill(day.isoformat())
    await page.get_by_label("Begins at").fill("19:00")
    await page.get_by_label("Time zone of the gathering").select_option("Europe/Berlin")
    await page.get_by_label("How often").select_option("weeks")
    await page.get_by_text("How it comes again, and until when").click()
    await page.get_by_label(weekday, exact=True).check()
    await page.get_by_label("After so many times").last.fill("14")
    await page.get_by_label("Seats").fill("12")
    await page.get_by_role("button", name="Look at the dates").last.click()
    await expect(main).to_contain_text("and 2 more")
    wrong |= await wrong_in_any_look(page, "a preview")
    await page.get_by_label("Leave out · ").nth(2).check()
    await page.get_by_role("button", name="Schedule it").click()
    await expect(page.get_by_role("status")).to_contain_text("It is scheduled.")
    await expect(main).to_contain_text("13 dates to come")
    wrong |= await wrong_in_any_look(page, "the list")

    await page.get_by_role("link", name="Evening circle", exact=True).click()
    wrong |= await wrong_in_any_look(page, "one gathering")
    await page.get_by_role("link", name="Change this date").nth(1).click()
    await page.get_by_label("Begins at").fill("20:00")
    await page.get_by_role("button", name="Save the change").click()
    await expect(page.get_by_role("status")).to_contain_text("The change is saved.")

    await page.get_by_role("link", name="Evening circle", exact=True).last.click()
    await page.get_by_role("link", name="Cancel this date").first.click()
    wrong |= await wrong_in_any_look(page, "cancelling")
    await page.get_by_label("A word to those who signed up").fill("We meet again the week after.")
    await page.get_by_role("button", name="Cancel these dates").click()
    await expect(page.get_by_role("status")).to_contain_text("It is cancelled.")
    await context.close()

    assert wrong == {}
