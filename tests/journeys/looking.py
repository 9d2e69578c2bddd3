"""What is wrong with a page as it looks: what axe finds, what sticks out, what is too small to touch."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Look = tuple[int, Literal["light", "dark"]]
LOOKS: list[Look] = [
    (360, "light"),
    (360, "dark"),
    (1280, "light"),
    (1280, "dark"),
]
BOTH: list[Look] = [(360, "dark"), (1280, "light")]
"""Both widths and both themes in half the time, for pages that are long in coming."""
SHOTS = os.environ.get("SCREENSHOTS", "")
"""A folder for pictures of each page, for whoever wants to look at them."""
TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""


async def problems(page: Page) -> list[str]:
    """Return what axe finds, and what sticks out of the window."""
    # By evaluate: the page's own policy lets no other script in. From the top, where the bars cover nothing.
    await page.evaluate("scrollTo(0, 0)")
    await page.evaluate(AXE_SCRIPT)
    options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}})
    found: dict[str, Any] = await page.evaluate(f"axe.run(document, {options})")
    said = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*said, f"{wide} px too wide"] if wide > 0 else said


async def small_targets(page: Page) -> list[str]:
    """Return controls that are smaller than a fingertip's least, inline links in sentences left out."""
    script = """(least) => [...document.querySelectorAll(
            'button, input:not([type=hidden]), select, summary, nav a, .acts a, .button')]
        .filter((one) => one.checkVisibility())
        .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < least)
        .map((one) => one.outerHTML.slice(0, 100))"""
    found: list[str] = await page.evaluate(script, TARGET_PX)
    return found


async def _picture(page: Page, name: str) -> None:
    file = name.strip("/").replace("/", "-")
    await page.screenshot(path=Path(SHOTS) / f"{file}.png", full_page=True)


async def wrong_in_any_look(page: Page, name: str, looks: Sequence[Look] = LOOKS) -> dict[str, list[str]]:
    """Return what is wrong with the page that is open, by its name and how it looked."""
    before, wrong = page.viewport_size, {}
    for width, theme in looks:
        await page.set_viewport_size({"width": width, "height": 780})
        await page.emulate_media(color_scheme=theme)
        if SHOTS:
            await _picture(page, f"{name}-{width}-{theme}")
        if found := await problems(page) + await small_targets(page):
            wrong[f"{name} at {width} px, {theme}"] = found
    if before is not None:
        await page.set_viewport_size(before)
    return wrong
