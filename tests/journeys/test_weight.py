"""What a first visit costs somebody on a bad network."""

import pytest
from playwright.async_api import Browser, CDPSession

from tests.journeys.people import Person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

MOST_BYTES = 40 * 1024
MOST_SCRIPT_BYTES = 15 * 1024
MOST_REQUESTS = 6
"""Two of them are the scripts by which a thread is live: they come when it can be read already."""


async def test_a_first_visit_to_a_thread_is_small(chromium: Browser, demo_site: Site) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    rowan = Person(page, demo_site, "Rowan")
    await rowan.sign_in(demo_site.password_of("Rowan"))
    await rowan.open("/spaces/one-day")
    thread = await page.get_by_role("link", name="The walk home").get_attribute("href")
    cookies = await context.cookies()
    await context.close()

    fresh = await chromium.new_context()
    await fresh.add_cookies(cookies)  # type: ignore[arg-type]
    page = await fresh.new_page()
    session: CDPSession = await fresh.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    await session.send("Network.enable")
    await page.goto(f"{demo_site.url}{thread}", wait_until="networkidle")
    await fresh.close()
    script = sum(size for request, size in sizes.items() if kinds.get(request) == "Script")
    print(f"first visit to a thread: {len(sizes)} requests, {sum(sizes.values())} bytes, script {script}")  # noqa: T201

    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    assert 0 < script <= MOST_SCRIPT_BYTES
