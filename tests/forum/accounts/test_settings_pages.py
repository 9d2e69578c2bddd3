"""Claims about the settings pages: one's own only, and nothing typed is lost."""

import re

import pytest

from forum.accounts.sessions import Viewer, find_viewer
from forum.accounts.signing_in import Attempt, sign_in
from forum.accounts.tables import Account
from tests.builders import PASSWORD, STIGMA, Community, Member, asked, published

NEW = "six slow swans drifting"
FORMS = [
    "/settings/preferences",
    "/settings/email",
    "/settings/password",
    "/settings/recovery-codes",
    "/sessions/end-others",
    "/sessions/00000000-0000-7000-8000-000000000000/end",
]


async def account_of(community: Community, member: Member) -> Account:
    async with community.services.database.reading() as session:
        return await session.get_one(Account, member.id)


async def phone_of(community: Community, handle: str = "Rowan") -> tuple[str, Viewer]:
    token = await sign_in(community.services, Attempt(handle, PASSWORD, "192.0.2.9", "Firefox on Android"))
    viewer = await find_viewer(community.services, token)
    assert viewer is not None
    return token, viewer


@pytest.mark.parametrize("url", FORMS)
async def test_nothing_here_can_be_sent_by_a_visitor(community: Community, url: str) -> None:
    async with community.browser() as browser:
        answer = await browser.post(url)

    assert answer.status_code == 403
    assert "You are signed out" in answer.text


async def test_a_visitor_is_asked_to_sign_in_and_brought_back(community: Community) -> None:
    async with community.browser() as browser:
        answer = await browser.get("/settings")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fsettings")


