"""Deciding at the desk: every form, what comes after it, and how it is taken back."""

from forum.accounts.roles import Role
from forum.messages.tables import State
from forum.review.appealing import Plea, appeal
from forum.review.undoing import A_MINUTE
from tests.builders import CLAIMS, HOLDS, IN_DANGER, Community, held, published
from tests.forum.queueing import item_of, items
from tests.forum.review.appeals import ANSWER, WHY, item_about, taken_down
from tests.forum.talk import hold_one, ruled


async def test_a_decision_leads_to_the_next_item_and_can_be_undone_for_a_minute(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    first, second = await hold_one(community, rowan, room.id), await hold_one(community, wren, room.id)
    one, two = [await item_of(community, each.message_id) for each in (first, second)]

    async with community.browser(linnet) as browser:
        answer = await browser.post(f"/desk/{one.id}/rulings", action="release", version=str(one.version))
        upcoming = await browser.get(answer.headers["location"])
        ruling = answer.headers["location"].partition("done=")[2]
        seen = (await community.message(first.message_id)).state
        undone = await browser.post(f"/desk/{one.id}/undo", ruling=ruling)
        back = await browser.get(undone.headers["location"])

    assert answer.headers["location"].startswith(f"/desk/{two.id}?done=")
    assert f'action="/desk/{one.id}/undo"' in upcoming.text
    assert seen == State.PUBLISHED
    assert "and it waits again" in back.text
    assert (await item_of(community, first.message_id)).closed_at is None


async def test_after_a_minute_a_decision_is_reversed_with_a_reason(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    ruling = await ruled(community, linnet, waiting.message_id, release=False)
    community.clock.now += 2 * A_MINUTE
    url = f"/desk/{ruling.item_id}"

    async with community.browser(linnet) as browser:
        closed = (await browser.get(url)).text
        late = await browser.post(f"{url}/undo", ruling=str(ruling.id))
        without = await browser.post(f"{url}/reversals", ruling=str(ruling.id), why=" ")
        answer = await browser.post(f"{url}/reversals", ruling=str(ruling.id), why="I had misread it.")
        after = (await browser.get(answer.headers["location"])).text

    assert "Reverse the decision" in closed
    assert (late.status_code, "The minute is over." in late.text) == (409, True)
    assert (without.status_code, "Write why: the team reads it." in without.text) == (422, True)
    assert "I had misread it." in after
    assert "Taken back" in after
    assert (await community.message(waiting.message_id)).state == State.PUBLISHED


async def test_a_decision_that_came_too_late_shows_the_other_one_and_keeps_the_words(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    item = await item_of(community, waiting.message_id)
    await ruled(community, harbour, waiting.message_id, release=False)

    async with community.browser(linnet) as browser:
        answer = await browser.post(
            f"/desk/{item.id}/rulings", action="release", version="1", letter="Welcome, dear Rowan."
        )

    assert answer.status_code == 409
    assert "Somebody has decided on this already." in answer.text
    assert "Not published" in answer.text
    assert "Welcome, dear Rowan." in answer.text


async def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url = f"/desk/{waiting.message_id}/rulings"
    typed = {"version": "1", "letter": "Please look again, dear Rowan."}

    async with community.browser(linnet) as browser:
        without = await browser.post(url, action="refuse", **typed)
        no_hours = await browser.post(url, action="refuse", reason="kindness", measure="pause", **typed)
        suspended = await browser.post(url, action="refuse", reason="kindness", measure="suspend", **typed)
        second = await browser.post(url, action="escalate", **typed)
        nonsense = [
            await browser.post(url, action=action, version=version)
            for action, version in (("maybe", "1"), ("release", "x"), ("", ""), ("release", "9" * 5000))
        ]

    assert [one.status_code for one in (without, no_hours, suspended, second)] == [422] * 4
    assert all("Please look again, dear Rowan." in one.text for one in (without, no_hours, suspended, second))
    assert "Choose the guideline that it is about" in without.text
    assert "Choose how many hours" in no_hours.text
    assert "Only an administrator can do this." in suspended.text
    assert "A letter goes with a decision." in second.text
    assert [one.status_code for one in nonsense] == [422, 400, 400, 400]
    assert (await community.message(waiting.message_id)).state == State.HELD


async def test_a_wording_is_put_into_the_letter_without_a_script(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url = f"/desk/{waiting.message_id}/rulings"

    async with community.browser(linnet) as browser:
        form = await browser.post(url, insert="1", wording="refusal", reason="kindness", letter="Dear you,")
        nothing = await browser.post(url, insert="1", wording="x", letter="Dear you,")

    area = form.text.partition('name="letter"')[2].partition("</textarea>")[0]
    assert "Dear you,\n\nHello Rowan, thank you for writing." in area
    assert "autofocus" in area
    assert "Speak to people as people" in area
    assert form.text.count(' value="kindness" required checked') == 1
    assert "Dear you," in nothing.text
    assert (await community.message(waiting.message_id)).state == State.HELD


async def test_a_source_note_goes_with_a_release(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(rowan))
    claim = held(await community.say(rowan, thread.place_id, CLAIMS))
    url = f"/desk/{claim.message_id}/rulings"

    async with community.browser(linnet) as browser:
        wrong = await browser.post(url, action="release", version="1", note="because")
        await browser.post(url, action="release", version="1", note="stop-medicine")
        page = (await browser.get(f"/threads/{thread.place_id}")).text

    assert (wrong.status_code, "Choose a note from the list" in wrong.text) == (422, True)
    assert "Discontinuing Methadone and Buprenorphine" in page


async def test_danger_is_closed_with_a_word_of_how_it_ended(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    item = await item_of(community, danger.message_id)
    url, version = f"/desk/{item.id}", str(item.version)

    async with community.browser(linnet) as browser:
        page = (await browser.get(url)).text
        without = await browser.post(f"{url}/rulings", action="seen", version=version)
        answer = await browser.post(
            f"{url}/rulings",
            action="seen",
            version=version,
            closing="Juniper wrote, and they are with friends.",
        )
        debrief = await browser.get(answer.headers["location"])
        again = (await browser.get(url)).text

    assert "Have you looked?" in page
    assert "I have looked" in page
    assert (without.status_code, "Write how it ended" in without.text) == (422, True)
    assert answer.headers["location"] == f"/desk/care-for-us/debrief/{item.id}"
    assert debrief.status_code == 200
    assert "Somebody looked" in again
    assert "Juniper wrote, and they are with friends." in again


async def test_an_appeal_is_answered_in_words_by_somebody_else(community: Community) -> None:
    rowan = await community.member()
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    room = await community.room()
    message_id = await taken_down(community, rowan, linnet, room)
    await hold_one(community, rowan, room.id)
    await appeal(community.services, Plea(message_id, rowan.id, WHY))
    item = await item_about(community, message_id, "appeal")
    url, version = f"/desk/{item.id}", str(item.version)

    async with community.browser(linnet) as browser:
        own = await browser.get(url)
    async with community.browser(siskin) as browser:
        page = (await browser.get(url)).text
        silent = await browser.post(f"{url}/rulings", action="uphold", version=version)
        answer = await browser.post(f"{url}/rulings", action="uphold", version=version, letter=ANSWER)
        after = (await browser.get(answer.headers["location"])).text
        closed = (await browser.get(url)).text

    assert "This appeal is against your own decision." in own.text
    assert WHY in page
    assert "Taken down" in page
    assert (silent.status_code, "Answer in words" in silent.text) == (422, True)
    assert "The appeal was right, and is answered." in after
    assert ANSWER in closed
    assert (await community.message(message_id)).state == State.PUBLISHED


async def test_ones_own_message_is_for_somebody_else_to_decide(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, linnet, (await community.room()).id)

    async with community.browser(linnet) as browser:
        answer = await browser.post(f"/desk/{waiting.message_id}/rulings", action="release", version="1")

    assert answer.status_code == 403
    assert "Somebody else has to decide." in answer.text
    assert len(await items(community)) == 1
    assert (await community.message(waiting.message_id)).text == HOLDS
