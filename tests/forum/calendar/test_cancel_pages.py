"""Claims about cancelling in a browser: what is off is shown first, and a word is never lost."""

from forum.calendar.tables import Stage
from tests.builders import GIVES_AWAY, HOLDS, Community
from tests.forum.calendar.gatherings import Calendar
from tests.forum.calendar.test_plan_pages import hidden


async def test_one_date_is_cancelled_with_a_word(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    url = f"/manage/gatherings/{gathering_id}/cancel"

    async with community.browser(calendar.manager) as browser:
        shown = (await browser.get(f"{url}?scope=one&date_id={second.id}")).text
        fields = {name: hidden(shown, name) for name in ("nonce", "version", "scope", "date_id")}
        done = await browser.post(url, **fields, text="I have to travel.")
        listed = (await browser.get(done.headers["location"])).text

    assert "This date alone" in shown
    assert "Tue, Dec 8, 2026" in shown
    assert "Tue, Dec 15, 2026" not in shown
    assert done.headers["location"] == "/manage/gatherings?done=cancelled"
    assert "It is cancelled." in listed
    assert len(await calendar.dates(gathering_id)) == 3


async def test_a_word_that_is_asked_about_comes_back_and_one_that_waits_is_said_to(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    url = f"/manage/gatherings/{gathering_id}/cancel"

    async with community.browser(calendar.manager) as browser:
        fields = {name: hidden((await browser.get(url)).text, name) for name in ("nonce", "version", "scope")}
        asked = await browser.post(url, **fields, text=GIVES_AWAY)
        again = fields | {"nonce": hidden(asked.text, "nonce")}
        held = await browser.post(url, **again, text=HOLDS)
        listed = (await browser.get(held.headers["location"])).text

    assert asked.status_code == 422
    assert GIVES_AWAY in asked.text
    assert "Your message is waiting for a person" in listed
    assert (await calendar.row(gathering_id)).stage == Stage.CANCELLED


async def test_what_changed_meanwhile_or_is_over_is_said_and_the_word_is_kept(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    url = f"/manage/gatherings/{gathering_id}/cancel"

    async with community.browser(calendar.manager) as browser:
        page = (await browser.get(url)).text
        fields = {"nonce": hidden(page, "nonce"), "version": "7", "text": "Sorry."}
        stale = await browser.post(url, **fields)
        nothing = await browser.get(f"{url}?scope=one&date_id={gathering_id}")
        tampered = await browser.post(url, **(fields | {"version": "x"}))

    assert stale.status_code == 409
    assert "Sorry." in stale.text
    assert nothing.status_code == 409
    assert tampered.status_code == 400
    assert (await calendar.row(gathering_id)).stage == Stage.SCHEDULED
