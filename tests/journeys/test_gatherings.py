"""A weekly meeting, from its planning to what is said after it: three browsers, a mail server, one clock."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect
from sqlmodel import select

from forum.accounts.roles import Role
from forum.feedback.tables import Feedback
from tests.journeys.in_hand import InHand, site_in_hand
from tests.journeys.looking import BOTH, wrong_in_any_look
from tests.journeys.people import PASSWORD, Person, person
from tests.postbox import Postbox

pytestmark = pytest.mark.journey

TITLE = "Tuesday circle"
STARTS = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""19:00 in Berlin, where it is planned, and 13:00 in New York, where Rowan is."""
ADDRESS = "rowan@heather.example"
SHARED = "It was a long week, and I am glad to be here."
LINK = re.compile(r"http://\S+/settings/email/confirm/\S+")


@dataclass(frozen=True, slots=True)
class Circle:
    """Who takes part: a manager, who comes as a guest herself, a host, and a member far away."""

    site: InHand
    marlow: Person
    juniper: Person
    rowan: Person
    wrong: dict[str, list[str]] = field(default_factory=dict)
    """What was wrong with how a page looked, by its name and look."""

    async def look(self, who: Person, name: str) -> None:
        """Look at the page that somebody has open, narrow in the dark and wide in the light."""
        self.wrong.update(await wrong_in_any_look(who.page, name, BOTH))

    @property
    def letters(self) -> list[str]:
        """Return the subjects of the letters that have arrived."""
        return [letter["Subject"] for letter in self.site.box.letters]


@pytest.fixture
async def circle(
    chromium: Browser, prepared_database: Path, tmp_path: Path, box: Postbox
) -> AsyncIterator[Circle]:
    """A site whose clock is in the test's hand, with a window for each."""
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(site_in_hand(prepared_database, tmp_path, box))
        await site.community.space(slug="one-day")
        marlow, juniper, rowan = [
            await stack.enter_async_context(person(chromium, site, handle, zone=zone))
            for handle, zone in (("Marlow", "UTC"), ("Juniper", "UTC"), ("Rowan", "America/New_York"))
        ]
        circle = Circle(site, marlow, juniper, rowan)
        for one, role in ((circle.marlow, Role.MANAGER), (circle.juniper, Role.MEMBER)):
            await site.community.member(one.handle, role)
            await one.sign_in(PASSWORD)
        await circle.rowan.sign_up()
        yield circle


async def test_a_weekly_meeting_is_planned_joined_held_and_looked_back_on(circle: Circle) -> None:
    await planned(circle.marlow)
    await signed_up(circle.rowan, "Tuesday, November 24, 2026, 1:00\u202fPM – 2:00\u202fPM")
    await signed_up(circle.marlow, "Tuesday, November 24, 2026, 6:00\u202fPM – 7:00\u202fPM")
    await letters_wanted(circle)
    await reminded(circle)
    await in_the_lobby(circle)
    await a_turn_is_taken(circle)
    await looked_back_on(circle)
    assert circle.wrong == {}


async def planned(marlow: Person) -> None:
    """Look at the dates of a weekly meeting, and schedule it."""
    page = marlow.page
    await marlow.open("/manage/gatherings/new")
    for label, words in {
        "Title": TITLE,
        "What people can expect": "An hour to share how the week was.",
        "First day": "2026-11-24",
        "Begins at": "19:00",
        "Hosts": "Juniper",
        "Agenda": "5 Arriving\n50 One after the other\n5 Closing",
    }.items():
        await page.get_by_label(label, exact=True).fill(words)
    await page.get_by_label("Time zone of the gathering").select_option("Europe/Berlin")
    await page.get_by_label("How often").select_option("weeks")
    await page.get_by_text("How it comes again, and until when").click()
    await page.get_by_label("Tuesday", exact=True).check()
    await page.get_by_label("After so many times").last.fill("3")
    await page.get_by_role("button", name="Look at the dates").last.click()
    await expect(page.locator("#preview ~ ol > li")).to_have_count(3)
    await page.get_by_role("button", name="Schedule it").click()
    await expect(page.get_by_role("status")).to_contain_text("It is scheduled.")


async def signed_up(who: Person, hours: str) -> None:
    """Find the first date in one's own time, and say that one comes."""
    page = who.page
    await who.open("/gatherings?view=list")
    await page.get_by_role("link", name=TITLE, exact=True).first.click()
    await expect(page.locator(".when")).to_have_text(hours)
    await page.get_by_role("button", name="I am coming", exact=True).click()
    await expect(page.locator(".own")).to_contain_text("You are coming")


async def letters_wanted(circle: Circle) -> None:
    """Give an address, confirm it by the one letter that comes, and ask for reminders by letter."""
    rowan, page = circle.rowan, circle.rowan.page
    await rowan.open("/settings")
    await page.get_by_label("E-mail (you can leave this empty)").fill(ADDRESS)
    await page.locator("form[action='/settings/email'] button").click()
    await page.get_by_role("button", name="Send me that letter").click()
    await expect(page.get_by_role("status")).to_be_visible()
    await circle.site.work()
    assert circle.letters == ["Please confirm this address"]
    found = LINK.search(circle.site.box.letters[0].get_content())
    assert found is not None
    await page.goto(found[0])
    await page.get_by_role("button", name="This is my address").click()
    await rowan.open("/reminders")
    await page.get_by_label("Also send me a letter").check()
    await page.get_by_role("main").get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_contain_text("Saved.")