async def test_preferences_are_saved_and_a_box_left_empty_is_a_no(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        saved = await browser.post("/settings/preferences", time_zone="Asia/Tokyo", show_presence="on")
        page = await browser.get(saved.headers["location"])
        shown = await account_of(community, rowan)
        await browser.post("/settings/preferences", time_zone="Asia/Tokyo")

    assert "Saved." in page.text
    assert (shown.time_zone, shown.show_presence) == ("Asia/Tokyo", True)
    assert not (await account_of(community, rowan)).show_presence


async def test_hints_are_on_until_they_are_switched_off_and_off_until_they_are_switched_on(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    asked(await community.say(rowan, room.id, STIGMA))
    async with community.browser(rowan) as browser:
        first = (await browser.get("/settings")).text
        await browser.post("/settings/preferences", time_zone="UTC")
        second = (await browser.get("/settings")).text
        published(await community.say(rowan, room.id, STIGMA))
        await browser.post("/settings/preferences", time_zone="UTC", nudges="on")

    ticked = re.compile(r'<input[^>]*name="nudges"[^>]* checked')
    assert (bool(ticked.search(first)), bool(ticked.search(second))) == (True, False)
    asked(await community.say(rowan, room.id, f"{STIGMA} Twice."))


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../UTC", "EST"])
async def test_a_zone_that_is_not_on_the_list_is_not_saved(community: Community, zone: str) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answer = await browser.post("/settings/preferences", time_zone=zone)

    assert answer.status_code == 422
    assert "Choose a time zone from the list." in answer.text
    assert (await account_of(community, rowan)).time_zone == "UTC"


async def test_an_email_address_can_be_set_and_removed_again(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        await browser.post("/settings/email", email=" rowan@example.org ")
        kept = (await account_of(community, rowan)).email
        removed = await browser.post("/settings/email", email="")
        page = await browser.get(removed.headers["location"])

    assert kept == "rowan@example.org"
    assert (await account_of(community, rowan)).email is None
    assert "Your e-mail address is gone from here." in page.text


async def test_an_address_with_a_slip_is_given_back_to_be_mended(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        await browser.post("/settings/email", email="rowan@example.org")
        answer = await browser.post("/settings/email", email="rowan@example,org")

    assert answer.status_code == 422
    assert 'value="rowan@example,org"' in answer.text
    assert (await account_of(community, rowan)).email == "rowan@example.org"


async def test_a_new_password_signs_out_everywhere_else(community: Community) -> None:
    rowan = await community.member()
    phone, _ = await phone_of(community)
    async with community.browser(rowan) as browser:
        saved = await browser.post("/settings/password", current=PASSWORD, password=NEW)
        page = await browser.get(saved.headers["location"])

    assert "every other session is signed out" in page.text
    assert await find_viewer(community.services, phone) is None
    assert await sign_in(community.services, Attempt("Rowan", NEW, "192.0.2.9"))


async def test_a_wrong_current_password_is_told_at_its_own_field_and_not_shown(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        changing = await browser.post("/settings/password", current="wrong words", password=NEW)
        renewing = await browser.post("/settings/recovery-codes", current="wrong words")

    assert changing.status_code == renewing.status_code == 422
    assert 'href="#f-current"' in changing.text
    assert 'href="#f-current_for_codes"' in renewing.text
    assert "wrong words" not in changing.text + renewing.text
    assert NEW not in changing.text


async def test_guessing_at_the_current_password_is_slowed_and_says_for_how_long(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        for _ in range(10):
            await browser.post("/settings/password", current="wrong words", password=NEW)
        changing = await browser.post("/settings/password", current=PASSWORD, password=NEW)
        renewing = await browser.post("/settings/recovery-codes", current=PASSWORD)

    for answer in (changing, renewing):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1


async def test_new_codes_are_shown_once(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        made = await browser.post("/settings/recovery-codes", current=PASSWORD)
        page = await browser.get("/settings")

    codes = re.findall("<code>([^<]+)</code>", made.text)
    assert len(set(codes)) == 8
    assert not any(code in page.text for code in codes)


async def test_other_sessions_are_listed_and_can_be_ended_one_by_one(community: Community) -> None:
    rowan = await community.member()
    phone, seen = await phone_of(community)
    async with community.browser(rowan) as browser:
        before = await browser.get("/settings")
        ended = await browser.post(f"/sessions/{seen.session_id}/end")
        after = await browser.get(ended.headers["location"])

    assert "Firefox on Android" in before.text
    assert "This one" in before.text
    assert "Firefox on Android" not in after.text
    assert "Signed out there." in after.text
    assert await find_viewer(community.services, phone) is None
    assert await find_viewer(community.services, rowan.token) is not None


async def test_ending_the_session_one_sits_in_signs_out_here(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/sessions/{rowan.viewer.session_id}/end")

    assert answer.headers["location"] == "/"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await find_viewer(community.services, rowan.token) is None


async def test_all_others_end_at_once_and_nobody_elses(community: Community) -> None:
    rowan, iris = await community.member(), await community.member("Iris")
    phones = [(await phone_of(community))[0] for _ in range(2)]
    async with community.browser(rowan) as browser:
        await browser.post("/sessions/end-others")

    assert [await find_viewer(community.services, phone) for phone in phones] == [None, None]
    assert await find_viewer(community.services, rowan.token) is not None
    assert await find_viewer(community.services, iris.token) is not None


async def test_somebody_elses_session_can_be_neither_seen_nor_ended(community: Community) -> None:
    rowan = await community.member()
    await community.member("Iris")
    phone, seen = await phone_of(community, "Iris")
    async with community.browser(rowan) as browser:
        page = await browser.get("/settings")
        answer = await browser.post(f"/sessions/{seen.session_id}/end")

    assert str(seen.session_id) not in page.text
    assert answer.status_code == 403
    assert await find_viewer(community.services, phone) is not None


async def test_a_session_that_was_ended_elsewhere_is_out_at_the_next_click(community: Community) -> None:
    rowan = await community.member()
    token, seen = await phone_of(community)
    async with community.browser(rowan) as here, community.browser(Member(seen, token)) as phone:
        await here.post("/sessions/end-others")
        answer = await phone.post("/settings/email", email="rowan@example.org")

    assert answer.status_code == 403
    assert (await account_of(community, rowan)).email is None
