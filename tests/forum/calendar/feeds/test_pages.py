"""Claims about calendar files by address: for their member alone, and cheap to ask for again."""

import re

import pytest

from forum.calendar.feeds.addresses import make_address
from forum.calendar.feeds.pages import FETCHES
from tests.builders import HOLDS, Community
from tests.forum.calendar.feeds.reading import by_icalendar, by_vobject
from tests.forum.reminders.gathered import change, coming, plan


async def test_a_feed_is_a_calendar_file_that_two_libraries_read(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    address = await make_address(community.services, rowan.id)

    async with community.browser() as browser:
        answer = await browser.get(address)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert by_icalendar(answer.content) == by_vobject(answer.content)
    [entry] = by_vobject(answer.content)
    assert entry.uid == f"{planned.date.id}@calendar.invalid"
    assert "Heather" not in answer.text
    assert "127.0.0.1" not in answer.text


async def test_a_feed_tells_of_a_move_and_of_a_cancellation_by_the_same_id(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    address = await make_address(community.services, rowan.id)

    async with community.browser() as browser:
        [first] = by_vobject((await browser.get(address)).content)
        await change(community, planned.date, cancelled_at=community.clock(), sequence=1)
        [second] = by_vobject((await browser.get(address)).content)

    assert first.uid == second.uid
    assert (first.status, second.status, second.sequence) == ("CONFIRMED", "CANCELLED", 1)


async def test_a_calendar_that_has_the_file_is_told_so_until_it_changes(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    address = await make_address(community.services, rowan.id)
    async with community.browser() as browser:
        tag = (await browser.get(address)).headers["etag"]
        same = await browser.get(address, headers={"if-none-match": f'"other", W/{tag}'})
        await coming(community, rowan, planned.date)
        changed = await browser.get(address, headers={"if-none-match": tag})

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_an_address_that_never_was_and_one_that_ended_look_the_same(community: Community) -> None:
    rowan = await community.member()
    address = await make_address(community.services, rowan.id)
    async with community.browser(rowan) as browser:
        before = await browser.get(address)
        await browser.post("/settings/calendar/address/end")
    async with community.browser() as visitor:
        ended, never = await visitor.get(address), await visitor.get("/calendar/never.ics")

    assert before.status_code == 200
    assert (ended.status_code, never.status_code) == (404, 404)
    assert without_nonces(ended.text) == without_nonces(never.text)


def without_nonces(text: str) -> str:
    """Return the page without what differs every time it is shown."""
    return re.sub(r'(nonce|value)="[^"]*"|/calendar/[^"]*', "", text)


async def test_who_asks_too_often_has_to_wait(community: Community) -> None:
    rowan = await community.member()
    address = await make_address(community.services, rowan.id)
    async with community.browser() as browser:
        told = {(await browser.get(address)).status_code for _ in range(FETCHES.count)}
        last = await browser.get(address)

    assert told == {200}
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0


async def test_an_address_is_shown_once_and_can_be_used_as_it_is_shown(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        made = await browser.post("/settings/calendar/address")
        again = await browser.get("/settings/calendar")
        found = re.search(r"<code>http://127.0.0.1:8000(/calendar/[\w-]+\.ics)</code>", made.text)
        assert found is not None
        feed = await browser.get(found[1])

    assert feed.status_code == 200
    assert found[1] not in again.text
    assert "End the address" in again.text


async def test_a_title_that_cannot_be_is_given_back_to_be_mended(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        refused = await browser.post("/settings/calendar", title=HOLDS)
        saved = await browser.post("/settings/calendar", title="Dentist", with_link="on")
        page = await browser.get(saved.headers["location"])

    assert refused.status_code == 422
    assert f'value="{HOLDS}"' in refused.text
    assert 'value="Dentist"' in page.text
    assert "Saved." in page.text


async def test_one_date_can_be_had_under_ones_own_title(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    async with community.browser(rowan) as browser:
        await browser.post("/settings/calendar", title="Dentist", with_link="on")
        answer = await browser.get(f"/gatherings/{planned.date.id}.ics")
    async with community.browser() as visitor:
        hidden = await visitor.get(f"/gatherings/{planned.date.id}.ics")

    [entry] = by_vobject(answer.content)
    assert entry.title == "Dentist"
    assert f"http://127.0.0.1:8000/gatherings/{planned.date.id}" in answer.text.replace("\r\n ", "")
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    "url", ["/settings/calendar", "/settings/calendar/address", "/settings/calendar/address/end"]
)
async def test_a_visitor_has_no_calendar(community: Community, url: str) -> None:
    async with community.browser() as browser:
        assert (await browser.post(url)).status_code == 403
