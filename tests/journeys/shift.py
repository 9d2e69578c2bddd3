"""The rulings of one evening at the desk, each as a moderator makes it without a mouse."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from playwright.async_api import expect

from tests.journeys import evening as story
from tests.journeys.evening import Evening
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import wrong_in_any_look
from tests.journeys.people import PASSWORD, Person

ANSWER = "Thank you for telling us. We read it again: this is your own story, and it belongs here."
LETTER = "We know that evenings can be hard. Please say it without calling anybody names."
CLOSING = "Answered by letter, told Fern. We look again tomorrow at noon."
WORDS_OF_CARE = "Hello Ada-River, we read what you wrote"


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is at the desk: Moss by keyboard, and Fern in another window, once."""

    evening: Evening
    moss: Person
    fern: Person
    keys: Keyboard

    async def sign_in(self) -> None:
        """Sign in, and open the desk."""
        page = self.moss.page
        await self.moss.open("/sign-in")
        await self.keys.write("Handle", self.moss.handle)
        await self.keys.write("Password", PASSWORD)
        await self.keys.push(page.get_by_role("main").get_by_role("button", name="Sign in"))
        await self.keys.push(page.get_by_role("link", name="Desk").first)

    async def at(self) -> str:
        """Return whose item is open; nothing where the queue is."""
        shown = self.moss.page.locator("#author")
        return await shown.inner_text() if await shown.count() else ""

    async def decide(self, key: str, reason: str = "") -> None:
        """Decide by a key, after the guideline where one is needed; the focus is never lost."""
        if reason:
            await self.keys.pick("reason", reason)
        await self.keys.turn(key)
        assert await self.keys.on_something()


async def advertising(shift: Shift) -> None:
    """Decide on everything that advertises together, from the queue."""
    page, keys = shift.moss.page, shift.keys
    row = page.locator("#queue [data-item]:focus-within")
    for _ in range(story.ITEMS):
        await keys.press("j")
        if story.ADVERTISES in await row.inner_text():
            await keys.press("x")
    await expect(page.locator("#queue input:checked")).to_have_count(len(story.OFFERS))
    await keys.push(page.get_by_role("button", name="Do not publish them"))
    await expect(page.get_by_role("status").first).to_contain_text("5 of them are decided")
    await keys.push(page.get_by_role("link", name="Back to the desk"))


async def danger(shift: Shift) -> None:
    """Read it, take every step of the playbook, and answer by letter."""
    page, keys = shift.moss.page, shift.keys
    await keys.reach(page.locator("main .cover > summary"))
    await keys.press("Enter")
    await expect(page.locator("main .typed")).to_be_visible()
    steps = page.get_by_role("button", name="I did this")
    for number in range(await steps.count()):
        await keys.push(steps.nth(number))
    await expect(page.locator("#f-step .tag")).to_have_count(await steps.count())
    await keys.choose("Begin with a wording", "We read you")
    await keys.push(page.get_by_role("button", name="Insert it"))
    letter = page.get_by_label("Letter to the author")
    await expect(letter).to_be_focused()
    assert (await letter.input_value()).startswith(WORDS_OF_CARE)
    await keys.push(page.get_by_role("button", name="Send the letter now"))
    await expect(page.get_by_text("Your letter is sent.")).to_be_visible()
    await close_with_care(shift)


async def close_with_care(shift: Shift) -> None:
    """Say how it ended, and take the moment that is offered after it."""
    page, keys = shift.moss.page, shift.keys
    await keys.write("How it ended, for the team", CLOSING)
    await keys.turn("r")
    await expect(page.get_by_role("heading", name="After a hard one")).to_be_visible()
    assert await wrong_in_any_look(page, "after a hard one") == {}
    await keys.push(page.get_by_role("button", name="I am fine"))
    await keys.push(page.get_by_role("link", name="Back to the desk"))


async def could_change(shift: Shift) -> None:
    """Ask the author to change it, with a wording of the team's."""
    page, keys = shift.moss.page, shift.keys
    await keys.pick("reason", "experience")
    await keys.reach(page.locator("main summary").filter(has_text="A letter"))
    await keys.press("Enter")
    await keys.choose("Begin with a wording", "Please change it")
    await keys.push(page.get_by_role("button", name="Insert it"))
    await expect(page.get_by_label("Letter to the author")).to_be_focused()
    await keys.press("Escape")
    await shift.decide("a")


async def undone(shift: Shift) -> None:
    """Publish it by mistake, take that back at once, and decide again."""
    page = shift.moss.page
    await shift.decide("r")
    await expect(page.locator(".note[data-done]")).to_be_visible()
    await shift.decide("u")
    await expect(page.get_by_text("The decision is taken back, and it waits again.")).to_be_visible()
    assert await shift.at() == story.UNDONE
    await shift.decide("x", "kindness")


async def contested(shift: Shift) -> None:
    """Write a letter, while Fern takes the item over and decides: she is told, and keeps her words."""
    page, keys = shift.moss.page, shift.keys
    await keys.pick("reason", "kindness")
    await keys.reach(page.locator("main summary").filter(has_text="A letter"))
    await keys.press("Enter")
    await keys.write("Letter to the author", LETTER)
    await fern_decides(shift)
    await expect(page.locator("[data-desk-new]")).to_contain_text("Somebody has decided on this one")
    await shift.decide("x")
    await expect(page.get_by_role("alert")).to_contain_text("Somebody has decided on this already")
    await expect(page.get_by_text(LETTER)).to_be_visible()
    await keys.push(page.get_by_role("navigation", name="Where you are").get_by_role("link"))


async def fern_decides(shift: Shift) -> None:
    """Take over what Moss looks at, with a word of why, decide, and leave what comes next to Moss."""
    fern = shift.fern.page
    await fern.goto(shift.moss.page.url)
    await fern.locator("summary").filter(has_text="Take it over").click()
    await fern.get_by_label("A word of why").fill("I know how this began.")
    await fern.get_by_role("button", name="Take it over").click()
    await fern.locator("[name=reason][value=kindness]").check()
    await fern.get_by_role("button", name="Do not publish").click()
    await expect(fern.locator(".note[data-done]")).to_be_visible()
    await fern.get_by_role("button", name="Let it go").click()
    await expect(fern.get_by_role("heading", name="Desk")).to_be_visible()


async def appealed(shift: Shift) -> None:
    """Answer the appeal in words: the author was right."""
    await shift.keys.write("Your answer, in words", ANSWER)
    await shift.decide("r")
    await expect(shift.moss.page.get_by_text("The appeal was right, and is answered.")).to_be_visible()


def by(key: str, reason: str = "") -> Callable[[Shift], Awaitable[None]]:
    """Return the ruling that one key makes."""
    return lambda shift: shift.decide(key, reason)


RULINGS: Mapping[str, Callable[[Shift], Awaitable[None]]] = {
    story.DANGER: danger,
    story.WORRIES: close_with_care,
    story.NAMES_ANOTHER: by("x", "privacy"),
    story.ADVISES: by("r"),
    story.COULD_CHANGE: could_change,
    story.UNDONE: undone,
    story.CONTESTED: contested,
    story.BETTER_EDIT: by("r"),
    story.WORSE_EDIT: by("x", "kindness"),
    story.APPEALS: appealed,
    story.HANDLE: by("r"),
    story.MISREAD: by("r"),
    story.DEALS: by("x", "no-dealing"),
    story.CLAIMED: by("r"),
    story.ASKS: by("m"),
}
