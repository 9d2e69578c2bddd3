"""Claims about the door, as a browser without scripts finds it."""

import asyncio
import re
from html import unescape

import pytest

from forum.accounts.sessions import find_viewer, open_sessions
from forum.guidelines import VERSION
from tests.builders import PASSWORD, Browser, Community

WISH = {
    "handle": "Rowan",
    "password": PASSWORD,
    "email": "",
    "time_zone": "Europe/Berlin",
    "guidelines_version": VERSION,
    "accept": "on",
}
CODE = re.compile(r"<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>")


def session_of(browser: Browser) -> str:
    return browser.client.cookies.get("waypost-session") or ""


def errors_in(page: str) -> set[str]:
    """The fields that the summary at the top leads to."""
    return set(re.findall(r'<li><a href="#f-([a-z_]+)">', page))


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": "null", "sec-fetch-site": "same-origin"}]
)
async def test_a_browser_old_or_new_joins_sees_its_codes_once_and_is_signed_in(
    community: Community, headers: dict[str, str]
) -> None:
    async with community.browser() as browser:
        browser.client.headers.update(headers)
        joined = await browser.post("/sign-up", **WISH)
        viewer = await find_viewer(community.services, session_of(browser))
        settings = await browser.get("/settings")

    codes = CODE.findall(joined.text)
    assert joined.status_code == 200
    assert len(set(codes)) == 8
    assert joined.headers["cache-control"] == "no-store"
    assert viewer is not None
    assert (viewer.handle, viewer.time_zone) == ("Rowan", "Europe/Berlin")
    assert not any(code in settings.text for code in codes)
    assert "Firefox on Android" in settings.text


async def test_the_form_names_every_field_to_mend_at_once_and_gives_back_all_but_secrets(
    community: Community,
) -> None:
    typed = {"handle": "a b<i>", "password": "secret9", "email": "no where", "time_zone": "Mars/Olympus"}
    async with community.browser() as browser:
        page = await browser.post("/sign-up", **typed, guidelines_version=VERSION)

    assert page.status_code == 422
    assert errors_in(page.text) == {"handle", "password", "email", "time_zone", "accept"}
    assert 'value="a b&lt;i&gt;"' in page.text
    assert 'value="no where"' in page.text
    assert "secret9" not in page.text
    assert "<title>Please check" in page.text
    assert session_of(browser) == ""


async def test_one_field_to_mend_keeps_the_rest_so_that_only_the_password_is_typed_again(
    community: Community,
) -> None:
    await community.member()
    async with community.browser() as browser:
        page = await browser.post("/sign-up", **WISH | {"email": "rowan@example.org"})

    assert errors_in(page.text) == {"handle"}
    assert 'value="rowan@example.org"' in page.text
    assert re.search(r'value="Europe/Berlin" selected', page.text)
    assert re.search(r'name="accept"[^>]* checked', page.text)


async def test_guidelines_that_changed_are_agreed_to_anew_in_the_version_that_is_shown_now(
    community: Community,
) -> None:
    async with community.browser() as browser:
        page = await browser.post("/sign-up", **WISH | {"guidelines_version": "2020-01-01"})
        again = await browser.post("/sign-up", **WISH)

    assert page.status_code == 422
    assert "changed while this page was open" in page.text
    assert f'name="guidelines_version" value="{VERSION}"' in page.text
    assert not re.search(r'name="accept"[^>]* checked', page.text)
    assert again.status_code == 200


async def test_two_browsers_that_send_one_handle_at_once_make_one_account(community: Community) -> None:
    async with community.browser() as one, community.browser() as other:
        answers = await asyncio.gather(one.post("/sign-up", **WISH), other.post("/sign-up", **WISH))

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert [bool(session_of(browser)) for browser in (one, other)].count(True) == 1


async def test_too_many_tries_to_join_keep_what_was_typed_and_say_when_to_come_back(
    community: Community,
) -> None:
    async with community.browser() as browser:
        for _ in range(30):
            tried = await browser.post("/sign-up", **WISH | {"password": "short"})
            assert tried.status_code == 422
        page = await browser.post("/sign-up", **WISH | {"email": "rowan@example.org"})

    assert page.status_code == 429
    assert int(page.headers["retry-after"]) >= 1
    assert 'value="rowan@example.org"' in page.text
    assert session_of(browser) == ""