async def reminded(circle: Circle) -> None:
    """A day and an hour before, one letter each that tells nobody what it is about."""
    for number, before in enumerate((timedelta(days=1), timedelta(hours=1)), start=1):
        await circle.site.at(STARTS - before - timedelta(minutes=1))
        assert len(circle.letters) == number
        await circle.site.at(STARTS - before)
        await circle.site.work()
        assert circle.letters == ["Please confirm this address", *["Appointment"] * number]
    letter = circle.site.box.letters[-1]
    told = letter.as_string()
    assert letter["To"] == ADDRESS
    assert "1:00" in letter.get_content()
    assert not [word for word in (TITLE, "circle", "Waypost", "Juniper", "Rowan") if word in told]
    await circle.rowan.open("/notices")
    await expect(circle.rowan.page.get_by_role("main")).to_contain_text(TITLE)


async def in_the_lobby(circle: Circle) -> None:
    """Ten minutes before, guests wait in the lobby until the host opens the room for all of them."""
    await circle.site.at(STARTS - timedelta(minutes=10))
    for one in (circle.rowan, circle.marlow, circle.juniper):
        await one.open("/gatherings?view=list")
        await one.page.get_by_role("link", name=TITLE, exact=True).first.click()
        await one.page.get_by_role("link", name="To the room").click()
        await expect(one.page.get_by_role("heading", name="How it is held")).to_be_visible()
    await expect(circle.rowan.page.locator("[data-here]")).to_have_text("3")
    await circle.look(circle.rowan, "the lobby")
    await circle.look(circle.juniper, "the lobby of a host")
    await circle.juniper.page.get_by_role("button", name="Open the room").click()
    for one in (circle.rowan, circle.marlow, circle.juniper):
        await expect(one.page.get_by_text("The meeting is open.")).to_be_visible()
        await expect(one.page.get_by_text("Connected")).to_be_visible()


async def a_turn_is_taken(circle: Circle) -> None:
    """Rowan raises a hand, has the turn, is read large while the others only listen, and passes it on."""
    rowan, marlow, juniper = circle.rowan.page, circle.marlow.page, circle.juniper.page
    say = "Say something in this room"
    await rowan.get_by_role("button", name="Raise your hand").click()
    await expect(rowan.get_by_text("Your number on the list: 1")).to_be_visible()
    await expect(juniper.get_by_label("Hands that are up").get_by_role("listitem")).to_have_text(["Rowan"])
    await circle.look(circle.marlow, "the room")
    for summary in await juniper.locator("details.controls summary").all():
        await summary.click()
    await circle.look(circle.juniper, "the room of a host")
    await juniper.get_by_role("button", name="Give the next turn").click()

    await expect(rowan.get_by_text("It is your turn.", exact=True)).to_be_visible()
    await expect(marlow.get_by_text("Sharing now: Rowan")).to_be_visible()
    await expect(marlow.get_by_label(say)).not_to_be_editable()
    await circle.rowan.say(SHARED)
    await expect(marlow.locator("li.line.shared .prose")).to_have_text([SHARED])
    large = await size_of_its_line(marlow)
    await marlow.get_by_role("button", name="With you").click()
    await expect(rowan.locator("[data-sent-to-me] [data-word=with_you]")).to_have_text("1")

    await circle.look(circle.rowan, "sharing")
    await circle.look(circle.marlow, "listening")
    await circle.look(circle.juniper, "hosting while somebody shares")
    await rowan.get_by_role("button", name="I am done").click()
    await expect(marlow.get_by_label(say)).to_be_editable()
    assert await size_of_its_line(marlow) < large
    await circle.marlow.say("Thank you, Rowan.")
    await expect(rowan.get_by_role("log").first.locator(".prose")).to_have_text([SHARED, "Thank you, Rowan."])


async def size_of_its_line(page: Page) -> float:
    """Return how large the first line is written, in pixels."""
    line = page.get_by_role("log").first.locator(".prose").first
    size: float = await line.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    return size


async def looked_back_on(circle: Circle) -> None:
    """The room closes by itself after its end, keeps nothing, and Rowan says how it was."""
    page = circle.rowan.page
    await circle.site.at(STARTS + timedelta(hours=1, minutes=15))
    await expect(page.get_by_text("This meeting is over.")).to_be_visible()
    await circle.look(circle.rowan, "over")
    await page.get_by_role("link", name="Say how it was").click()
    await circle.look(circle.rowan, "how it was")
    for words in ("Yes, I did", "A little", "Yes, gladly"):
        await page.get_by_label(words).check()
    await page.get_by_role("button", name="Send my answers").click()
    await expect(page.get_by_text("You have answered. Thank you.")).to_be_visible()
    async with circle.site.community.services.database.reading() as session:
        counts = (await session.exec(select(Feedback))).one()
    assert (counts.welcome_yes, counts.useful_partly, counts.again_yes) == (1, 1, 1)
    await expect(circle.marlow.page.get_by_text("This meeting is over.")).to_be_visible()
    await circle.site.work()
    await circle.juniper.page.reload()
    await expect(circle.juniper.page.get_by_role("main")).not_to_contain_text(SHARED)
    await circle.look(circle.juniper, "over, for a host")
