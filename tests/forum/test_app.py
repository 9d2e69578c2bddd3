"""The house put together: what every page shows, and that the log is told no words."""

import logging
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from forum.accounts.roles import Role
from forum.app import create_app
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.verdict import Verdict
from tests.builders import (
    HOLDS,
    PASSWORD,
    Browser,
    Community,
    held,
    published,
    serving,
)
from tests.forum.failing import SECRET, failing


async def test_a_hidden_thing_and_a_thing_that_never_was_look_the_same(community: Community) -> None:
    rowan, iris = await community.member(), await community.member("Iris")
    waiting = held(await community.thread(iris, HOLDS))
    never = "00000000-0000-7000-8000-000000000000"
    async with community.browser(rowan) as browser:
        hidden, missing = (
            await browser.get(f"/messages/{waiting.message_id}"),
            await browser.get(f"/messages/{never}"),
        )

    assert hidden.status_code == missing.status_code == 404
    assert hidden.text.split("<main")[1] == missing.text.split("<main")[1]


async def test_the_layout_counts_notices_for_members_and_waiting_messages_for_moderators(
    community: Community,
) -> None:
    rowan, iris = await community.member(), await community.member("Iris")
    moderator = await community.member("Juniper", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))
    await community.say(iris, room.id, "I hear you.", parent=said.message_id)
    await community.say(iris, room.id, HOLDS)

    async with community.browser(rowan) as member, community.browser(moderator) as at_desk:
        page, desk = await member.get("/spaces"), await at_desk.get("/spaces")

    assert "<span data-number>1</span>" in page.text
    assert 'href="/desk"' not in page.text
    assert '<span class="count">1<span class="unseen"> waiting</span></span>' in desk.text


async def test_a_sign_up_a_held_post_and_an_error_leave_no_word_handle_or_address_in_the_log(
    community: Community, caplog: pytest.LogCaptureFixture
) -> None:
    room = await community.room()
    email = "quiet.heron@example.org"
    async with Browser(failing(community), None) as browser:
        with capture_logs() as lines, caplog.at_level(logging.WARNING):
            await browser.post("/sign-up", handle="Quiet-heron", password="short", email=email)
            page = await browser.get("/sign-up")
            version = page.text.split('name="guidelines_version" value="')[1].split('"')[0]
            wish = {"handle": "Quiet-heron", "password": PASSWORD, "email": email, "time_zone": "UTC"}
            joined = await browser.post("/sign-up", **wish, guidelines_version=version, accept="on")
            nonce = "0190b0a0-0000-7000-8000-000000000000"
            posted = await browser.post(f"/rooms/{room.id}/messages", text=f"{HOLDS} {SECRET}", nonce=nonce)
            profile = await browser.get("/members/Quiet-heron")
            broken = await browser.get("/fails/crash")
            wrong = await browser.post("/sign-in", handle="Quiet-heron", password="wrong password")

    everything = f"{lines} {caplog.text}"
    assert [one.status_code for one in (joined, profile, broken, wrong)] == [200, 200, 500, 422]
    assert posted.status_code == 303
    assert len([line for line in lines if line["event"] == "request"]) >= 7
    for private in (
        "uiet",
        "heron",
        PASSWORD,
        email,
        HOLDS,
        SECRET,
        "192.0.2.7",
        "example.org",
        "wrong pass",
    ):
        assert private not in everything


async def test_pages_are_compressed(community: Community) -> None:
    async with community.browser() as browser:
        answer = await browser.get("/guidelines", headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "<h1>" in answer.text


async def test_a_socket_that_crashes_is_closed_and_logged_once_without_words(
    community: Community, caplog: pytest.LogCaptureFixture
) -> None:
    rowan = await community.member()
    async with community.services.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE session RENAME TO gone"))
    async with serving(community.services) as at:
        cookie = {"cookie": f"waypost-session={rowan.token}"}
        with capture_logs() as lines, pytest.raises(InvalidStatus) as refused:
            async with connect(f"ws://{at}/live", additional_headers=cookie):
                pass

    assert refused.value.response.status_code == 500
    assert [line["error"] for line in lines if line["event"] == "crash"] == ["OperationalError"]
    assert rowan.token not in f"{lines} {caplog.text}"


class Broken(Pipeline):
    """A pipeline with a fault of our own that nothing catches."""

    async def screen(self, draft: Draft) -> Verdict:
        raise RuntimeError


async def test_a_crash_gives_back_what_was_typed(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    app = create_app(replace(community.services, pipeline=Broken(community.services.scorer)))

    async with Browser(app, rowan) as browser:
        answer = await browser.post(
            f"/threads/{thread.place_id}/replies", text="An hour of my evening.", nonce=str(uuid4())
        )

    assert answer.status_code == 500
    assert "An hour of my evening." in answer.text
