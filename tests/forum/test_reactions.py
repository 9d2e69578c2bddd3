"""What follows from a fact happens in its transaction, or not at all."""

from dataclasses import replace

import pytest
from sqlmodel import func, select

from forum.accounts.roles import Role
from forum.database import Database, Transaction
from forum.facts import Fact
from forum.messages.publishing import submit
from forum.messages.submission import Reply, Submission
from forum.notifications.tables import Notice
from forum.reactions import react
from forum.review.tables import CareAlert
from tests.builders import IN_DANGER, Community, published
from tests.forum.talk import rows_of


async def notices(community: Community) -> int:
    """Return how many notices there are."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Notice))).one()


async def alerts(community: Community) -> int:
    """Return how many alerts there are."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(CareAlert))).one()


async def submit_and_break(community: Community, submission: Submission) -> None:
    """Submit where every reaction is run, and then breaks."""

    async def react_and_break(tx: Transaction, fact: Fact) -> None:
        await react(tx, fact)
        raise RuntimeError

    async def announce_nothing(_: object) -> None: ...

    breaking = Database(community.services.database.url, react_and_break, announce_nothing)
    try:
        await submit(replace(community.services, database=breaking), submission)
    finally:
        await breaking.aclose()


async def test_a_reply_and_its_notice_are_kept_together_or_not_at_all(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    reply = Submission(Reply(thread.place_id), wren.id, "I am with you.")

    with pytest.raises(RuntimeError):
        await submit_and_break(community, reply)
    after_the_crash = (len(await rows_of(community, thread.place_id)), await notices(community))
    await submit(community.services, reply)

    assert after_the_crash == (1, 0)
    assert (len(await rows_of(community, thread.place_id)), await notices(community)) == (2, 1)


async def test_words_of_danger_their_alert_and_the_moderators_notice_are_kept_together_or_not_at_all(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    await community.member("Linnet", Role.MODERATOR)
    danger = Submission(Reply(room.id), rowan.id, IN_DANGER)
    with pytest.raises(RuntimeError):
        await submit_and_break(community, danger)
    after_the_crash = (
        len(await rows_of(community, room.id)),
        await alerts(community),
        await notices(community),
    )
    await submit(community.services, danger)

    assert after_the_crash == (0, 0, 0)
    assert (len(await rows_of(community, room.id)), await alerts(community), await notices(community)) == (
        1,
        1,
        1,
    )
