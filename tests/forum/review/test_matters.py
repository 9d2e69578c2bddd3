"""What a moderator decides on, read as it is now."""

from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.review.decisions import Decision
from forum.review.matters import latest_item, read_matter
from forum.review.reporting import report, report_handle
from forum.review.tables import ReviewItem
from tests.builders import Community
from tests.forum.talk import hold_one, item_about, ruled


async def test_a_matter_is_an_item_with_its_message_or_a_handle_without(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = (await hold_one(community, rowan, (await community.room()).id)).message_id
    await report_handle(community.services, linnet.viewer, "Rowan", "unkind")

    async with community.services.database.reading() as session:
        items = (await session.exec(select(ReviewItem).order_by(ReviewItem.id))).all()  # type: ignore[arg-type]
        decisions = [Decision(one.id, linnet.id, one.version, "release") for one in items]
        matters = [await read_matter(session, one, community.clock()) for one in decisions]
        with pytest.raises(NotFound):
            await read_matter(session, Decision(uuid4(), linnet.id, 1, "release"), community.clock())

    assert [one.subject for one in matters] == [f"message:{waiting}", f"account:{rowan.id}"]


async def test_the_open_item_of_a_message_comes_before_those_that_are_done(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = (await hold_one(community, rowan, (await community.room()).id)).message_id
    first = await item_about(community, waiting)
    await ruled(community, linnet, waiting, release=True)
    done = await item_about(community, waiting)
    await report(community.services, (await community.member("Wren")).viewer, waiting, "unkind")

    async with community.services.database.reading() as session:
        latest = await latest_item(session, waiting)
        nothing = await latest_item(session, uuid4())

    assert done.id == first.id
    assert latest is not None
    assert (latest.id != first.id, latest.closed_at, nothing) == (True, None, None)
