"""Topics: what belongs to each, and leaving them to others."""

import asyncio
from uuid import UUID

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Invalid
from forum.messages.explanations import WHY
from forum.messages.tables import RecordedFinding
from forum.review.reporting import REASONS
from forum.review.tables import ReviewItem
from forum.wellbeing.topics import CHILDREN, TOPICS, is_about, leave_topics, topics_of
from moderation.stages.care import ORDER
from moderation.verdict import Lane
from tests.builders import HARMLESS, Community, Member, published
from tests.forum.wellbeing.deciding import opened


async def about(community: Community, topic: str) -> set[UUID]:
    async with community.services.database.reading() as session:
        return set((await session.exec(select(ReviewItem.id).where(is_about(topic)))).all())


async def topics(community: Community, member: Member) -> frozenset[str]:
    async with community.services.database.reading() as session:
        return await topics_of(session, member.id)


async def found_in(community: Community, message_id: UUID, kind: str) -> None:
    """Write down that the care stage saw this kind."""
    async with community.services.database.transaction() as tx:
        tx.session.add(
            RecordedFinding(
                message_id=message_id, rule="care", outcome=0, lane=Lane.CARE, detail="", kind=kind
            )
        )


def test_every_kind_of_danger_belongs_to_one_topic() -> None:
    kinds = [kind for topic in TOPICS.values() for kind in topic.kinds]

    assert sorted(kinds) == sorted({*ORDER, ""})


def test_every_rule_of_a_topic_is_a_rule_or_a_reason_that_there_is_and_in_no_other_topic() -> None:
    rules = [rule for topic in TOPICS.values() for rule in topic.rules]

    assert set(rules) <= {*WHY, *REASONS, "threat"}
    assert len(rules) == len(set(rules))


async def test_a_moderator_leaves_topics_and_takes_them_up_again(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await leave_topics(community.services, linnet.id, ["self-harm", CHILDREN])
    before = await topics(community, linnet)
    await leave_topics(community.services, linnet.id, [CHILDREN, "drugs"])

    assert before == {"self-harm", CHILDREN}
    assert await topics(community, linnet) == {CHILDREN, "drugs"}
    with pytest.raises(Invalid):
        await leave_topics(community.services, linnet.id, ["politics"])
    assert await topics(community, linnet) == {CHILDREN, "drugs"}


@pytest.mark.everywhere
async def test_saving_twice_at_once_keeps_the_choice_once(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    await asyncio.gather(*(leave_topics(community.services, linnet.id, ["drugs"]) for _ in range(4)))

    assert await topics(community, linnet) == {"drugs"}


async def test_an_item_belongs_to_a_topic_by_its_rule_or_its_reports_reason(community: Community) -> None:
    rowan = await community.member()
    threat = await opened(community, rowan, rule="threat")
    worried = await opened(community, rowan, rule="worried")
    links = await opened(community, rowan, rule="links")

    assert await about(community, "violence") == {threat.id}
    assert await about(community, "self-harm") == {worried.id}
    assert [topic for topic in TOPICS if links.id in await about(community, topic)] == []


async def test_danger_belongs_to_a_topic_by_its_kind(community: Community) -> None:
    rowan = await community.member()
    items = {}
    for kind in ("planned", "overdose-own", "violence", ""):
        thread = published(await community.thread(rowan, f"A calm day, {kind or 'all of it'}."))
        await found_in(community, thread.message_id, kind)
        items[kind] = await opened(
            community, rowan, rule="care", lane=0, kind="care", message_id=thread.message_id
        )

    assert await about(community, "self-harm") == {items["planned"].id, items[""].id}
    assert await about(community, "overdose") == {items["overdose-own"].id}
    assert await about(community, "violence") == {items["violence"].id}


async def test_an_edits_finding_belongs_to_the_message_that_it_changed(community: Community) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan))
    edit = published(await community.thread(rowan, "Something else."))
    await found_in(community, edit.message_id, "planned")
    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(type(await community.message(edit.message_id)), edit.message_id)
        row.revises_id, row.state = thread.message_id, "applied"
    item = await opened(community, rowan, rule="care", lane=0, kind="care", message_id=thread.message_id)

    assert await about(community, "self-harm") == {item.id}


@pytest.mark.parametrize(
    ("text", "severity", "belongs"),
    [
        ("He shouts at his KIDS every night.", 4, True),
        ("My daughter saw it all.", 3, True),
        ("My daughter plays the flute.", 2, False),
        ("The kidney clinic called.", 4, False),
        (HARMLESS, 4, False),
    ],
)
async def test_children_are_a_topic_of_hard_items_only(
    community: Community, text: str, severity: int, belongs: bool
) -> None:
    rowan = await community.member()
    thread = published(await community.thread(rowan, text))
    item = await opened(community, rowan, rule="unkind", severity=severity, message_id=thread.message_id)

    assert await about(community, CHILDREN) == ({item.id} if belongs else set())
