"""What is in the care lane is closed with words, and nothing is kept of a try that failed."""

import pytest

from forum.accounts.roles import Role
from forum.audit.recording import Act
from forum.database import Transaction
from forum.desk.looping import decide
from forum.desk.playbook import playbook_of
from forum.errors import Conflict, Invalid
from forum.review.cases import case_of, remarks_of
from forum.review.decisions import Decision
from tests.builders import IN_DANGER, Community, published
from tests.forum.queueing import item_of

HOW = "Juniper answered, and they are not alone tonight."


async def test_closing_words_go_into_the_notes_and_the_last_step(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    item = await item_of(community, danger.message_id)
    decision = Decision(item.id, linnet.id, item.version, "seen")
    stale = Decision(item.id, linnet.id, item.version + 1, "seen")

    with pytest.raises(Invalid) as silent:
        await decide(community.services, item, decision, " ")
    with pytest.raises(Conflict):
        await decide(community.services, item, stale, HOW)
    ruling = await decide(community.services, item, decision, HOW)

    assert "closing" in silent.value.fields
    assert ruling.outcome == "seen"
    async with community.services.database.reading() as session:
        case = await case_of(session, danger.message_id, rowan.id)
        assert case is not None
        notes = await remarks_of(session, case, linnet.id)
        book = await playbook_of(session, danger.message_id)
    assert [HOW in note.html for note in notes] == [True]
    assert book is not None
    assert [one.handle for one in book.closed] == ["Linnet"]


async def test_asking_for_a_second_opinion_closes_nothing_and_needs_no_words(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    item = await item_of(community, danger.message_id)

    ruling = await decide(
        community.services, item, Decision(item.id, linnet.id, item.version, "escalate"), ""
    )

    assert ruling.outcome == "escalated"


async def test_the_last_step_is_written_with_the_decision_or_not_at_all(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    danger = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    item = await item_of(community, danger.message_id)

    async def breaks(tx: Transaction, act: Act) -> None:
        raise RuntimeError

    monkeypatch.setattr("forum.review.ruling.record", breaks)
    with pytest.raises(RuntimeError):
        await decide(community.services, item, Decision(item.id, linnet.id, item.version, "seen"), HOW)

    async with community.services.database.reading() as session:
        book = await playbook_of(session, danger.message_id)
    assert book is not None
    assert book.closed == ()
    assert (await item_of(community, danger.message_id)).closed_at is None
