"""Profiles: members see members, and one's own is screened like anything else."""

from uuid import uuid4

from forum.accounts.roles import Role
from forum.messages.publishing import submit
from forum.messages.submission import Profile, Submission
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HOLDS,
    Community,
    held,
    published,
)
from tests.forum.talk import edited, ruled


async def test_a_member_writes_a_profile_and_others_read_it(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")

    async with community.browser(rowan) as browser:
        for text in ("I like walking.", "I like walking the dog."):
            answer = await browser.post("/profile/edit", text=text, nonce=str(uuid4()))
        form = (await browser.get("/profile/edit")).text
    async with community.browser(wren) as browser:
        shown = (await browser.get("/members/rowan")).text
        by_id = await browser.get(f"/members/by-id/{rowan.id}?sent=held")
    async with community.browser() as browser:
        visitor = await browser.get("/members/Rowan")

    assert (answer.status_code, answer.headers["location"]) == (303, "/members/Rowan")
    assert "I like walking the dog.</textarea>" in form
    assert "I like walking the dog." in shown
    assert "I like walking.<" not in shown
    assert by_id.headers["location"] == "/members/Rowan?sent=held"
    assert visitor.status_code == 303


async def test_a_held_profile_waits_while_others_see_the_old_one(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    moderator = await community.member("Linnet", Role.MODERATOR)
    published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))
    waiting = held(await submit(community.services, Submission(Profile(), rowan.id, HOLDS)))

    async with community.browser(wren) as browser:
        before = (await browser.get("/members/Rowan")).text
        await ruled(community, moderator, waiting.message_id, release=True)
        after = (await browser.get("/members/Rowan")).text
    async with community.browser(rowan) as browser:
        own = (await browser.get("/members/Rowan?sent=held")).text

    assert "I like tea." in before
    assert HOLDS not in before
    assert HOLDS in after
    assert "waiting for a person" in own


async def test_a_waiting_edit_of_a_profile_gives_way_to_a_new_profile(community: Community) -> None:
    rowan = await community.member()
    first = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))
    edit = held(await edited(community, rowan, first.message_id, HOLDS))

    published(await submit(community.services, Submission(Profile(), rowan.id, "I like coffee.")))

    assert (await community.message(edit.message_id)).text == ""


async def test_a_refused_or_hurried_profile_comes_back_in_its_form(community: Community) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        long = await browser.post("/profile/edit", text="c" * 2_001, nonce=str(uuid4()))
        for number in range(5):
            last = await browser.post("/profile/edit", text=f"Try {number}.", nonce=str(uuid4()))

    assert (long.status_code, last.status_code) == (422, 429)
    assert "c" * 2_001 + "</textarea>" in long.text
    assert "Try 4.</textarea>" in last.text
    assert "retry-after" in last.headers


async def test_nobody_has_no_page(community: Community) -> None:
    rowan = await community.member()

    async with community.browser(rowan) as browser:
        answers = [await browser.get(url) for url in ("/members/nobody", f"/members/by-id/{uuid4()}")]

    assert {answer.status_code for answer in answers} == {404}


async def test_a_profile_that_gives_its_owner_away_is_asked_about_and_saved_masked(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    fields = {"text": GIVES_AWAY, "nonce": str(uuid4())}

    async with community.browser(rowan) as browser:
        asked = await browser.post("/profile/edit", **fields)
        await browser.post("/profile/edit", **fields, choice="masked")
    async with community.browser(wren) as browser:
        shown = (await browser.get("/members/Rowan")).text

    assert asked.status_code == 422
    assert f"{GIVES_AWAY}</textarea>" in asked.text
    assert 'name="choice" value="masked"' in asked.text
    assert GIVES_AWAY_MASKED in shown
    assert EMAIL not in shown
