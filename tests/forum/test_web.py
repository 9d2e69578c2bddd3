"""Claims about forms, cookies and redirects: what a browser sends is read whole or refused in words."""

from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode

import httpx2
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forum.web import MOST_FIELDS, own_path
from tests.builders import PASSWORD, Browser, Community, Member, opened_community, published

WORDS = "Words that took me an hour to find."
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def send(browser: Browser, url: str, body: bytes | str, **headers: str) -> httpx2.Response:
    content = body if isinstance(body, bytes) else body.encode()
    return await browser.client.post(url, content=content, headers={**FORM, **headers})


async def a_reply_url(community: Community, author: Member) -> str:
    thread = published(await community.thread(author))
    return f"/threads/{thread.place_id}/replies"


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é", pytest.param("x" * 5000, id="long")])
async def test_a_form_without_its_token_is_refused_and_the_words_are_given_back(
    community: Community, token: str | None
) -> None:
    rowan = await community.member()
    url = await a_reply_url(community, rowan)
    fields = {"text": WORDS} | ({} if token is None else {"form_token": token})
    async with community.browser(rowan) as browser:
        answer = await browser.client.post(url, data=fields)

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert "Nothing was sent" in answer.text


async def test_a_token_of_another_session_does_not_fit_not_even_of_the_same_member(
    community: Community,
) -> None:
    rowan, iris = await community.member(), await community.member("Iris")
    url = await a_reply_url(community, rowan)
    async with (
        community.browser(rowan) as one,
        community.browser(iris) as other,
        community.browser() as third,
    ):
        for foreign in (await other.token(), await third.token()):
            answer = await one.client.post(url, data={"text": WORDS, "form_token": foreign})

            assert answer.status_code == 403
            assert WORDS in answer.text


async def test_a_form_opened_before_signing_in_does_not_count_as_the_members(community: Community) -> None:
    await community.member()
    async with community.browser() as browser:
        before = await browser.token()
        entered = await browser.post("/sign-in", handle="Rowan", password=PASSWORD)
        answer = await browser.client.post("/settings/email", data={"form_token": before, "email": "a@b.org"})

    assert entered.status_code == 303
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "application/xml"]
)
async def test_another_content_type_is_refused(community: Community, kind: str) -> None:
    async with community.browser() as browser:
        answer = await send(browser, "/sign-in", b"a=b", **{"content-type": kind})

    assert answer.status_code == 400
    assert "<h1>That could not be read</h1>" in answer.text


@pytest.mark.parametrize("broken", [b"%ff%fe", b"%C3%28", b"%ED%A0%80", b"\xff", b"%80", b"%00", b"\0"])
async def test_text_that_is_not_utf_8_or_has_a_nul_is_refused_with_what_could_be_read(
    community: Community, broken: bytes
) -> None:
    rowan = await community.member()
    url = await a_reply_url(community, rowan)
    async with community.browser(rowan) as browser:
        token = (await browser.token()).encode()
        answer = await send(browser, url, b"form_token=" + token + b"&text=Words+that+matter+" + broken)

    assert answer.status_code == 400
    assert "could not be read as text" in answer.text
    assert "Words that matter" in answer.text


async def test_more_fields_than_any_form_of_ours_are_refused(community: Community) -> None:
    async with community.browser() as browser:
        token = await browser.token()
        exact = urlencode([("form_token", token), *[("a", "b")] * (MOST_FIELDS - 1)])
        enough = await send(browser, "/sign-in", exact)
        many = await send(browser, "/sign-in", exact + "&a=b")

    assert enough.status_code == 422
    assert many.status_code == 400
    assert "<h1>That could not be read</h1>" in many.text


