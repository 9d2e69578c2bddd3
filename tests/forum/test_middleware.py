"""Claims about what every request passes: where it may come from, how large it may be, what it gets back."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from structlog.testing import capture_logs

from forum.middleware import BODY_BYTES, is_own_origin
from tests.builders import PASSWORD, Browser, Community, opened_community, published, settings

NULL = {"origin": "null"}
OWN = {"origin": "http://127.0.0.1:8000"}


async def sign_in(browser: Browser, headers: dict[str, str], token: str | None = None) -> httpx2.Response:
    form = {"form_token": token or await browser.token(), "handle": "Rowan", "password": PASSWORD}
    return await browser.client.post("/sign-in", data=form, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        NULL,
        OWN,
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", **NULL},
    ],
)
async def test_a_form_of_ours_is_accepted_from_every_kind_of_browser(
    community: Community, headers: dict[str, str]
) -> None:
    await community.member()
    async with community.browser() as browser:
        answer = await sign_in(browser, headers)

    assert answer.status_code == 303
    assert "waypost-session" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site", **OWN},
        {"sec-fetch-site": "same-site", **OWN},
        {"sec-fetch-site": ""},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": ""},
    ],
)
async def test_what_another_site_makes_a_browser_send_is_refused_even_with_a_right_token(
    community: Community, headers: dict[str, str]
) -> None:
    await community.member()
    async with community.browser() as browser:
        answer = await sign_in(browser, headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "<h1>That did not go through</h1>" in answer.text


async def test_where_the_origin_is_null_the_token_decides_alone(community: Community) -> None:
    await community.member()
    async with community.browser() as browser:
        answer = await sign_in(browser, NULL, token="0" * 64)

    assert answer.status_code == 403
    assert "Nothing was sent" in answer.text


async def test_reading_is_open_to_links_from_anywhere(community: Community) -> None:
    async with community.browser() as browser:
        answer = await browser.get("/guidelines", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://evil.example", "evil.example", False),
        ("null", "127.0.0.1:8000", False),
        ("", "", False),
    ],
)
def test_on_this_machine_every_name_of_it_is_the_same_site(origin: str, host: str, own: bool) -> None:
    assert is_own_origin(settings(), origin, host) is own


def test_on_a_public_name_loopback_is_another_site() -> None:
    public = settings(origin="https://forum.example.org")

    assert is_own_origin(public, "https://forum.example.org", "forum.example.org")
    assert not is_own_origin(public, "http://localhost:8000", "localhost:8000")
    assert not is_own_origin(public, "http://forum.example.org", "forum.example.org")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:9999", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
    ],
)
async def test_only_our_own_host_names_are_answered(community: Community, host: str, status: int) -> None:
    async with community.browser() as browser:
        answer = await browser.get("/guidelines", headers={"host": host})

    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


@pytest.mark.parametrize("told", [True, False])
async def test_a_body_above_the_limit_is_refused_with_or_without_its_length(
    community: Community, told: bool
) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    body = b"text=" + b"x" * (BODY_BYTES - 4)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with community.browser(rowan) as browser:
        answer = await browser.client.post(
            f"/threads/{thread.place_id}/replies", content=body if told else in_pieces(body), headers=headers
        )
        exactly = await browser.client.post("/sign-in", content=body[:-1], headers=headers)

    assert answer.status_code == 413
    assert "<h1>That is too much at once</h1>" in answer.text
    assert "10,000 characters" in answer.text
    assert 'href="/notices"' in answer.text, "a member who sends too much is still shown as signed in"
    assert exactly.status_code == 403, "just below the limit only the token is missing"


@pytest.mark.parametrize("letter", ["ж", "中", "😀"])
async def test_the_longest_message_fits_in_every_script(community: Community, letter: str) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    nonce = "0190b0a0-0000-7000-8000-000000000000"
    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/threads/{thread.place_id}/replies", text=letter * 10_000, nonce=nonce)

    assert answer.status_code == 303, "it was read and judged"


def nonce_of(answer: httpx2.Response) -> str:
    found = re.search("script-src 'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/settings", "/health", "/robots.txt"])
async def test_every_answer_carries_the_headers_that_keep_it_private(community: Community, path: str) -> None:
    async with community.browser() as browser:
        headers = (await browser.get(path)).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "noindex" in headers["x-robots-tag"]
    assert "strict-transport-security" not in headers
    assert "server" not in headers


async def test_each_response_has_a_nonce_of_its_own_and_no_script_goes_without(community: Community) -> None:
    rowan = await community.member()
    room = await community.room()
    async with community.browser(rowan) as browser:
        answers = [await browser.get(path) for path in ("/", "/", f"/rooms/{room.id}", "/settings")]

    assert len({nonce_of(answer) for answer in answers}) == len(answers)
    for answer in answers:
        scripts = re.findall("<script[^>]*>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce_of(answer)}"' in script for script in scripts)
        assert " style=" not in answer.text
        assert not re.search(r"\son[a-z]+=", answer.text)


async def test_under_https_browsers_are_told_to_stay_there(prepared_database: Path, tmp_path: Path) -> None:
    origin = "https://forum.example.org"
    async with opened_community(prepared_database, tmp_path, origin=origin) as community:
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=community.app), base_url=origin)
        async with client:
            headers = (await client.get("/")).headers

    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "wss://forum.example.org" in headers["content-security-policy"]


async def test_the_log_has_one_line_a_request_with_its_route_and_never_its_address(
    community: Community,
) -> None:
    rowan = await community.member("Quiet-heron")
    async with community.browser(rowan) as browser:
        with capture_logs() as lines:
            await browser.get("/members/Quiet-heron?x=secret")
            await browser.get("/nowhere/Quiet-heron")

    assert [(line["method"], line["status"]) for line in lines] == [("GET", 200), ("GET", 404)]
    assert lines[0]["route"] == "/members/{handle}"
    assert "Quiet-heron" not in str(lines)
    assert "secret" not in str(lines)
    assert "192.0.2.7" not in str(lines)


@pytest.mark.everywhere
@pytest.mark.parametrize("url", ["/members/%00", "/transparency/%00", "/?after=%00", "/desk?kind=%00"])
async def test_an_address_with_a_nul_is_told_that_it_cannot_be_read(community: Community, url: str) -> None:
    async with community.browser() as browser:
        answer = await browser.get(url)

    assert answer.status_code == 400
    assert "<h1>That could not be read</h1>" in answer.text
