"""The page on which a member reports a message."""

from forum.accounts.roles import Role
from forum.messages.explanations import CLAIMS
from forum.review.reporting import OF_HANDLES, REASONS
from tests.builders import HARMLESS, Community, published


async def test_a_report_reaches_the_desk_without_naming_who_sent_it(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("WrenTheReporter")
    linnet = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    url = f"/messages/{said.message_id}/report"

    async with community.browser(wren) as browser:
        form = (await browser.get(url)).text
        without = await browser.post(url)
        answer = await browser.post(url, reason="unkind")
        thanks = (await browser.get(answer.headers["location"])).text
    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert HARMLESS in form
    assert all(f'value="{reason}"' in form for reason in REASONS)
    assert without.status_code == 422
    assert "Choose what it is about." in without.text
    assert "Nobody is told who reported it." in thanks
    for page in (desk, item):
        assert REASONS["unkind"].msgid in page
        assert "WrenTheReporter" not in page


async def test_ones_own_message_has_no_such_page(community: Community) -> None:
    rowan = await community.member()
    said = published(await community.say(rowan, (await community.room()).id))

    async with community.browser(rowan) as browser:
        page = await browser.get(f"/messages/{said.message_id}/report")
        answer = await browser.post(f"/messages/{said.message_id}/report", reason="unkind")

    assert (page.status_code, answer.status_code) == (404, 404)


async def test_a_moderator_reads_the_class_that_the_reporter_chose(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    url = f"/messages/{said.message_id}/report"

    async with community.browser(wren) as browser:
        form = (await browser.get(url)).text
        wrong = await browser.post(url, reason="health-claim", claim="astrology")
        await browser.post(url, reason="health-claim", claim="naloxone-myth")
    async with community.browser(linnet) as browser:
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert all(f'<option value="{claim}"' in form for claim in ("", *CLAIMS))
    assert wrong.status_code == 422
    assert "Choose from the list, or leave it open." in wrong.text
    assert CLAIMS["naloxone-myth"].msgid in item


async def test_a_handle_is_reported_from_its_members_profile(community: Community) -> None:
    await community.member()
    wren, url = await community.member("Wren"), "/members/Rowan/report"

    async with community.browser(wren) as browser:
        profile = (await browser.get("/members/Rowan")).text
        own = (await browser.get("/members/Wren")).text
        form = (await browser.get(url)).text
        without = await browser.post(url)
        answer = await browser.post(url, reason="unkind")
        thanks = (await browser.get(answer.headers["location"])).text
        nobodys = [(await browser.get(f"/members/{one}/report")).status_code for one in ("Wren", "Nobody")]

    assert (f'href="{url}"' in profile, "/report" in own) == (True, False)
    assert all(f'value="{reason}"' in form for reason in OF_HANDLES)
    assert (without.status_code, "Choose what it is about." in without.text) == (422, True)
    assert "Nobody is told who reported it." in thanks
    assert nobodys == [404, 404]
