"""Claims about the page of reminders: what is chosen counts at once, and one click ends letters."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from forum.app import create_app
from forum.mail.opening import open_mailer
from forum.mailing.tables import Channel
from forum.reminders.tables import ReminderChoice
from forum.reminders.work import notice_due, send_letters
from tests.builders import Community, Member
from tests.forum.reminders.gathered import coming, outbox, plan, wants_letters
from tests.postbox import Postbox

QUIET = {"quiet_from": "0", "quiet_until": "0"}


async def choice_of(community: Community, member: Member) -> ReminderChoice:
    async with community.services.database.reading() as session:
        return await session.get_one(ReminderChoice, member.id)


async def letter_to(community: Community, box: Postbox) -> tuple[Member, str]:
    """Send a reminder; the member, and the path of the link that ends them."""
    rowan, planned = await community.member(), await plan(community)
    await wants_letters(community, rowan)
    await coming(community, rowan, planned.date)
    community.clock.now = planned.date.starts_at - timedelta(days=1)
    await send_letters(replace(community.services, mailer=open_mailer(box.url, "post@example.org")))
    found = re.fullmatch(r"<http://127.0.0.1:8000(\S+)>", box.letters[0]["List-Unsubscribe"])
    assert found is not None
    return rowan, found[1]


async def test_what_is_chosen_counts_for_what_is_planned_already(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)

    async with community.browser(rowan) as browser:
        saved = await browser.post("/reminders", **QUIET, **{"before-15": "on"})
        page = await browser.get(saved.headers["location"])

    assert "Saved." in page.text
    assert [row.due_at for row in await outbox(community)] == [planned.date.starts_at - timedelta(minutes=15)]
    assert re.search(r'name="before-15"[^>]* checked', page.text)
    assert not re.search(r'name="before-60"[^>]* checked', page.text)


async def test_a_slip_is_given_back_with_all_that_was_ticked(community: Community) -> None:
    rowan = await community.member()
    async with community.browser(rowan) as browser:
        answer = await browser.post("/reminders", **QUIET, **{"before-180": "on", "by_mail": "on"})

    assert answer.status_code == 422
    assert "Confirm your e-mail address" in answer.text
    assert re.search(r'name="before-180"[^>]* checked', answer.text)
    assert not re.search(r'name="before-1440"[^>]* checked', answer.text)


async def test_the_page_says_what_stands_in_the_way_of_letters(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    mailed = replace(community.services, mailer=open_mailer(box.url, "post@example.org"))
    async with community.browser(rowan) as browser:
        without = (await browser.get("/reminders")).text
    async with replace(community, app=create_app(mailed)).browser(rowan) as browser:
        no_address = (await browser.get("/reminders")).text
        await browser.post("/settings/email", email="rowan@heather.example")
        unconfirmed = (await browser.get("/reminders")).text

    assert "This site sends no letters at the moment." in without
    assert "You have given no address" in no_address
    assert "Your address is not confirmed yet." in unconfirmed


async def test_one_click_of_a_mail_program_ends_letters(community: Community, box: Postbox) -> None:
    rowan, path = await letter_to(community, box)
    async with community.browser() as browser:
        answer = await browser.client.post(path, content="List-Unsubscribe=One-Click")

    assert answer.status_code == 200
    assert not (await choice_of(community, rowan)).by_mail


async def test_looking_at_the_link_ends_nothing_and_the_button_does(
    community: Community, box: Postbox
) -> None:
    rowan, path = await letter_to(community, box)
    async with community.browser() as browser:
        looked = await browser.get(path)
        still_wanted = (await choice_of(community, rowan)).by_mail
        stopped = await browser.post(path)

    assert "Send nothing more" in looked.text
    assert still_wanted
    assert "Nothing is sent to your address any more" in stopped.text
    assert not (await choice_of(community, rowan)).by_mail


async def test_letters_that_were_ended_do_not_go_though_they_were_planned(
    community: Community, box: Postbox
) -> None:
    _, path = await letter_to(community, box)
    async with community.browser() as browser:
        await browser.post(path)
    community.clock.forward(hours=23)
    await send_letters(replace(community.services, mailer=open_mailer(box.url, "post@example.org")))

    assert len(box.letters) == 1
    assert [row.why for row in await outbox(community, Channel.MAIL)] == ["", "unwanted"]


@pytest.mark.parametrize("method", ["get", "post"])
async def test_a_forged_link_leads_nowhere(community: Community, method: str) -> None:
    async with community.browser() as browser:
        answer = await getattr(browser, method)("/reminders/stop/forged")

    assert answer.status_code == 404


async def test_a_notice_says_when_and_leads_to_the_date_and_names_nobody(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    community.clock.now = planned.date.starts_at - timedelta(hours=1)
    await notice_due(community.services)

    async with community.browser(rowan) as browser:
        page = (await browser.get("/notices")).text

    assert "A gathering of yours comes soon" in page
    assert f'href="/gatherings/{planned.date.id}"' in page
    assert "Sunday, November 29, 2026" in page
    assert "(UTC)" in page
    assert "Dipper" not in page


async def test_a_visitor_has_no_reminders(community: Community) -> None:
    async with community.browser() as browser:
        assert (await browser.get("/reminders")).status_code == 303
        assert (await browser.post("/reminders", **QUIET)).status_code == 403
