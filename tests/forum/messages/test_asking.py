"""Asked before sending: nothing is written, what is chosen is done, no detail passes as it was typed."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.messages.asking import ASKED_FOR, as_chosen, has_question, quoted
from forum.messages.publishing import submit
from forum.messages.submission import Asked, Choice, Edit, Opening, Profile, Reply, Submission
from forum.messages.tables import State
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.verdict import Finding, Lane, Outcome, Span, Verdict
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    IN_DANGER,
    STIGMA,
    Community,
    Member,
    asked,
    held,
    published,
)
from tests.forum.talk import rows_of, ruled
from tests.moderation.scorers import Answers

CHOICES = tuple(Choice)


def finds(
    word: str, rule: str, outcome: Outcome, lane: Lane = Lane.CONDUCT
) -> Callable[[Draft], Finding | None]:
    """Return a stage that finds a word."""

    def stage(draft: Draft) -> Finding | None:
        at = draft.words.find(word)
        if at < 0:
            return None
        return Finding(rule, outcome, "a word", lane, spans=(Span(at, at + len(word), "it"),))

    return stage


async def chosen(text: str, choice: Choice, *stages: Callable[[Draft], Finding | None]) -> Verdict | Asked:
    """Return what follows from a choice, with these stages alone."""
    pipeline, draft = Pipeline(Answers(), stages), Draft(text)
    return await as_chosen(pipeline, draft, await pipeline.screen(draft), choice)


# What follows from a choice


async def test_a_detail_passes_masked_or_waits_or_is_asked_about_again() -> None:
    details = finds("secret", "d", Outcome.MASK)
    became = {choice: await chosen("My secret.", choice, details) for choice in CHOICES}

    question = Asked(
        (Finding("d", Outcome.MASK, "a word", spans=(Span(3, 9, "it"),)),), "My secret.", "My [it]."
    )
    waits, masked = became[Choice.ASK], became[Choice.MASKED]
    assert isinstance(waits, Verdict)
    assert isinstance(masked, Verdict)
    assert became[Choice.NONE] == became[Choice.AS_IT_IS] == question
    assert (waits.outcome, waits.findings[-1]) == (Outcome.HOLD, ASKED_FOR)
    assert (masked.outcome, masked.text, masked.findings) == (Outcome.PUBLISH, "My [it].", ())


async def test_kinder_words_are_only_ever_a_suggestion() -> None:
    words = finds("harsh", "language", Outcome.NUDGE)
    became = {choice: await chosen("A harsh word.", choice, words) for choice in CHOICES}

    as_it_is = became[Choice.AS_IT_IS]
    assert isinstance(as_it_is, Verdict)
    assert (as_it_is.outcome, as_it_is.text) == (Outcome.NUDGE, "A harsh word.")
    assert isinstance(became[Choice.NONE], Asked)
    assert isinstance(became[Choice.MASKED], Asked)


async def test_what_is_left_after_masking_is_judged_like_any_other_text() -> None:
    details, brackets = finds("secret", "d", Outcome.MASK), finds("[it]", "b", Outcome.HOLD)
    more = finds("[it]", "m", Outcome.MASK)

    for stage in (brackets, more):
        left = await chosen("My secret.", Choice.MASKED, details, stage)

        assert isinstance(left, Verdict)
        assert (left.outcome, left.text) == (Outcome.HOLD, "My [it].")


async def test_nothing_can_be_masked_where_no_place_is_known() -> None:
    def everywhere(_: Draft) -> Finding:
        return Finding("d", Outcome.MASK, "all of it")

    left = await chosen("My secret.", Choice.MASKED, everywhere)

    assert isinstance(left, Asked)
    assert left.masked == ""


async def test_over_a_hold_its_author_is_asked_about_details_but_not_about_kinder_words() -> None:
    details, waits = finds("secret", "d", Outcome.MASK), finds("secret", "h", Outcome.HOLD)
    words = finds("secret", "language", Outcome.NUDGE)
    pipelines = [Pipeline(Answers(), stages) for stages in ((details, waits), (words, waits), (waits,))]
    verdicts = [await pipeline.screen(Draft("My secret.")) for pipeline in pipelines]

    assert [has_question(verdict) for verdict in verdicts] == [True, False, False]


async def test_nobody_who_may_be_in_danger_waits_behind_a_question() -> None:
    danger = finds("danger", "c", Outcome.PUBLISH, Lane.CARE)
    details, words = finds("secret", "d", Outcome.MASK), finds("harsh", "language", Outcome.NUDGE)

    for choice in (Choice.NONE, Choice.AS_IT_IS):
        with_details = await chosen("danger secret", choice, danger, details)
        with_words = await chosen("danger harsh", choice, danger, words)

        assert isinstance(with_details, Verdict)
        assert isinstance(with_words, Verdict)
        assert (with_details.outcome, with_words.outcome) == (Outcome.HOLD, Outcome.NUDGE)


def test_what_was_seen_is_quoted_once_in_the_order_of_the_text() -> None:
    spans = (Span(4, 7), Span(0, 3), Span(8, 11))

    assert quoted("one two one", spans) == ("one", "two")
    assert quoted("", spans) == ()


# At the door


async def test_who_is_asked_has_written_nothing_and_takes_no_seq(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    for text in (GIVES_AWAY, STIGMA):
        asked(await community.say(rowan, room.id, text))

    assert not await rows_of(community, room.id)


@pytest.mark.parametrize("choice", CHOICES)
async def test_whatever_is_chosen_others_never_read_a_detail_as_it_was_typed(
    community: Community, choice: Choice
) -> None:
    rowan, room = await community.member(), await community.room()

    await community.choose(rowan, room.id, GIVES_AWAY, choice)

    rows = await rows_of(community, room.id)
    public = [row.text + row.html for row in rows if row.state == State.PUBLISHED]
    assert not any(EMAIL in words for words in public)
    assert [row.text for row in rows] == {
        Choice.MASKED: [GIVES_AWAY_MASKED],
        Choice.ASK: [GIVES_AWAY],
    }.get(choice, [])


async def test_title_and_text_are_both_masked(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    opening = Submission(Opening(space.id, f"Find me at {EMAIL}"), rowan.id, GIVES_AWAY, choice=Choice.MASKED)

    opened = published(await submit(community.services, opening))

    row = await community.message(opened.message_id)
    assert (row.title, row.text) == ("Find me at [e-mail address]", GIVES_AWAY_MASKED)
    assert EMAIL not in row.html


@pytest.mark.parametrize("choice", [Choice.NONE, Choice.AS_IT_IS])
async def test_an_edit_and_a_profile_are_asked_about_too(community: Community, choice: Choice) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    version = (await community.message(said.message_id)).version

    for target in (Edit(said.message_id, version), Profile()):
        asked(await submit(community.services, Submission(target, rowan.id, GIVES_AWAY, choice=choice)))

    edit = Submission(Edit(said.message_id, version), rowan.id, GIVES_AWAY, choice=Choice.MASKED)
    published(await submit(community.services, edit))
    assert (await community.message(said.message_id)).text == GIVES_AWAY_MASKED


async def test_what_stays_as_it_is_is_published_with_what_was_suggested_on_record(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()

    said = published(await community.choose(rowan, room.id, STIGMA, Choice.AS_IT_IS))

    assert (await community.message(said.message_id)).text == STIGMA


async def test_who_switched_the_hints_off_is_asked_about_details_only(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).nudges = False

    published(await community.say(rowan, room.id, STIGMA))
    asked(await community.say(rowan, room.id, GIVES_AWAY))


async def test_the_send_that_was_asked_about_is_one_message_however_often_it_comes(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    first = Submission(Reply(room.id), rowan.id, GIVES_AWAY)
    masked = replace(first, choice=Choice.MASKED)
    asked(await submit(community.services, first))

    once, twice = await asyncio.gather(submit(community.services, masked), submit(community.services, masked))
    late = await submit(community.services, first)

    assert once == twice == late == published(late)
    assert len(await rows_of(community, room.id)) == 1


async def test_a_moderator_reads_first_what_its_author_wants_read_first(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    moderator: Member = await community.member("Linnet", Role.MODERATOR)

    waiting = held(await community.choose(rowan, room.id, STIGMA, Choice.ASK))
    await ruled(community, moderator, waiting.message_id, release=True)

    assert [found.rule for found in waiting.findings] == ["language", "asked-for"]
    assert (await community.message(waiting.message_id)).state == State.PUBLISHED


async def test_words_of_danger_with_details_wait_but_are_kept_at_once(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    waiting = held(await community.say(rowan, room.id, f"{IN_DANGER} {GIVES_AWAY}"))
    said = published(await community.say(rowan, room.id, f"{IN_DANGER} {STIGMA}"))

    assert (waiting.cared, said.cared) == (True, True)
