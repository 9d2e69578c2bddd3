"""What an appeal that was right puts back, and rulings from before there were items."""

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.messages.tables import State
from forum.review.putting_back import put_back
from forum.review.tables import ReviewItem, Ruling
from forum.review.undoing import Reversal, reverse
from tests.builders import Community, published
from tests.forum.talk import hold_one, rows_of


@pytest.mark.parametrize(("how", "waits"), [("reversed", True), ("appeal", False)])
async def test_an_appeal_takes_nothing_from_its_author_and_a_reversal_looks_again(
    community: Community, how: str, waits: bool
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id)).message_id
    ruling = Ruling(
        message_id=said,
        account_id=rowan.id,
        moderator_id=linnet.id,
        outcome="kept",
        reason="kindness",
        measure="warn",
        made_at=community.clock(),
    )

    async with community.services.database.transaction() as tx:
        back = await put_back(tx, ruling, how, community.clock())

    assert (back.restored, back.waits) == (True, waits)
    assert (await community.message(said)).state == State.PUBLISHED


async def test_a_ruling_from_before_there_were_items_opens_one(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    old = Ruling(
        message_id=said, moderator_id=linnet.id, outcome="released", reason="", made_at=community.clock()
    )
    async with community.services.database.transaction() as tx:
        tx.session.add(old)

    undone = await reverse(community.services, Reversal(old.id, linnet.id, "It gives somebody away."))

    async with community.services.database.reading() as session:
        items = (await session.exec(select(ReviewItem))).all()
    assert [one.message_id for one in items] == [said]
    assert undone.item is not None
    assert [one.state for one in await rows_of(community, room.id)] == [State.REMOVED]


async def test_an_edit_that_waits_is_not_brought_back_over_what_was_taken_down(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = (await hold_one(community, rowan, (await community.room()).id)).message_id
    ruling = Ruling(
        message_id=waiting,
        account_id=rowan.id,
        moderator_id=linnet.id,
        outcome="edit-released",
        reason="",
        made_at=community.clock(),
    )

    async with community.services.database.transaction() as tx:
        back = await put_back(tx, ruling, "reversed", community.clock())

    assert (back.restored, back.waits) == (False, False)
