"""The page after a gathering, as plain forms: every state says what it is, and nothing typed is lost."""

from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.calendar.tables import Occurrence
from forum.feedback.tables import Thanks
from tests.builders import GIVES_AWAY, HOLDS, Community, Member
from tests.forum.feedback.evenings import TITLE, Evening, evening, manager_of, sign_up

ANSWERS = {"welcome": "yes", "useful": "partly", "again": "no"}


async def tea(community: Community, wanted: Evening | None = None) -> tuple[Member, Member, Occurrence]:
    """Hold a gathering with one guest, by one host."""
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await evening(community, await manager_of(community), juniper, wanted=wanted)
    await sign_up(community, date, rowan.id)
    return rowan, juniper, date


async def test_a_guest_answers_thanks_and_the_host_reads_it(community: Community) -> None:
    rowan, juniper, date = await tea(community)
    url = f"/gatherings/{date.id}"
    async with community.browser(rowan) as browser:
        first = await browser.get(f"{url}/feedback")
        answered = await browser.post(f"{url}/feedback", **ANSWERS)
        then = await browser.get(answered.headers["location"])
        thanked = await browser.post(f"{url}/thanks", text="You were kind.", nonce=str(uuid4()))
        last = await browser.get(thanked.headers["location"])
    async with community.browser(juniper) as browser:
        of_host = await browser.get(f"{url}/feedback")

    assert TITLE in first.text
    assert first.text.count('type="radio"') == 9
    assert "Your answers are counted" in then.text.replace("Thank you. Your", "Your")
    assert 'type="radio"' not in then.text
    assert "The hosts can read it." in last.text
    assert "You were kind." in last.text
    assert "<textarea" not in last.text
    assert "You were kind." in of_host.text
    assert "Report this message by Rowan" in of_host.text
    assert "Reply to Rowan" not in of_host.text
    assert 'type="radio"' not in of_host.text


async def test_a_question_that_was_left_out_is_named_and_the_others_stay_chosen(community: Community) -> None:
    rowan, _, date = await tea(community)
    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/gatherings/{date.id}/feedback", welcome="no", again="")

    assert answer.status_code == 422
    assert answer.text.count("Choose what fits best.") == 4  # two, each in the summary and at its question
    assert 'value="no" required checked' in answer.text


async def test_a_second_answer_and_answers_at_the_wrong_time_are_told_why(community: Community) -> None:
    rowan, juniper, date = await tea(community)
    url = f"/gatherings/{date.id}/feedback"
    async with community.browser(rowan) as browser, community.browser(juniper) as of_host:
        first = await browser.post(url, **ANSWERS)
        again = await browser.post(url, **ANSWERS)
        no_guest = await of_host.post(url, **ANSWERS)
        community.clock.forward(hours=-2)
        early = (await browser.post(url, **ANSWERS)), (await browser.get(url))
        community.clock.forward(days=20)
        late = (await browser.post(url, **ANSWERS)), (await browser.get(url))

    assert (first.status_code, again.status_code, no_guest.status_code) == (303, 409, 403)
    assert "Your first answer counts" in again.text
    assert [one.status_code for one in (*early, *late)] == [409, 200, 409, 200]
    assert "This opens when the gathering is over." in early[0].text
    assert "It is closed now." in late[0].text


@pytest.mark.parametrize(
    ("hours", "words"), [(-2, "This opens when the gathering is over."), (24 * 15, "It is closed now.")]
)
async def test_before_and_after_the_page_says_so_without_a_form(
    community: Community, hours: int, words: str
) -> None:
    rowan, _, date = await tea(community)
    community.clock.forward(hours=hours)
    async with community.browser(rowan) as browser:
        seen = await browser.get(f"/gatherings/{date.id}/feedback")

    assert seen.status_code == 200
    assert words in seen.text
    assert "<form" not in seen.text.partition("<main")[2].partition("</main>")[0]


async def test_of_a_cancelled_date_nothing_is_asked(community: Community) -> None:
    rowan, _, date = await tea(community, Evening(cancelled=True))
    async with community.browser(rowan) as browser:
        seen = await browser.get(f"/gatherings/{date.id}/feedback")

    assert "was cancelled" in seen.text


async def test_others_are_told_it_is_for_guests_and_visitors_to_sign_in(community: Community) -> None:
    _, _, date = await tea(community)
    wren = await community.member("Wren")
    for url in (f"/gatherings/{date.id}/feedback", f"/gatherings/{date.id}/thanks"):
        async with community.browser(wren) as browser, community.browser() as visitor:
            seen, unseen = await browser.get(url), await visitor.get(url)
            nothing = await browser.get(f"/gatherings/{uuid4()}/feedback")

        assert (seen.status_code, unseen.status_code, nothing.status_code) == (403, 303, 404)
        assert "This is for those who came, or had a seat." in seen.text
        assert unseen.headers["location"].startswith("/sign-in")


async def test_words_that_are_asked_about_or_refused_come_back_in_the_form(community: Community) -> None:
    rowan, _, date = await tea(community)
    url = f"/gatherings/{date.id}/thanks"
    async with community.browser(rowan) as browser:
        asked = await browser.post(url, text=GIVES_AWAY, nonce=str(uuid4()))
        empty = await browser.post(url, text="", nonce=str(uuid4()))
        forged = await browser.post(url, text="Kind words", nonce="x")
        reloaded = await browser.get(url)

    assert (asked.status_code, empty.status_code, forged.status_code) == (422, 422, 400)
    assert "Write to me" in asked.text or "up late" in asked.text
    assert "Send it without that" in asked.text
    assert "Kind words" in forged.text
    assert reloaded.status_code == 200


async def test_what_waits_says_so_and_its_place_leads_to_the_date(community: Community) -> None:
    rowan, juniper, date = await tea(community)
    wren = await community.member("Wren")
    url = f"/gatherings/{date.id}"
    async with community.browser(rowan) as browser:
        sent = await browser.post(f"{url}/thanks", text=HOLDS, nonce=str(uuid4()))
        seen = await browser.get(sent.headers["location"])
        second = await browser.post(f"{url}/thanks", text="More words", nonce=str(uuid4()))
        place_id = await where_thanks_stand(community, rowan)
        led = await browser.get(f"/thanks/{place_id}?again=x")
    async with community.browser(wren) as browser, community.browser(juniper) as of_host:
        closed, of_hosts = await browser.get(f"/thanks/{place_id}"), await of_host.get(f"{url}/feedback")

    assert "Waiting for a person" in seen.text
    assert second.status_code == 409
    assert "More words" in second.text
    assert led.headers["location"] == f"{url}/feedback?again=x"
    assert closed.status_code == 404
    assert "worthless" not in of_hosts.text


async def where_thanks_stand(community: Community, member: Member) -> object:
    """Return the place of the member's thanks."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(Thanks.place_id).where(Thanks.account_id == member.id))).one()


async def test_a_moderator_who_was_no_guest_reads_thanks_only_at_the_desk(community: Community) -> None:
    rowan, _, date = await tea(community)
    linnet = await community.member("Linnet", Role.MODERATOR)
    async with community.browser(rowan) as browser:
        await browser.post(f"/gatherings/{date.id}/thanks", text="You were kind.", nonce=str(uuid4()))
    async with community.browser(linnet) as browser:
        seen = await browser.get(f"/gatherings/{date.id}/feedback")
        led = await browser.get(f"/thanks/{await where_thanks_stand(community, rowan)}")

    assert led.headers["location"] == f"/gatherings/{date.id}"
    assert seen.status_code == 403
    assert "You were kind." not in seen.text
