"""Somebody who uses a keyboard only: everything is reached by Tab, by the keys of the page, or by typing."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

MOST_STOPS = 200
FOCUSED = "one => one === document.activeElement"


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keys of one page; nothing here clicks or fills."""

    page: Page

    async def press(self, *keys: str) -> None:
        """Press keys that change something on this page."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def turn(self, key: str) -> None:
        """Press a key that leads to another page; wait until that page listens."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press(key)
        await self.page.wait_for_load_state("load")

    async def reach(self, what: Locator) -> None:
        """Go on by Tab until the focus is there."""
        for _ in range(MOST_STOPS):
            if await what.evaluate(FOCUSED):
                return
            await self.press("Tab")
        raise AssertionError(f"no Tab leads to {what}")

    async def push(self, what: Locator) -> None:
        """Reach something that leads to another page, and press Enter."""
        await self.reach(what)
        await self.turn("Enter")

    async def write(self, label: str, words: str) -> None:
        """Type into a field, and leave it: at the desk Escape gives the keys back."""
        field = self.page.get_by_label(label, exact=True)
        await self.reach(field)
        await self.page.keyboard.type(words)
        await expect(field).to_have_value(words)
        await self.press("Escape")

    async def choose(self, label: str, words: str) -> None:
        """Choose from a list, by typing what stands there."""
        field = self.page.get_by_label(label, exact=True)
        await self.reach(field)
        await self.page.keyboard.type(words)
        await expect(field.locator("option:checked")).to_have_text(words)

    async def pick(self, name: str, value: str) -> None:
        """Pick one of several, by the arrow keys."""
        several = self.page.locator(f"input[type=radio][name={name}]")
        chosen = self.page.locator(f"input[type=radio][name={name}]:checked")
        await self.reach(several.first)
        await self.press("Space")
        for _ in range(await several.count()):
            if await chosen.get_attribute("value") == value:
                return
            await self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    async def on_something(self) -> bool:
        """Whether the focus is anywhere at all, so that the next Tab goes on from there."""
        return bool(await self.page.evaluate("document.activeElement !== document.body"))
