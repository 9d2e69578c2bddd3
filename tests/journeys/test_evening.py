"""A whole evening at the desk: twenty items of every kind, cleared by one moderator without a mouse."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.journeys import evening as story
from tests.journeys.evening import Evening, an_evening
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import PASSWORD, person
from tests.journeys.shift import ANSWER, RULINGS, Shift, advertising
from tests.journeys.site import ROOT

pytestmark = pytest.mark.journey


@pytest.fixture
async def shift(chromium: Browser, prepared_database: Path, tmp_path: Path) -> AsyncIterator[Shift]:
    """Twenty items wait, Fern is signed in, and Moss is about to."""
    async with (
        an_evening(prepared_database, tmp_path) as evening,
        person(chromium, evening.site, story.MOSS) as moss,
        person(chromium, evening.site, story.FERN) as fern,
    ):
        await fern.sign_in(PASSWORD)
        yield Shift(evening, moss, fern, Keyboard(moss.page))


async def test_twenty_items_of_all_kinds_are_cleared_by_keyboard_alone(
    shift: Shift, chromium: Browser
) -> None:
    page, keys = shift.moss.page, shift.keys
    await shift.sign_in()
    await expect(page.locator("#queue [data-item]")).to_have_count(story.ITEMS)
    await advertising(shift)
    decided = []
    while await page.locator("[data-key=Enter]").count() or await shift.at():
        if not await shift.at():
            await keys.turn("Enter")
        assert await shift.at() not in decided, await page.get_by_role("main").inner_text()
        decided.append(await shift.at())
        await RULINGS[decided[-1]](shift)

    await expect(page.get_by_text("Nothing waits for a person. Thank you for looking.")).to_be_visible()
    assert sorted(decided) == sorted(RULINGS)
    await the_author_sees_it(chromium, shift.evening)
    the_audit_holds(shift.evening)


async def the_author_sees_it(chromium: Browser, evening: Evening) -> None:
    """What was refused stands in the room again, and the answer is with its reasons."""
    async with person(chromium, evening.site, story.APPEALS) as jay:
        await jay.sign_in(PASSWORD)
        await jay.open(f"/rooms/{evening.room}")
        assert story.REFUSED in await jay.lines()
        await jay.open(f"/reasons/{evening.appealed}")
        await expect(jay.page.get_by_text(ANSWER)).to_be_visible()


def the_audit_holds(evening: Evening) -> None:
    """Every entry of the evening follows the one before."""
    command = [sys.executable, "-m", "forum", "audit", "verify"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **evening.site.environment}, check=True)  # noqa: S603
