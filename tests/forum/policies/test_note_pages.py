"""Claims about the pages of the source notes: a new version stands under messages with the note."""

from uuid import uuid4

import pytest
from sqlmodel import update

from forum.accounts.roles import Role
from forum.messages.tables import Message
from forum.notes.notes import CLASSES, all_notes
from forum.policies.note_pages import NAMES
from tests.builders import Community, published

URL = "/manage/notes/mixing"
FORM = {
    "statement": "Mixing is not safe, and nobody has to find out alone.",
    "source": "A health body",
    "page": "https://health.example/mixing",
    "reviewed": "2026-11-01",
}


def test_every_class_has_a_name() -> None:
    assert tuple(NAMES) == CLASSES


async def test_a_new_version_stands_under_earlier_messages(community: Community) -> None:
    rowan, harbour = await community.member(), await community.member("Harbour", Role.ADMINISTRATOR)
    thread = published(await community.thread(rowan))
    async with community.services.database.transaction() as tx:
        noted = update(Message).where(Message.id == thread.message_id).values(note="mixing")  # type: ignore[arg-type]
        await tx.session.exec(noted)

    async with community.browser(harbour) as browser:
        before = await browser.get(f"/threads/{thread.place_id}")
        listed = await browser.get("/manage/notes")
        saved = await browser.post(URL, **FORM, version="0", nonce=str(uuid4()))
        after = await browser.get(f"/threads/{thread.place_id}")
        edit = await browser.get(URL)

    assert all_notes()["mixing"].statement.msgid in before.text
    assert listed.text.count("As it ships") == len(CLASSES)
    assert saved.headers["location"] == "/manage/notes?done=published"
    assert FORM["statement"] in after.text
    assert 'href="https://health.example/mixing"' in after.text
    assert f'value="{FORM["reviewed"]}"' in edit.text


async def test_a_mistake_keeps_what_was_typed(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    async with community.browser(harbour) as browser:
        page = await browser.post(URL, **FORM | {"page": "http://x"}, version="0", nonce=str(uuid4()))

    assert page.status_code == 422
    assert FORM["statement"] in page.text
    assert "beginning with https://" in page.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR, Role.MANAGER])
async def test_for_everybody_else_they_do_not_exist(community: Community, role: Role) -> None:
    rowan = await community.member(role=role)

    async with community.browser(rowan) as browser:
        got = [(await browser.get(url)).status_code for url in ("/manage/notes", URL)]
        sent = (await browser.post(URL, **FORM)).status_code

    assert (got, sent) == ([404, 404], 404)
