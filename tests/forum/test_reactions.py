"""What follows from a fact happens in its transaction, or not at all."""

from dataclasses import replace

import pytest
from sqlmodel import func, select

from forum.database import Database, Transaction
from forum.facts import Fact
from forum.messages.publishing import submit
from forum.messages.submission import Reply, Submission
from forum.notifications.tables import Notice
from forum.reactions import react
from tests.builders import Community, published
from tests.forum.talk import rows_of


async def notices(community: Community) -> int:
    """Return how many notices there are."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Notice))).one()


async def test_a_reply_and_its_notice_are_kept_together_or_not_at_all(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    reply = Submission(Reply(thread.place_id), wren.id, "I am with you.")

    async def react_and_break(tx: Transaction, fact: Fact) -> None:
        await react(tx, fact)
        raise RuntimeError

    async def announce_nothing(_: object) -> None: ...

    breaking = Database(community.services.database.url, react_and_break, announce_nothing)
    with pytest.raises(RuntimeError):
        await submit(replace(community.services, database=breaking), reply)
    await breaking.aclose()
    after_the_crash = (len(await rows_of(community, thread.place_id)), await notices(community))
    await submit(community.services, reply)

    assert after_the_crash == (1, 0)
    assert (len(await rows_of(community, thread.place_id)), await notices(community)) == (2, 1)
