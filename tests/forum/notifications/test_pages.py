"""The page of notices: what waits, what happened, and a count that goes away by reading."""

import pytest

from forum.notifications import pages
from forum.reach.lines import lines_for
from tests.builders import HOLDS, IN_DANGER, Community, held, published
from tests.forum.talk import hold_one, say_many


async def test_opening_the_page_marks_everything_as_seen(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan, title="The walk home"))
    await say_many(community, wren, thread.place_id, 2)

    async with community.browser(rowan) as browser:
        first = (await browser.get("/notices")).text
        second = (await browser.get("/notices")).text

    assert first.count("Wren replied to you") == 2
    assert first.count("The walk home") == 2
    assert (first.count(">New<"), second.count(">New<")) == (2, 0)


async def test_ones_own_waiting_words_are_there_with_their_reason(community: Community) -> None:
    rowan, room = await community.member(), await community.room(name="Evening check-in")
    waiting = await hold_one(community, rowan, room.id)

    async with community.browser(rowan) as browser:
        page = (await browser.get("/notices")).text

    for words in (HOLDS, "Evening check-in", f"/messages/{waiting.message_id}/withdraw", "Guideline:"):
        assert words in page


async def test_older_notices_are_a_page_away(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 3)
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    await say_many(community, wren, thread.place_id, pages.PAGE + 1)

    async with community.browser(rowan) as browser:
        first = (await browser.get("/notices")).text
        older = first.partition('href="/notices?before=')[2].partition('"')[0]
        second = (await browser.get(f"/notices?before={older}")).text

    assert (first.count("replied to you"), second.count("replied to you")) == (pages.PAGE, 1)


async def test_whoever_is_in_danger_reads_whom_they_can_reach_while_their_words_wait(
    community: Community,
) -> None:
    rowan = await community.member()
    held(await community.say(rowan, (await community.room()).id, f"{IN_DANGER} {HOLDS}"))

    async with community.browser(rowan) as browser:
        await browser.post("/settings/preferences", time_zone="Europe/London")
        page = (await browser.get("/notices?sent=held-care")).text
        plain = (await browser.get("/notices?sent=held")).text

    near = lines_for("GB", ("suicide",))[0]
    assert f'href="tel:{near.number}"' in page
    assert "You did nothing wrong" in page
    assert f'href="tel:{near.number}"' not in plain
