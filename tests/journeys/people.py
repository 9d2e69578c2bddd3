"""People at a browser: what they do, by what they see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from playwright.async_api import Browser, Page, expect

PASSWORD = "four quiet herons wading"


class Served(Protocol):
    """A site that answers at an address."""

    @property
    def url(self) -> str:
        """Where it is, with its scheme."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a browser window of their own."""

    page: Page
    site: Served
    handle: str

    async def open(self, path: str) -> int:
        """Go to an address of the site; return the status of its answer, 0 where it was here already."""
        answer = await self.page.goto(self.site.url + path)
        return answer.status if answer else 0

    async def sign_up(self) -> None:
        """Sign up, and go on from the recovery codes."""
        await self.open("/sign-up")
        await self.page.get_by_label("Handle", exact=True).fill(self.handle)
        await self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await self.page.get_by_label("I have read this").check()
        await self.page.get_by_role("main").get_by_role("button", name="Sign up").click()
        await self.page.get_by_role("link", name="I have kept them").click()

    async def sign_in(self, password: str) -> None:
        """Sign in."""
        await self.open("/sign-in")
        await self.page.get_by_label("Handle", exact=True).fill(self.handle)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        await expect(self.page.get_by_role("link", name="Notices")).to_be_visible()

    async def say(self, words: str) -> None:
        """Say a line in the room that is open."""
        await self.page.get_by_label("Say something in this room").fill(words)
        await self.page.get_by_role("button", name="Send").click()

    async def lines(self) -> list[str]:
        """Return what the room's log says, line by line."""
        said = self.page.get_by_role("log").locator(".prose")
        return [" ".join(words.split()) for words in await said.all_inner_texts()]


@asynccontextmanager
async def person(
    chromium: Browser, site: Served, handle: str, *, scripts: bool = True, zone: str | None = None
) -> AsyncIterator[Person]:
    """Give somebody a window of their own, with or without scripts, on a device in that time zone."""
    context = await chromium.new_context(
        java_script_enabled=scripts, timezone_id=zone, viewport={"width": 900, "height": 800}
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    yield Person(page, site, handle)
    await context.close()