async def test_who_joins_again_under_another_name_does_not_stay_signed_in_as_before(
    community: Community,
) -> None:
    before = await community.member("Iris")
    async with community.browser(before) as browser:
        joined = await browser.post("/sign-up", **WISH)
        viewer = await find_viewer(community.services, joined.cookies["waypost-session"])

    assert viewer is not None
    assert viewer.handle == "Rowan"
    assert await find_viewer(community.services, before.token) is None


async def test_who_is_in_is_not_asked_again(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answers = [await browser.get("/sign-in"), await browser.get("/sign-up")]

    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, "/")] * 2


async def test_wrong_handle_and_wrong_password_give_pages_that_differ_in_nothing_else(
    community: Community,
) -> None:
    await community.member()
    pages = []
    async with community.browser() as browser:
        for handle in ("Rowan", "Rowax"):
            page = await browser.post("/sign-in", handle=handle, password="wrong words", next="/rooms")
            assert page.status_code == 422
            assert f'value="{handle}"' in page.text
            assert 'name="next" value="/rooms"' in page.text
            assert "wrong words" not in page.text
            pages.append(re.sub('nonce="[^"]+"', "", page.text.replace(handle, "")))

    assert pages[0] == pages[1]
    assert "do not belong together" in unescape(pages[0])


async def test_too_many_wrong_passwords_are_told_when_to_come_back(community: Community) -> None:
    await community.member()
    async with community.browser() as browser:
        for _ in range(10):
            await browser.post("/sign-in", handle="Rowan", password="wrong words")
        page = await browser.post("/sign-in", handle="Rowan", password=PASSWORD)

    assert page.status_code == 429
    assert int(page.headers["retry-after"]) >= 1
    assert "Wait a few minutes" in page.text
    assert 'value="Rowan"' in page.text


async def test_a_session_cookie_that_somebody_planted_is_not_adopted(community: Community) -> None:
    await community.member()
    planted = "planted-by-somebody-else-0123456789abcdefghijk"
    async with community.browser() as browser:
        browser.client.cookies.set("waypost-session", planted)
        entered = await browser.post("/sign-in", handle="Rowan", password=PASSWORD)

    assert entered.status_code == 303
    assert entered.cookies["waypost-session"] != planted
    assert await find_viewer(community.services, planted) is None


async def test_signing_in_again_rotates_the_session_and_ends_the_one_before(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        entered = await browser.post("/sign-in", handle="Rowan", password=PASSWORD)

    token = entered.cookies["waypost-session"]
    assert token != rowan.token
    assert await find_viewer(community.services, rowan.token) is None
    assert await find_viewer(community.services, token) is not None


async def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answer = await browser.post("/sign-out")

    assert answer.headers["location"] == "/"
    assert await find_viewer(community.services, rowan.token) is None
    assert await open_sessions(community.services, rowan.id) == []


async def test_signing_out_needs_the_form_and_not_a_link(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        followed, without_token = (
            await browser.get("/sign-out"),
            await browser.client.post("/sign-out", data={"a": "b"}),
        )

    assert (followed.status_code, without_token.status_code) == (405, 403)
    assert await find_viewer(community.services, rowan.token) is not None


async def test_a_recovery_code_lets_back_in_and_a_wrong_one_costs_nothing_typed(community: Community) -> None:
    async with community.browser() as browser:
        joined = await browser.post("/sign-up", **WISH)
    code = CODE.findall(joined.text)[0]
    async with community.browser() as browser:
        wrong = await browser.post("/recover", handle="Rowan", code="AAAA-AAAA", password="six slow swans")
        short = await browser.post("/recover", handle="Rowan", code=code, password="short")
        right = await browser.post("/recover", handle="Rowan", code=code.lower(), password="six slow swans")
        settings = await browser.get("/settings")

    assert (wrong.status_code, errors_in(wrong.text)) == (422, {"code"})
    assert (short.status_code, errors_in(short.text)) == (422, {"password"})
    assert 'value="Rowan"' in wrong.text
    assert code not in short.text
    assert "six slow swans" not in wrong.text
    assert (right.status_code, right.headers["location"]) == (303, "/settings")
    assert "You have 7 codes left." in settings.text
