"""The author's pages: the reasons, the appeal, and where both are linked from."""

from forum.accounts.roles import Role
from forum.accounts.sessions import find_viewer
from forum.accounts.signing_in import Attempt, sign_in
from forum.app import create_app
from tests.builders import HARMLESS, PASSWORD, Community, Member, published
from tests.forum.review.appeals import (
    ANSWER,
    FORBIDDEN,
    WHY,
    answered,
    appealed,
    decide,
    strict,
    taken_down,
)
from tests.forum.talk import hold_one


async def two(community: Community) -> tuple[Member, Member]:
    return await community.member(), await community.member("LinnetTheModerator", Role.MODERATOR)


async def test_an_author_reads_why_appeals_and_reads_the_answer(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    url = f"/reasons/{message_id}"

    async with community.browser(rowan) as browser:
        first = (await browser.get(url)).text
        sent = await browser.post(f"{url}/appeal", text=WHY)
        pending = (await browser.get(sent.headers["location"])).text
        siskin = await community.member("SiskinTheModerator", Role.MODERATOR)
        await answered(community, siskin, message_id, "uphold")
        after = (await browser.get(url)).text

    assert HARMLESS in first
    assert "Ask for another look" in first
    assert sent.status_code == 303
    assert WHY in pending
    assert "Ask for another look" not in pending
    assert ANSWER in after
    assert "The moderation team" in after
    for name in ("LinnetTheModerator", "SiskinTheModerator", "Reporter"):
        assert name not in first + pending + after


async def test_nothing_typed_is_lost_when_an_appeal_cannot_be_sent(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    url = f"/reasons/{message_id}/appeal"

    async with community.browser(rowan) as browser:
        empty = await browser.post(url, text=" ")
        too_long = await browser.post(url, text="word " * 2_100)
        await appealed(community, rowan, message_id)
        second = await browser.post(url, text="And another thing.")

    assert (empty.status_code, too_long.status_code, second.status_code) == (422, 422, 409)
    assert "word word" in too_long.text
    assert "And another thing." in second.text


async def test_an_appeal_that_comes_too_late_is_refused_kindly_with_its_words(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    community.clock.forward(days=184)
    later = await sign_in_again(community)

    async with community.browser(later) as browser:
        shown = (await browser.get(f"/reasons/{message_id}")).text
        answer = await browser.post(f"/reasons/{message_id}/appeal", text=WHY)

    assert "Ask for another look" not in shown
    assert answer.status_code == 409
    assert "more than six months ago" in answer.text
    assert WHY in answer.text


async def sign_in_again(community: Community) -> Member:
    """Return Rowan with a session that did not run out."""
    token = await sign_in(community.services, Attempt("Rowan", PASSWORD, "192.0.2.7"))
    viewer = await find_viewer(community.services, token)
    assert viewer is not None
    return Member(viewer, token)


async def test_other_members_moderators_and_visitors_find_nothing(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    wren = await community.member("Wren")

    answers = []
    for member in (wren, linnet):
        async with community.browser(member) as browser:
            answers.append((await browser.get(f"/reasons/{message_id}")).status_code)
            answers.append((await browser.post(f"/reasons/{message_id}/appeal", text=WHY)).status_code)
    async with community.browser() as browser:
        visitor = await browser.get(f"/reasons/{message_id}")

    assert answers == [404] * 4
    assert visitor.status_code == 303


async def test_the_reasons_are_linked_from_the_notice_the_room_and_the_refusal(community: Community) -> None:
    rowan, linnet = await two(community)
    room = await community.room()
    down = await taken_down(community, rowan, linnet, room)
    before = await hold_one(community, rowan, room.id)
    community.clock.forward(minutes=9)
    await decide(community, linnet, before.message_id, "release")
    waiting = await hold_one(community, rowan, room.id)

    async with community.browser(rowan) as browser:
        notices = (await browser.get("/notices")).text
        in_room = (await browser.get(f"/rooms/{room.id}")).text
        listed = (await browser.get("/reasons")).text

    assert f'href="/reasons/{down}"' in notices
    for page in (notices, in_room, listed):
        assert f'href="/reasons/{waiting.message_id}"' in page
    for page in (notices, in_room):
        assert "usually about 9 minutes" in page


async def test_a_form_that_is_refused_leads_to_the_reasons(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    url = f"/threads/{thread.place_id}"
    community.services = strict(community.services)
    community.app = create_app(community.services)

    async with community.browser(rowan) as browser:
        form = await browser.get(url)
        nonce = form.text.split('name="nonce" value="')[1].split('"')[0]
        refused = await browser.post(f"{url}/replies", text=FORBIDDEN, nonce=nonce)
        reasons = "/reasons/" + refused.text.split('href="/reasons/')[1].split('"')[0]
        statement = await browser.get(reasons)

    assert refused.status_code == 422
    assert FORBIDDEN in statement.text
    assert "A filter decided. No person has looked at it yet." in statement.text
