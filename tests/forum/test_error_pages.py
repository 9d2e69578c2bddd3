"""Every failure gets a page of ours with a way on, and tells the log no words."""

import logging

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from tests.builders import (
    Browser,
    Community,
)
from tests.forum.failing import SECRET, failing


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "There is nothing here"),
        ("/threads/00000000-0000-7000-8000-000000000000", 404, "There is nothing here"),
        ("/threads/not-an-id", 404, "There is nothing here"),
        ("/fails/forbidden", 403, "That did not go through"),
        ("/fails/too-large", 413, "That is too much at once"),
        ("/fails/conflict", 409, "Something has changed"),
        ("/fails/too-many", 429, "Wait a little"),
        ("/fails/crash", 500, "Something broke on our side"),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
async def test_every_failure_has_a_page_of_its_own_with_a_way_on(
    community: Community, path: str, status: int, heading: str, signed_in: bool
) -> None:
    rowan = await community.member()
    async with Browser(failing(community), rowan if signed_in else None) as browser:
        answer = await browser.get(path)

    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in answer.text
    assert 'href="/"' in answer.text
    assert ('href="/notices"' in answer.text) is signed_in
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'nonce-" in answer.headers["content-security-policy"]


async def test_who_has_to_wait_is_told_how_long_and_keeps_the_words(community: Community) -> None:
    async with Browser(failing(community), None) as browser:
        answer = await browser.get("/fails/too-many")

    assert answer.headers["retry-after"] == "42"
    assert "42 seconds" in answer.text
    assert SECRET in answer.text


async def test_a_wrong_method_is_answered_with_the_right_ones(community: Community) -> None:
    async with community.browser() as browser:
        answer = await browser.client.post("/guidelines")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "<h1>There is nothing here</h1>" in answer.text


async def test_a_crash_is_logged_with_its_places_and_without_its_words(
    community: Community, caplog: pytest.LogCaptureFixture
) -> None:
    async with Browser(failing(community), None) as browser:
        with capture_logs() as lines, caplog.at_level(logging.WARNING):
            answer = await browser.get("/fails/crash")

    crashes = [line for line in lines if line["event"] == "crash"]
    assert [line["error"] for line in crashes] == ["RuntimeError"]
    assert crashes[0]["at"][-1].startswith("failing.py:")
    assert SECRET not in f"{lines} {caplog.text} {answer.text}"


async def test_a_database_that_is_gone_still_gets_a_page_of_ours(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    async with community.services.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE notice RENAME TO gone"))
    async with community.browser(rowan) as browser:
        with capture_logs() as lines:
            answer = await browser.get(f"/rooms/{room.id}")

    assert answer.status_code == 500
    assert "<h1>Something broke on our side</h1>" in answer.text
    assert {line["error"] for line in lines if line["event"] == "crash"} == {"OperationalError"}


async def test_a_session_that_cannot_be_looked_up_is_an_error_and_not_a_visitor(community: Community) -> None:
    rowan = await community.member()
    async with community.services.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE session RENAME TO gone"))
    async with community.browser(rowan) as browser:
        with capture_logs():
            answer = await browser.get("/")

    assert answer.status_code == 500
