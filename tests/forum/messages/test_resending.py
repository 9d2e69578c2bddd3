"""Sending again: one's own words come back, and no form loses any."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import Closed, ForumError, Invalid, TooManyRequests
from forum.language import N_
from forum.messages.questions import Question
from forum.messages.resending import Typed, form_nonce, optional_id, submission_in
from forum.messages.submission import Asked, Choice, Profile, Refused
from forum.web import words_in
from moderation.verdict import Finding, Outcome
from tests.builders import Community, published
from tests.forum.talk import hold_one, ruled

FORM = {"title": "A title", "text": "My words.", "nonce": "no uuid"}


async def test_the_words_of_what_was_turned_down_come_back_to_their_author_only(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    moderator = await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    waiting = await hold_one(community, rowan, room.id)
    await ruled(community, moderator, waiting.message_id, release=False)

    for member, comes_back in ((rowan, True), (wren, False), (moderator, False)):
        async with community.browser(member) as browser:
            shown = (await browser.get(f"/rooms/{room.id}?again={waiting.message_id}")).text

        assert ("worthless" in shown) == comes_back


async def test_what_is_published_is_edited_not_sent_again(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    said = published(await community.say(rowan, thread.place_id, "Only once."))

    async with community.browser(rowan) as browser:
        shown = (await browser.get(f"/threads/{thread.place_id}?again={said.message_id}")).text

    assert shown.count("Only once.") == 1


@pytest.mark.parametrize("text", [None, "", "x", "00000000", "'; drop table"])
def test_an_id_that_is_none_is_none(text: str | None) -> None:
    assert optional_id(text) is None


def test_an_id_is_read() -> None:
    wanted = uuid4()

    assert optional_id(str(wanted)) == wanted


def test_a_changed_nonce_is_refused_with_the_words_kept() -> None:
    with pytest.raises(ForumError) as caught:
        form_nonce(FORM)

    assert caught.value.kept == "A title\n\nMy words."


def test_a_limit_comes_back_in_the_form_and_says_how_long() -> None:
    typed = Typed.objected(FORM, TooManyRequests(7.5, N_("Slowly.")))

    assert (typed.form, typed.status, typed.retry_after) == (FORM, 429, 8)
    assert typed.errors == {"text": N_("Slowly.")}


def test_fields_to_mend_come_back_in_the_form() -> None:
    typed = Typed.objected(FORM, Invalid({"title": N_("Give it one.")}))

    assert (typed.form, typed.status, set(typed.errors)) == (FORM, 422, {"title"})


def test_a_closed_place_is_a_page_of_its_own_with_every_word_kept() -> None:
    with pytest.raises(Closed) as caught:
        Typed.objected(FORM, Closed())

    assert caught.value.kept == words_in(FORM) == "A title\n\nMy words."


def test_a_question_stands_above_the_words_that_were_typed() -> None:
    asked = Asked((Finding("language", Outcome.NUDGE, "a term"),), "My words.")

    typed = Typed.back(FORM, asked)

    assert (typed.form, typed.status, typed.errors) == (FORM, 422, {})
    assert typed.question == Question.of(asked)


def test_a_refusal_stands_at_the_words() -> None:
    typed = Typed.back(FORM, Refused(None, (Finding("empty", Outcome.REFUSE, ""),)))

    assert (typed.status, typed.question, set(typed.errors)) == (422, None, {"text"})


@pytest.mark.parametrize("choice", list(Choice))
def test_a_form_brings_the_choice_of_its_button(choice: Choice) -> None:
    form = FORM | {"nonce": str(uuid4()), "choice": choice.value}

    assert submission_in(form, Profile(), uuid4()).choice is choice


def test_a_choice_that_no_button_has_is_refused_with_the_words_kept() -> None:
    with pytest.raises(ForumError) as caught:
        submission_in(FORM | {"nonce": str(uuid4()), "choice": "unread"}, Profile(), uuid4())

    assert caught.value.kept == "A title\n\nMy words."
