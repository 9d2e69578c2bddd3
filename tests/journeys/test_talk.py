"""Two members and a moderator: a post, a reply, a live talk, a line held and released, a server that dies."""

import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.async_api import Browser, expect

from tests.builders import EMAIL, GIVES_AWAY, GIVES_AWAY_MASKED, HOLDS
from tests.journeys.people import Person, person
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part, in a space and a room of their own."""

    ada: Person
    ben: Person
    mod: Person
    number: int

    @property
    def room(self) -> str:
        """The name of their room."""
        return f"Evening {self.number}"


NUMBERS = count(1)


async def open_room(cast: Cast) -> None:
    page = cast.mod.page
    await cast.mod.open("/manage")
    await page.locator("#space-name").fill(f"Day {cast.number}")
    await page.get_by_label("Short name for its address").fill(f"day-{cast.number}")
    await page.get_by_label("Who can read and write").select_option("members")
    await page.get_by_role("button", name="Open the space").click()
    await page.locator("#room-space").select_option(f"day-{cast.number}")
    await page.locator("#room-name").fill(cast.room)
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_text("The room is open.")).to_be_visible()


async def enter_room(cast: Cast, who: Person) -> None:
    await who.open("/rooms")
    await who.page.get_by_role("link", name=cast.room, exact=True).click()
    await expect(who.page.get_by_role("heading", name=cast.room)).to_be_visible()


async def open_desk_item(cast: Cast) -> None:
    """Open what waits of Ben's; hard words are covered, so it is known by whose it is."""
    await cast.mod.open("/desk")
    await cast.mod.page.get_by_role("link", name=cast.ben.handle).click()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def cast(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> AsyncIterator[Cast]:
    """Two members and a moderator, signed up through the pages."""
    number = next(NUMBERS)
    async with AsyncExitStack() as stack:
        ada, ben, mod = [
            await stack.enter_async_context(person(chromium, site, f"{name}{number}", scripts=request.param))
            for name in ("Ada-River", "Ben-Field", "Moss-Warden")
        ]
        for one in (ada, ben, mod):
            await one.sign_up()
        site.appoint(mod.handle, "administrator")
        made = Cast(ada, ben, mod, number)
        await open_room(made)
        yield made


async def test_a_thread_a_reply_and_a_held_reply_that_is_released(cast: Cast) -> None:
    ada, ben, mod = cast.ada.page, cast.ben.page, cast.mod.page
    title = f"First evening at home, {cast.number}"
    await cast.ada.open(f"/spaces/day-{cast.number}")
    await ada.get_by_role("link", name="Start a thread").click()
    await ada.get_by_label("What it is about").fill(title)
    await ada.get_by_label("Your words").fill("It is *very* quiet here.")
    await ada.get_by_role("button", name="Start the thread").click()

    await expect(ada.get_by_role("heading", name=title)).to_be_visible()

    await cast.ben.open("/")
    await ben.get_by_role("link", name=title).click()
    await ben.get_by_label("Your words").fill("Good to have you here.")
    await ben.get_by_role("button", name="Send reply").click()

    await expect(ben.get_by_role("main")).to_contain_text("Good to have you here.")

    await cast.ada.open("/notices")

    await expect(ada.get_by_text(f"{cast.ben.handle} replied to you")).to_be_visible()
    await expect(ada.get_by_text(title)).to_be_visible()

    await ben.get_by_label("Your words").fill(HOLDS)
    await ben.get_by_role("button", name="Send reply").click()

    await expect(ben.get_by_role("main")).to_contain_text("Waiting for a person")

    await cast.ada.open(f"/spaces/day-{cast.number}")
    await ada.get_by_role("link", name=title).click()

    await expect(ada.get_by_role("main")).not_to_contain_text(HOLDS)

    await open_desk_item(cast)
    await mod.get_by_role("button", name="Publish", exact=True).click()

    await expect(mod.get_by_text("Nothing waits for a person")).to_be_visible()

    await ada.reload()

    await expect(ada.get_by_role("main")).to_contain_text(HOLDS)


async def test_a_talk_both_ways_with_one_line_held_released_and_arriving_in_order(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    live = "with scripts" in request.node.name.replace("without scripts", "")

    async def look(who: Person) -> None:
        if not live:
            await who.page.get_by_role("link", name="See new lines").click()

    async def sees(who: Person, *lines: str) -> None:
        await look(who)
        await expect(who.page.get_by_role("log").first.locator(".prose")).to_have_text(list(lines))

    await enter_room(cast, cast.ada)
    await enter_room(cast, cast.ben)
    if live:
        await expect(cast.ada.page.get_by_text("Connected")).to_be_visible()
        await expect(cast.ben.page.get_by_text("Connected")).to_be_visible()
    await cast.ada.say("Good evening.")
    await sees(cast.ben, "Good evening.")
    await cast.ben.say("Hello Ada.")
    await sees(cast.ada, "Good evening.", "Hello Ada.")
    await cast.ben.say(HOLDS)

    await expect(cast.ben.page.get_by_role("main")).to_contain_text("Waiting for a person")

    await cast.ada.say("Are you still there?")
    await sees(cast.ada, "Good evening.", "Hello Ada.", "Are you still there?")
    await open_desk_item(cast)
    await cast.mod.page.get_by_role("button", name="Publish", exact=True).click()

    await sees(cast.ada, "Good evening.", "Hello Ada.", "Are you still there?", HOLDS)
    await sees(cast.ben, "Good evening.", "Hello Ada.", "Are you still there?", HOLDS)


async def test_a_refused_line_comes_back_with_its_reason_and_its_words(cast: Cast) -> None:
    ben, mod = cast.ben.page, cast.mod.page
    await enter_room(cast, cast.ben)
    await cast.ben.say(HOLDS)
    await expect(ben.get_by_role("main")).to_contain_text("Waiting for a person")
    await open_desk_item(cast)
    await mod.get_by_label("Speak to people as people").check()
    await mod.get_by_role("button", name="Do not publish").click()
    await cast.ben.open("/notices")

    await expect(ben.get_by_text("Your message is not published")).to_be_visible()
    await expect(ben.get_by_text("Guideline: Speak to people as people.")).to_be_visible()

    await ben.get_by_role("link", name="Edit and send again").click()

    await expect(ben.get_by_label("Say something in this room")).to_have_value(HOLDS)


@pytest.mark.parametrize("cast", [True], indirect=True, ids=["with scripts"])
async def test_a_server_that_is_killed_loses_and_repeats_nothing(cast: Cast, site: Site) -> None:
    await enter_room(cast, cast.ada)
    await enter_room(cast, cast.ben)
    for who in (cast.ada, cast.ben):
        await expect(who.page.get_by_text("Connected")).to_be_visible()
    await cast.ada.say("One.")
    await expect(cast.ben.page.get_by_role("log").first.locator(".prose")).to_have_text(["One."])

    site.stop(signal.SIGKILL)
    await expect(cast.ben.page.get_by_text("Reconnecting")).to_be_visible()
    await cast.ben.say("Two, while the server was away.")
    await expect(cast.ben.page.get_by_text("Not sent yet")).to_be_visible()
    site.start()

    said = ["One.", "Two, while the server was away."]
    for who in (cast.ada, cast.ben):
        await expect(who.page.get_by_role("log").first.locator(".prose")).to_have_text(said, timeout=40_000)


@pytest.mark.parametrize("cast", [True], ids=["live"], indirect=True)
async def test_a_line_that_gives_its_author_away_is_asked_about_and_goes_out_masked(cast: Cast) -> None:
    ada, ben = cast.ada.page, cast.ben.page
    for who in (cast.ada, cast.ben):
        await enter_room(cast, who)
        await expect(who.page.get_by_text("Connected")).to_be_visible()

    await cast.ada.say(GIVES_AWAY)

    await expect(ada.get_by_text("Not sent yet", exact=True)).to_be_visible()
    await expect(ada.get_by_text(f"We saw: {EMAIL}")).to_be_visible()
    assert await cast.ben.lines() == []

    await ada.get_by_role("button", name="Send it without that").click()

    for page in (ada, ben):
        await expect(page.get_by_role("log").first.locator(".prose")).to_have_text([GIVES_AWAY_MASKED])
        await expect(page.get_by_role("main")).not_to_contain_text(EMAIL)
