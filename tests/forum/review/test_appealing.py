"""Appealing: once a decision, within six months, never lost, and read by somebody else."""

import asyncio

import pytest
from sqlmodel import col, func, select

from forum.accounts.roles import Role
from forum.audit.tables import AuditEntry
from forum.errors import Conflict, Invalid, NotFound
from forum.messages.tables import Message
from forum.review.appealing import Plea, appeal
from forum.review.decided import APPEAL_DAYS
from forum.review.reporting import report
from forum.review.tables import Appeal, Case, ReviewItem
from tests.builders import HARMLESS, HOLDS, Community, Member, published
from tests.forum.review.appeals import (
    WHY,
    answered,
    appealed,
    decide,
    item_about,
    refused_by_machine,
    taken_down,
)
from tests.forum.talk import hold_one


async def two(community: Community) -> tuple[Member, Member]:
    return await community.member(), await community.member("Linnet", Role.MODERATOR)


async def test_an_appeal_waits_beside_what_else_waits_about_the_message(community: Community) -> None:
    rowan, linnet = await two(community)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await decide(community, linnet, waiting.message_id, "refuse")

    made = await appealed(community, rowan, waiting.message_id)

    item = await item_about(community, waiting.message_id, "appeal")
    assert (made.item_id, item.account_id, item.found_by) == (item.id, rowan.id, "person")
    assert (await community.message(made.letter_id)).text == WHY
    async with community.services.database.reading() as session:
        acts = (await session.exec(select(AuditEntry.act).order_by(col(AuditEntry.seq)))).all()
    assert acts[-1] == "appeal-made"


async def test_words_that_would_wait_elsewhere_reach_the_moderators(
    community: Community,
) -> None:
    rowan, linnet = await two(community)
    message_id = await refused_by_machine(community, rowan, (await community.room()).id)

    made = await appealed(community, rowan, message_id, f"It said “{HOLDS}”, write to rowan@heather.example")

    assert (await community.message(made.letter_id)).state == "held"
    async with community.services.database.reading() as session:
        kinds = (await session.exec(select(ReviewItem.kind))).all()
    assert kinds == ["appeal"]
    assert linnet.viewer.can_moderate


@pytest.mark.everywhere
async def test_two_appeals_at_once_make_one(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())

    made = await asyncio.gather(
        *(appealed(community, rowan, message_id, text) for text in (WHY, WHY, "Other."))
    )

    async with community.services.database.reading() as session:
        items = (await session.exec(select(ReviewItem).where(ReviewItem.kind == "appeal"))).all()
        appeals = (await session.exec(select(func.count()).select_from(Appeal))).one()
        case = (await session.exec(select(Case))).one()
        words = (await session.exec(select(Message.text).where(Message.place_id == case.letters_id))).all()
    assert (len({one.id for one in made}), appeals, len(items)) == (1, 1, 1)
    assert sorted(words) == sorted({WHY, "Other."})


async def test_a_decision_is_appealed_once_and_the_words_of_the_second_are_given_back(
    community: Community,
) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    first = await appealed(community, rowan, message_id)

    again = await appealed(community, rowan, message_id)
    with pytest.raises(Conflict) as second:
        await appealed(community, rowan, message_id, "And another thing.")

    assert again.id == first.id
    assert second.value.kept == "And another thing."


async def test_another_decision_about_the_same_message_can_be_appealed_too(community: Community) -> None:
    rowan, linnet = await two(community)
    message_id = await refused_by_machine(community, rowan, (await community.room()).id)
    first = await appealed(community, rowan, message_id)
    await answered(community, linnet, message_id, "uphold")
    wren = await community.member("Wren")
    await report(community.services, wren.viewer, message_id, "unkind")
    await decide(community, linnet, message_id, "take-down")

    second = await appealed(community, rowan, message_id)

    assert (first.ruling_id, second.ruling_id is None) == (None, False)


@pytest.mark.parametrize(("days", "late"), [(APPEAL_DAYS, False), (APPEAL_DAYS + 1, True)])
async def test_one_can_appeal_for_six_months(community: Community, days: int, late: bool) -> None:
    rowan, linnet = await two(community)
    message_id = await taken_down(community, rowan, linnet, await community.room())
    community.clock.forward(days=days)

    if late:
        with pytest.raises(Conflict) as error:
            await appealed(community, rowan, message_id)
        assert "more than six months ago" in error.value.words.msgid
    else:
        assert await appealed(community, rowan, message_id)


async def test_nobody_appeals_for_somebody_else_or_against_nothing(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await community.say(rowan, (await community.room()).id, HARMLESS))

    with pytest.raises(NotFound):
        await appealed(community, wren, said.message_id)
    with pytest.raises(Conflict):
        await appealed(community, rowan, said.message_id)
    with pytest.raises(Invalid):
        await appeal(community.services, Plea(said.message_id, rowan.id, "  "))


async def test_whoever_is_suspended_can_still_appeal(community: Community) -> None:
    rowan, linnet = await two(community)
    room = await community.room()
    waiting = await hold_one(community, rowan, room.id)
    await decide(community, linnet, waiting.message_id, "refuse", measure="suspend")

    made = await appealed(community, rowan, waiting.message_id)

    assert made.ruling_id is not None
