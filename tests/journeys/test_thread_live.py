"""Two browsers, one thread: what changes in one appears in the other, and nothing moves under one's eyes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.looking import LOOKS, problems, small_targets
from tests.journeys.people import Person, person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
NUMBERS = count(1)
LONG = "One step after the other, and a good long rest in between. " * 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Ada has opened a thread; Ben reads it."""

    ada: Person
    ben: Person
    path: str


@pytest.fixture
async def pair(chromium: Browser, demo_site: Site) -> AsyncIterator[Pair]:
    number = next(NUMBERS)
    async with AsyncExitStack() as stack:
        ada, ben = [
            await stack.enter_async_context(person(chromium, demo_site, f"{name}{number}"))
            for name in ("Ada-Brook", "Ben-Heath")
        ]
        for one in (ada, ben):
            await one.sign_up()
        await ada.open("/spaces/one-day")
        await ada.page.get_by_role("link", name="Start a thread").click()
        await ada.page.get_by_label("What it is about").fill(f"The evening, {number}")
        await ada.page.get_by_label("Your words").fill(f"It is quiet here. {LONG}")
        await ada.page.get_by_role("button", name="Start the thread").click()
        await expect(ada.page.get_by_role("heading", name=f"The evening, {number}")).to_be_visible()
        path = "/" + "/".join(ada.page.url.split("?")[0].split("#")[0].split("/")[-2:])
        await ben.open(path)
        yield Pair(ada, ben, path)


async def reply(who: Person, path: str, words: str) -> None:
    """Answer in the thread, as its page offers it."""
    await who.open(path)
    await who.page.get_by_label("Your words").fill(words)
    await who.page.get_by_role("button", name="Send reply").click()
    await expect(message(who.page, words)).to_be_visible()


def message(page: Page, words: str) -> Locator:
    """The message that says this, among those that everybody sees."""
    return page.locator("[data-thread] > li", has_text=words)


async def test_a_reply_an_edit_and_a_withdrawal_appear_in_the_other_browser(pair: Pair) -> None:
    ada, ben = pair.ada, pair.ben.page
    await expect(ben.locator("[data-thread] > li")).to_have_count(1)
    await reply(ada, pair.path, "Is anybody awake?")

    await expect(message(ben, "Is anybody awake?")).to_have_count(1)
    await expect(ben.get_by_text("No replies yet.")).to_have_count(0)

    await message(ada.page, "Is anybody awake?").get_by_role("link", name="Edit").click()
    await ada.page.get_by_label("Your words").fill("Is anybody still awake?")
    await ada.page.get_by_role("main").get_by_role("button").first.click()

    await expect(message(ben, "Is anybody still awake?")).to_have_count(1)

    await message(ada.page, "Is anybody still awake?").get_by_role("link", name="Withdraw").click()
    await ada.page.get_by_role("main").get_by_role("button").first.click()

    await expect(message(ben, "Withdrawn by its author.")).to_have_count(1)
    await expect(ben.get_by_text("Is anybody still awake?")).to_have_count(0)


async def test_what_one_reads_or_writes_stays_where_it_is(pair: Pair) -> None:
    ada, ben = pair.ada, pair.ben.page
    for words in ("The first answer.", "The second answer."):
        await reply(ada, pair.path, f"{words} {LONG}")
    await expect(ben.locator("[data-thread] > li")).to_have_count(3)
    await ben.get_by_label("Your words").click()
    await ben.get_by_label("Your words").fill("I am just writing")
    before = await ben.get_by_label("Your words").bounding_box()
    await reply(ada, pair.path, f"The third answer. {LONG}")
    await expect(ben.locator("[data-thread] > li")).to_have_count(4)
    after = await ben.get_by_label("Your words").bounding_box()

    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 1
    assert await ben.get_by_label("Your words").input_value() == "I am just writing"


async def test_a_reply_in_the_midst_waits_behind_a_button_that_leads_to_it(pair: Pair) -> None:
    ada, ben = pair.ada, pair.ben.page
    for words in ("The first answer.", "The second answer."):
        await reply(ada, pair.path, words)
    await expect(message(ben, "The second answer.")).to_have_count(1)
    await message(ben, "The second answer.").scroll_into_view_if_needed()
    before = await message(ben, "The second answer.").bounding_box()
    await ada.open(pair.path)
    await message(ada.page, "The first answer.").get_by_role("link", name="Reply").click()
    await ada.page.get_by_label("Your words").fill("An answer to the first.")
    await ada.page.get_by_role("button", name="Send reply").click()
    pill = ben.get_by_role("button", name="1 new")
    await expect(pill).to_be_visible()

    assert await message(ben, "The second answer.").bounding_box() == before
    await expect(ben.locator("[data-said]")).to_have_text("1 new")

    await pill.click()

    await expect(pill).to_be_hidden()
    said = await ben.locator("[data-thread] > li .prose").all_inner_texts()
    assert [words.strip() for words in said[1:]] == [
        "The first answer.",
        "An answer to the first.",
        "The second answer.",
    ]
    await expect(message(ben, "An answer to the first.").locator("article")).to_be_focused()


async def test_a_live_thread_looks_and_reads_well(pair: Pair) -> None:
    ben = pair.ben.page
    for width, scheme in LOOKS:
        await ben.set_viewport_size({"width": width, "height": 640})
        await ben.emulate_media(color_scheme=scheme)
        await ben.evaluate("document.querySelector('[data-new]').textContent = '1 new'")
        await ben.evaluate("document.querySelector('[data-new]').hidden = false")

        assert await problems(ben) == []
        assert await small_targets(ben) == []
