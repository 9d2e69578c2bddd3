"""The pages of a thread: starting one, answering in it, and every word back when something is in the way."""

import re
from uuid import uuid4

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.messages.admission import PACES
from forum.messages.answering import CARE
from forum.spaces.tables import Audience, PlaceKind
from realtime.backplane import Allowance
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    STIGMA,
    Browser,
    Community,
    Member,
    published,
)


async def spend_all(community: Community, member: Member) -> None:
    """Use up what the member may write in threads just now."""
    allowed: Allowance = PACES[PlaceKind.THREAD]
    for _ in range(allowed.count):
        await community.services.backplane.spend(f"say:{PlaceKind.THREAD}:{member.id}", allowed)


def nonce() -> str:
    """Return what a fresh form carries."""
    return str(uuid4())


async def test_a_member_starts_a_thread_and_answers_in_it(community: Community) -> None:
    rowan, space = await community.member(), await community.space()

    async with community.browser(rowan) as browser:
        opened = await browser.post(
            f"/spaces/{space.slug}/threads/new", title="The walk home", text=HARMLESS, nonce=nonce()
        )
        url = opened.headers["location"].partition("?")[0]
        message_id = opened.headers["location"].rpartition("#m-")[2]
        form = await browser.get(f"{url}?reply={message_id}")
        await browser.post(f"{url}/replies", text="How did it go?", parent=message_id, nonce=nonce())
        shown = (await browser.get(url)).text

    assert opened.status_code == 303
    assert "Reply to Rowan" in form.text
    assert shown.index("The walk home") < shown.index(HARMLESS) < shown.index("How did it go?")


async def test_the_form_says_in_words_who_will_read_it(community: Community) -> None:
    rowan, space = await community.member(), await community.space(Audience.PUBLIC)

    async with community.browser(rowan) as browser:
        form = (await browser.get(f"/spaces/{space.slug}/threads/new")).text

    assert Audience.PUBLIC.words.msgid in form


