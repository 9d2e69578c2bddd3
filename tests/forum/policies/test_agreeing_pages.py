"""Claims about being asked anew: reading stays free, and what was typed comes back, ready to be sent."""

import re
from html import unescape
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.policies.agreeing import Asking, ask_anew
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import Community, Member, published
from tests.forum.talk import rows_of

ASKS = "Our guidelines have changed."


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that a browser would send."""
    form = page[page.rindex('<form method="post"') :]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return {unescape(name): unescape(value) for name, value in fields if name != "form_token"}


@pytest.fixture
async def rowan(community: Community) -> Member:
    """A member who was here before the guidelines changed."""
    rowan, harbour = await community.member(), await community.member("Harbour", Role.ADMINISTRATOR)
    sheet = Sheet(PlaceKind.GUIDELINE, "kindness")
    published(await revise(community.services, Revision(sheet, harbour.id, 0, "Warmth", "Be warm.")))
    await ask_anew(community.services, Asking(harbour.id, "kindness", 1))
    return rowan


async def test_every_page_says_so_and_reading_stays_free(community: Community, rowan: Member) -> None:
    async with community.browser(rowan) as browser:
        pages = [await browser.get(url) for url in ("/", "/spaces", "/rooms", "/settings")]
    async with community.browser() as browser:
        visitor = await browser.get("/")

    assert [page.status_code for page in pages] == [200] * 4
    assert all(ASKS in page.text for page in pages)
    assert ASKS not in visitor.text


async def test_what_was_typed_comes_back_and_is_sent_once(community: Community, rowan: Member) -> None:
    space = await community.space()
    typed = {"title": "A calm “day”", "text": "I walked.\nThen I slept <well>.", "nonce": str(uuid4())}
    async with community.browser(rowan) as browser:
        asked = await browser.post(f"/spaces/{space.slug}/threads/new", **typed)
        thanks = await browser.post("/guidelines/agree", **hidden(asked.text))
        sent = await browser.post(f"/spaces/{space.slug}/threads/new", **typed | hidden(thanks.text))
        page = await browser.get(sent.headers["location"])

    assert asked.status_code == 403
    assert "I walked." in asked.text
    assert thanks.status_code == 200
    assert ASKS not in thanks.text
    assert hidden(thanks.text)["nonce"] == typed["nonce"]
    assert f'action="/spaces/{space.slug}/threads/new"' in thanks.text
    assert "I walked.\nThen I slept &lt;well&gt;." in thanks.text
    assert sent.status_code == 303
    assert "A calm “day”" in page.text
    assert ASKS not in page.text


async def test_a_line_in_a_room_waits_too(community: Community, rowan: Member) -> None:
    room = await community.room()

    async with community.browser(rowan) as browser:
        asked = await browser.post(f"/rooms/{room.id}/messages", text="A line of mine.", nonce=str(uuid4()))

    assert asked.status_code == 403
    assert "A line of mine." in asked.text
    assert await rows_of(community, room.id) == []


async def test_agreeing_leads_back_to_where_one_was_and_nowhere_else(
    community: Community, rowan: Member
) -> None:
    async with community.browser(rowan) as browser:
        page = await browser.get("/guidelines/agree?next=/rooms")
        stale = await browser.post("/guidelines/agree", version="1999-01-01", next="/rooms")
        led = await browser.post("/guidelines/agree", **hidden(page.text))
        elsewhere = await browser.post(
            "/guidelines/agree", **hidden(page.text) | {"next": "//evil.example", "then": "//evil.example"}
        )

    assert "Be warm." in page.text
    assert (stale.status_code, hidden(stale.text)["next"]) == (422, "/rooms")
    assert led.headers["location"] == "/rooms"
    assert elsewhere.headers["location"] == "/"


async def test_a_visitor_is_led_to_the_door(community: Community) -> None:
    async with community.browser() as browser:
        page = await browser.get("/guidelines/agree")

    assert page.headers["location"].startswith("/sign-in")
