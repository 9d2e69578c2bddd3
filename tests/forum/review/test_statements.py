"""The statement of reasons: what, why, who found it, who decided, what it means, and what one can do."""

from uuid import UUID

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.housekeeping import erase_refused
from forum.review.reporting import report
from forum.review.statements import Statement, statement_of
from forum.review.undoing import Reversal, reverse
from tests.builders import HARMLESS, HOLDS, Community, Member, published
from tests.forum.review.appeals import (
    ANSWER,
    FORBIDDEN,
    WHY,
    answered,
    appealed,
    decide,
    refused_by_machine,
    taken_down,
)
from tests.forum.talk import edited, hold_one


async def told(community: Community, member: Member, message_id: UUID) -> Statement:
    return await statement_of(community.services, member.viewer, message_id)


def said(statement: Statement) -> str:
    """Return all that a statement says, but for the author's words and letters."""
    alone = (statement.heading, statement.found, statement.decided, statement.wait)
    imposed = (one.words for one in statement.imposed)
    appeal = (statement.appeal.words,) if statement.appeal else ()
    words = (*alone, *statement.why, *statement.means, *imposed, *appeal)
    return " ".join(one.msgid % one.values if one.values else one.msgid for one in words if one)


async def cast(community: Community) -> tuple[Member, Member, Member]:
    return (
        await community.member(),
        await community.member("Linnet", Role.MODERATOR),
        await community.member("Siskin", Role.MODERATOR),
    )


async def test_what_waits_says_why_that_nobody_decided_and_how_long_it_takes(community: Community) -> None:
    rowan, linnet, _ = await cast(community)
    room = await community.room()
    before = await hold_one(community, rowan, room.id)
    community.clock.forward(minutes=9)
    await decide(community, linnet, before.message_id, "release")
    waiting = await hold_one(community, rowan, room.id)

    statement = await told(community, rowan, waiting.message_id)

    for words in ("waiting for a person", "Speak to people as people", "A filter found it", "9 minutes"):
        assert words in said(statement)
    assert "Nobody has decided yet" in said(statement)
    assert (statement.text, statement.appeal, statement.withdrawable) == (HOLDS, None, True)


async def test_a_machines_refusal_says_that_no_person_has_looked(community: Community) -> None:
    rowan = await community.member()
    message_id = await refused_by_machine(community, rowan, (await community.room()).id)

    statement = await told(community, rowan, message_id)

    assert "A filter decided. No person has looked at it yet." in said(statement)
    assert statement.text == FORBIDDEN
    assert statement.again is not None
    assert statement.appeal is not None
    assert statement.appeal.state == "open"


async def test_a_takedown_says_that_a_person_reported_it_and_a_person_decided(community: Community) -> None:
    rowan, linnet, _ = await cast(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())

    statement = await told(community, rowan, message_id)

    for words in (
        "taken down",
        "A person reported it",
        "A person of the moderation team",
        "people as people",
    ):
        assert words in said(statement)
    assert (statement.text, statement.imposed) == (HARMLESS, ())


@pytest.mark.parametrize(
    ("measure", "words", "ends"),
    [
        ("warn", "word of warning", False),
        ("pause", "pause from writing", True),
        ("suspend", "until the moderation team lifts it", False),
        ("removal", "in this room", False),
    ],
)
async def test_a_measure_says_what_it_means_and_when_it_ends(
    community: Community, measure: str, words: str, ends: bool
) -> None:
    rowan, linnet, _ = await cast(community)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    more = {"hours": 3} if measure == "pause" else {}
    letter = "Please speak kindly."
    await decide(community, linnet, waiting.message_id, "refuse", measure=measure, letter=letter, **more)

    statement = await told(community, rowan, waiting.message_id)

    assert words in said(statement)
    assert (statement.imposed[0].until is not None) is ends
    assert [one.author for one in statement.letters] == [None]


async def test_an_author_who_is_asked_to_change_their_words_reads_the_letter(community: Community) -> None:
    rowan, linnet, _ = await cast(community)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await decide(community, linnet, waiting.message_id, "ask-change", letter="Say it without the insult.")

    statement = await told(community, rowan, waiting.message_id)

    assert "asked to change" in said(statement)
    assert "Say it without the insult." in statement.letters[0].html
    assert statement.again is not None


async def test_a_decision_that_was_taken_back_says_so(community: Community) -> None:
    rowan, linnet, siskin = await cast(community)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    ruling = await decide(community, linnet, waiting.message_id, "refuse")
    community.clock.forward(hours=1)
    await reverse(community.services, Reversal(ruling.id, siskin.id, "It was a quotation."))

    statement = await told(community, rowan, waiting.message_id)

    assert statement.taken_back == (community.clock(),)
    assert statement.appeal is None


async def test_an_appeal_is_pending_then_answered_in_words(community: Community) -> None:
    rowan, linnet, siskin = await cast(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)

    pending = await told(community, rowan, message_id)
    await answered(community, siskin, message_id, "decline")
    done = await told(community, rowan, message_id)

    assert pending.appeal is not None
    assert done.appeal is not None
    assert (pending.appeal.state, done.appeal.state) == ("pending", "declined")
    assert [WHY in one.html for one in pending.letters] == [True]
    assert ANSWER in done.letters[-1].html


async def test_an_upheld_appeal_is_told_where_the_message_stands_again(community: Community) -> None:
    rowan, linnet, siskin = await cast(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)
    await answered(community, siskin, message_id, "uphold")

    statement = await told(community, rowan, message_id)

    assert "Your message is published" in said(statement)
    assert "you were right" in said(statement)


async def test_an_edit_that_waits_has_its_own_statement(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    edit = await edited(community, rowan, thread.message_id, HOLDS)

    statement = await told(community, rowan, edit.message_id)

    assert "Your edit is waiting for a person" in said(statement)
    with pytest.raises(NotFound):
        await told(community, rowan, thread.message_id)


async def test_when_the_words_are_gone_the_statement_says_so(community: Community) -> None:
    rowan, linnet, _ = await cast(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    community.clock.forward(days=190)
    await erase_refused(community.services)

    statement = await told(community, rowan, message_id)

    assert "not kept any more" in said(statement)
    assert (statement.text, statement.again) == ("", None)
    assert statement.appeal is not None
    assert statement.appeal.state == "late"


async def test_it_does_not_exist_for_others_or_where_a_report_came_to_nothing(community: Community) -> None:
    rowan, linnet, siskin = await cast(community)
    room = await community.room()
    message_id = await taken_down(community, rowan, linnet, room)
    kept = published(await community.say(rowan, room.id, "A quiet evening."))
    await report(community.services, siskin.viewer, kept.message_id, "other")
    await decide(community, linnet, kept.message_id, "keep")

    for member, one in ((linnet, message_id), (siskin, message_id), (rowan, kept.message_id)):
        with pytest.raises(NotFound):
            await told(community, member, one)