async def test_what_is_held_is_told_and_shown_to_its_author_only(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    url = f"/threads/{thread.place_id}"

    async with community.browser(rowan) as browser:
        answer = await browser.post(f"{url}/replies", text=HOLDS, nonce=nonce())
        own = (await browser.get(answer.headers["location"].partition("#")[0])).text
    async with community.browser(wren) as browser:
        others = (await browser.get(url)).text

    assert answer.headers["location"] == f"{url}?sent=held#pending"
    assert "waiting for a person" in own
    assert HOLDS in own
    assert HOLDS not in others


async def test_the_same_form_sent_twice_is_one_reply(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    url, once = f"/threads/{thread.place_id}", nonce()

    async with community.browser(rowan) as browser:
        answers = [await browser.post(f"{url}/replies", text="Only once.", nonce=once) for _ in range(2)]
        shown = (await browser.get(url)).text

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert shown.count("Only once.") == 1


async def test_a_refused_reply_comes_back_in_its_form_still_answering_the_same(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    said = published(await community.say(rowan, thread.place_id, "Shall I go?"))

    async with community.browser(rowan) as browser:
        answer = await browser.post(
            f"/threads/{thread.place_id}/replies",
            text="a" * 10_001,
            parent=str(said.message_id),
            nonce=nonce(),
        )

    assert answer.status_code == 422
    assert "It is longer than fits here." in answer.text
    assert "a" * 10_001 + "</textarea>" in answer.text
    assert f'name="parent" value="{said.message_id}"' in answer.text


async def test_too_much_at_once_comes_back_in_the_form_and_says_how_long(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    thread = published(await community.thread(rowan, space=space))
    await spend_all(community, rowan)

    async with community.browser(rowan) as browser:
        reply = await browser.post(f"/threads/{thread.place_id}/replies", text="One too many.", nonce=nonce())
        opening = await browser.post(
            f"/spaces/{space.slug}/threads/new", title="My title", text="One too many.", nonce=nonce()
        )

    for answer in (reply, opening):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 61
        assert 'id="f-text-error">That was a lot in a short time.' in answer.text
        assert "One too many.</textarea>" in answer.text
    assert 'value="My title"' in opening.text


async def test_a_thread_without_a_title_comes_back_with_its_words(community: Community) -> None:
    rowan, space = await community.member(), await community.space()

    async with community.browser(rowan) as browser:
        answer = await browser.post(
            f"/spaces/{space.slug}/threads/new", title=" ", text="My words.", nonce=nonce()
        )

    assert answer.status_code == 422
    assert 'id="f-title-error"' in answer.text
    assert "My words.</textarea>" in answer.text


async def test_a_closed_thread_gives_the_words_back_on_a_page(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    url = f"/threads/{thread.place_id}"

    async with community.browser(linnet) as browser:
        await browser.post(f"{url}/closed", closed="on")
    async with community.browser(rowan) as browser:
        answer = await browser.post(f"{url}/replies", text="Too late for this.", nonce=nonce())
        shown = (await browser.get(url)).text
    async with community.browser(linnet) as browser:
        await browser.post(f"{url}/closed", closed="")
    published(await community.say(rowan, thread.place_id, "Open again."))

    assert answer.status_code == 409
    assert "Too late for this.</textarea>" in answer.text
    assert "This thread is closed." in shown


async def test_whoever_lost_the_space_or_the_session_keeps_title_and_words(community: Community) -> None:
    rowan = await community.member()
    fields = {"title": "My title", "text": "My words.", "nonce": nonce()}

    async with community.browser(rowan) as browser:
        gone = await browser.post("/spaces/nowhere/threads/new", **fields)
    async with community.browser() as browser:
        signed_out = await browser.post("/spaces/nowhere/threads/new", **fields)

    assert (gone.status_code, signed_out.status_code) == (404, 403)
    for answer in (gone, signed_out):
        assert "My title\n\nMy words.</textarea>" in answer.text


async def test_only_moderators_close_threads(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))

    async with community.browser(rowan) as browser:
        answer = await browser.post(f"/threads/{thread.place_id}/closed", closed="on")

    assert answer.status_code == 403
    published(await community.say(rowan, thread.place_id, "Still open."))


async def test_a_broken_address_shows_the_thread_all_the_same(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))

    async with community.browser(rowan) as browser:
        for query in ("?at=x", "?after=zzz", "?before=000", "?reply=x&again=x&sent=x", f"?at={uuid4()}"):
            answer = await _read(browser, f"/threads/{thread.place_id}{query}")

            assert answer == 200


async def _read(browser: Browser, url: str) -> int:
    return (await browser.get(url)).status_code


async def test_an_opening_is_asked_about_with_every_word_kept_and_then_sent_masked(
    community: Community,
) -> None:
    rowan, space = await community.member(), await community.space()
    url = f"/spaces/{space.slug}/threads/new"
    fields = {"title": f"Find {EMAIL}", "text": GIVES_AWAY, "nonce": nonce()}

    async with community.browser(rowan) as browser:
        asked = await browser.post(url, **fields)
        forged = await browser.post(url, **fields, choice="as-it-is")
        sent = await browser.post(url, **fields, choice="masked")
        shown = (await browser.get(sent.headers["location"].partition("#")[0])).text

    assert (asked.status_code, forged.status_code, sent.status_code) == (422, 422, 303)
    assert f'value="Find {EMAIL}"' in asked.text
    assert f"{GIVES_AWAY}</textarea>" in asked.text
    assert f"Find [e-mail address]\n{GIVES_AWAY_MASKED}" in asked.text
    assert [f'value="{one}"' in asked.text for one in ("masked", "ask", "as-it-is")] == [True, True, False]
    by_enter = re.findall("<button[^>]*>", asked.text.partition("<main")[2])[0]
    assert "name=" not in by_enter, "Enter in the title's field would choose"
    assert EMAIL not in shown
    assert GIVES_AWAY_MASKED in shown


async def test_a_reply_with_kinder_words_to_choose_from_may_be_sent_as_it_is(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    url, fields = f"/threads/{thread.place_id}", {"text": STIGMA, "nonce": nonce()}

    async with community.browser(wren) as browser:
        asked = await browser.post(f"{url}/replies", **fields)
        before = (await browser.get(url)).text
        sent = await browser.post(f"{url}/replies", **fields, choice="as-it-is")
        after = (await browser.get(url)).text

    assert (asked.status_code, sent.status_code) == (422, 303)
    assert "Instead of “junkies”: person with a substance use disorder" in asked.text
    assert f"{STIGMA}</textarea>" in asked.text
    assert 'value="masked"' not in asked.text
    assert (STIGMA in before, STIGMA in after) == (False, True)


async def test_an_answer_that_is_asked_about_stays_an_answer(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    parent = str(published(await community.say(rowan, thread.place_id, "Is anybody up?")).message_id)
    url = f"/threads/{thread.place_id}"

    async with community.browser(rowan) as browser:
        asked = await browser.post(f"{url}/replies", text=GIVES_AWAY, parent=parent, nonce=nonce())

    assert f'name="parent" value="{parent}"' in asked.text


async def test_who_switched_the_hints_off_sends_at_once(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).nudges = False

    async with community.browser(rowan) as browser:
        sent = await browser.post(f"/threads/{thread.place_id}/replies", text=STIGMA, nonce=nonce())

    assert sent.status_code == 303


async def test_a_choice_that_nobody_offered_is_no_choice(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))

    async with community.browser(rowan) as browser:
        answer = await browser.post(
            f"/threads/{thread.place_id}/replies", text=GIVES_AWAY, nonce=nonce(), choice="publish"
        )

    assert answer.status_code == 400
    assert GIVES_AWAY in answer.text


async def test_who_may_be_in_danger_sees_people_to_reach_near_them(community: Community) -> None:
    rowan = await community.member()
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).time_zone = "Europe/London"
    thread = published(await community.thread(rowan))

    async with community.browser(rowan) as browser:
        sent = await browser.post(f"/threads/{thread.place_id}/replies", text=IN_DANGER, nonce=nonce())
        shown = (await browser.get(sent.headers["location"].partition("#")[0])).text
        again = (await browser.get(f"/threads/{thread.place_id}")).text

    assert "sent=care" in sent.headers["location"]
    assert CARE.msgid in shown
    assert 'href="tel:116123"' in shown
    assert CARE.msgid not in again