@given(handle=st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=60))
@example(handle="a=b&c;d+e%41 \u202e\u200b😀")
@hypothesis_settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_comes_back_from_a_form_as_it_was_typed(
    prepared_database: Path, tmp_path: Path, handle: str
) -> None:
    async with opened_community(prepared_database, tmp_path) as community, community.browser() as browser:
        token = await browser.token()
        encoded = quote_from_bytes(handle.encode(), safe="")
        answer = await send(browser, "/sign-in", f"form_token={token}&handle={encoded}&password=x")

        page = await browser.get("/sign-in")
        escaped = (
            handle.replace("&", "&amp;")
            .replace(">", "&gt;")
            .replace("<", "&lt;")
            .replace("'", "&#39;")
            .replace('"', "&#34;")
        )
        assert page.status_code == 200
        assert answer.status_code == 422
        assert f'name="handle" type="text" value="{escaped}"' in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        " /spaces",
        "spaces",
        "",
    ],
)
async def test_signing_in_never_leads_to_another_site(community: Community, elsewhere: str) -> None:
    await community.member()
    async with community.browser() as browser:
        asked = await browser.get("/sign-in", params={"next": elsewhere})
        entered = await browser.post("/sign-in", handle="Rowan", password=PASSWORD, next=elsewhere)

    assert 'name="next" value="/"' in asked.text
    assert entered.headers["location"] == "/"


@given(candidate=st.text(st.sampled_from("/\\\t\n\r @:.?#evilxhtps\u2028"), max_size=20))
def test_a_path_of_our_own_stays_on_this_site_in_every_browser(candidate: str) -> None:
    origin = "http://127.0.0.1:8000"

    went = httpx2.URL(origin).join(own_path(candidate))

    assert str(went).startswith(origin + "/")


def test_a_path_of_our_own_keeps_its_question_and_its_place() -> None:
    assert own_path("/threads/1?at=2#m-2") == "/threads/1?at=2#m-2"


async def test_who_has_to_sign_in_first_is_brought_back_with_the_whole_address(community: Community) -> None:
    rowan = await community.member()
    async with community.browser() as browser:
        sent = await browser.get("/profile/edit?again=1&x=%26%23")
        asked = await browser.get(sent.headers["location"])
        entered = await browser.post(
            "/sign-in", handle=rowan.viewer.handle, password=PASSWORD, next="/profile/edit?again=1&x=%26%23"
        )

    assert sent.status_code == 303
    assert 'name="next" value="/profile/edit?again=1&amp;x=%26%23"' in asked.text
    assert entered.headers["location"] == "/profile/edit?again=1&x=%26%23"


@pytest.mark.parametrize(
    ("origin", "prefix", "secure"),
    [("http://127.0.0.1:8000", "waypost-", False), ("https://forum.example.org", "__Host-waypost-", True)],
)
async def test_cookies_are_out_of_reach_for_scripts_and_other_sites(
    prepared_database: Path, tmp_path: Path, origin: str, prefix: str, secure: bool
) -> None:
    async with opened_community(prepared_database, tmp_path, origin=origin) as community:
        await community.member()
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=community.app), base_url=origin)
        async with client:
            visit = (await client.get("/sign-in")).headers["set-cookie"]
            token = (await client.get("/sign-in")).text.split('name="form_token" value="')[1].split('"')[0]
            form = {"form_token": token, "handle": "Rowan", "password": PASSWORD}
            session = (await client.post("/sign-in", data=form)).headers["set-cookie"]

    for cookie, name in ((visit, "visit"), (session, "session")):
        parts = [part.strip().lower() for part in cookie.split(";")]
        assert cookie.startswith(f"{prefix}{name}=")
        assert {"httponly", "samesite=lax", "path=/"} <= set(parts)
        assert ("secure" in parts) is secure
        assert not any(part.startswith("domain") for part in parts)
    assert "max-age=2592000" in session.lower()


async def test_signing_out_removes_the_cookie(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answer = await browser.post("/sign-out")

    assert answer.headers["set-cookie"].startswith('waypost-session=""')
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_a_page_without_a_form_sets_no_cookie(community: Community) -> None:
    async with community.browser() as browser:
        reading, form = await browser.get("/guidelines"), await browser.get("/sign-in")

    assert "set-cookie" not in reading.headers
    assert "waypost-visit=" in form.headers["set-cookie"]
