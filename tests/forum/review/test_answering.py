"""Answering an appeal: by somebody else, in words, once, and all that was taken is given back."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.tables import AuditEntry
from forum.database import Database, Transaction
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.facts import Fact, MessageRuled
from forum.housekeeping import erase_refused
from forum.messages.tables import Message
from forum.notifications.tables import Notice
from forum.reactions import react
from forum.review.answering import Answered
from forum.review.tables import Case, Recusal
from tests.builders import HARMLESS, HOLDS, Community, Member
from tests.forum.review.appeals import (
    ANSWER,
    FORBIDDEN,
    answered,
    appealed,
    decide,
    refused_by_machine,
    taken_down,
)
from tests.forum.talk import hold_one


async def team(community: Community) -> tuple[Member, Member, Member]:
    """Return a member, who decides, and who looks again."""
    return (
        await community.member(),
        await community.member("Linnet", Role.MODERATOR),
        await community.member("Siskin", Role.MODERATOR),
    )


async def letters_to(community: Community, message_id: UUID) -> list[tuple[str, str]]:
    async with community.services.database.reading() as session:
        case = (await session.exec(select(Case).where(Case.about_id == message_id))).one()
        query = select(Message.text, Message.state).where(Message.place_id == case.letters_id)
        return list((await session.exec(query.order_by(col(Message.id)))).all())


async def test_an_upheld_appeal_puts_a_taken_down_message_back_where_it_stood(community: Community) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    before = (await community.message(message_id)).seq
    await appealed(community, rowan, message_id)

    done = await answered(community, siskin, message_id, "uphold")

    message = await community.message(message_id)
    assert (done.restored, done.appeal.outcome) == (True, "upheld")
    assert (message.state, message.seq, message.text) == ("published", before, HARMLESS)
    assert (await letters_to(community, message_id))[-1] == (ANSWER, "published")
    async with community.services.database.reading() as session:
        acts = (await session.exec(select(AuditEntry.act).order_by(col(AuditEntry.seq)))).all()
        kinds = (await session.exec(select(Notice.kind).where(Notice.account_id == rowan.id))).all()
    assert acts[-2:] == ["ruling-undone", "appeal-decided"]
    assert kinds.count("appeal-upheld") == 1
    assert "taken-back" not in kinds


async def test_an_upheld_appeal_publishes_what_the_machine_refused(community: Community) -> None:
    rowan, _, siskin = await team(community)
    message_id = await refused_by_machine(community, rowan, (await community.room()).id)
    await appealed(community, rowan, message_id)

    await answered(community, siskin, message_id, "uphold")

    message = await community.message(message_id)
    assert (message.state, message.text) == ("published", FORBIDDEN)


async def test_an_upheld_appeal_lifts_a_suspension_also_where_the_words_are_gone(
    community: Community,
) -> None:
    rowan, linnet, siskin = await team(community)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await decide(community, linnet, waiting.message_id, "refuse", measure="suspend")
    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(Message, waiting.message_id)
        row.text = row.title = ""
    await appealed(community, rowan, waiting.message_id)

    done = await answered(community, siskin, waiting.message_id, "uphold")

    async with community.services.database.reading() as session:
        account = await session.get_one(Account, rowan.id)
    assert (done.restored, account.suspended_until) == (False, None)


async def test_a_declined_appeal_leaves_everything_as_it_is(community: Community) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)

    done = await answered(community, siskin, message_id, "decline")

    assert (done.appeal.outcome, done.appeal.decided_by) == ("declined", siskin.id)
    assert (await community.message(message_id)).state == "removed"


async def test_whoever_decided_is_the_author_or_has_a_conflict_cannot_answer(community: Community) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)
    async with community.services.database.transaction() as tx:
        tx.session.add(Recusal(moderator_id=siskin.id, account_id=rowan.id, since=community.clock()))

    for moderator, error in ((linnet, Forbidden), (siskin, Forbidden), (rowan, NotFound)):
        with pytest.raises(error):
            await answered(community, moderator, message_id, "decline")
    assert len(await letters_to(community, message_id)) == 1


async def test_an_answer_needs_words_that_pass_and_an_action(community: Community) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)

    for action, text in (("uphold", " "), ("uphold", HOLDS), ("release", ANSWER)):
        with pytest.raises(Invalid):
            await answered(community, siskin, message_id, action, text)
    assert len(await letters_to(community, message_id)) == 1


@pytest.mark.everywhere
async def test_two_answers_at_once_are_one_and_the_letter_of_the_other_is_taken_back(
    community: Community,
) -> None:
    rowan, linnet, siskin = await team(community)
    other = await community.member("Dipper", Role.MODERATOR)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)

    results = await asyncio.gather(
        answered(community, siskin, message_id, "decline", "It stays as it is."),
        answered(community, other, message_id, "uphold"),
        return_exceptions=True,
    )

    [done] = [one for one in results if isinstance(one, Answered)]
    assert [type(one) for one in results if one is not done] == [Conflict]
    standing = [text for text, state in await letters_to(community, message_id) if state != "withdrawn"]
    assert standing[1:] == [ANSWER if done.appeal.outcome == "upheld" else "It stays as it is."]


@asynccontextmanager
async def crashing(community: Community) -> AsyncIterator[None]:
    """Break every transaction in which a ruling is told."""
    working = community.services

    async def crash(tx: Transaction, fact: Fact) -> None:
        if isinstance(fact, MessageRuled):
            raise BrokenPipeError
        await react(tx, fact)

    async def tell_nobody(_facts: Sequence[Fact]) -> None:
        return

    broken = Database(working.database.url, crash, tell_nobody)
    community.services = replace(working, database=broken)
    try:
        with pytest.raises(BrokenPipeError):
            yield
    finally:
        community.services = working
        await broken.aclose()


@pytest.mark.parametrize("first", [ANSWER, "Other words."])
async def test_after_a_crash_one_answer_is_sent_whatever_it_said_before(
    community: Community, first: str
) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    await appealed(community, rowan, message_id)
    async with crashing(community):
        await answered(community, siskin, message_id, "uphold", first)
    left_behind = [text for text, _ in await letters_to(community, message_id)]

    await answered(community, siskin, message_id, "uphold")

    letters = await letters_to(community, message_id)
    assert left_behind[1:] == [first]
    assert [text for text, state in letters if state == "published"][1:] == [ANSWER]
    assert len(letters) == (2 if first == ANSWER else 3)


async def test_words_stay_while_an_appeal_about_them_waits(community: Community) -> None:
    rowan, linnet, siskin = await team(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    community.clock.forward(days=180)
    await appealed(community, rowan, message_id)
    community.clock.forward(days=30)

    await erase_refused(community.services)
    while_pending = (await community.message(message_id)).text
    await answered(community, siskin, message_id, "decline")
    await erase_refused(community.services)

    assert (while_pending, (await community.message(message_id)).text) == (HARMLESS, "")
