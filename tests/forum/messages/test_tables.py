"""What the tables themselves refuse."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from forum.messages.tables import Message, State
from moderation.markup import CleanHtml, render
from tests.builders import Community, published


async def test_html_that_the_sanitiser_did_not_make_cannot_be_kept(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    row = Message(
        place_id=room.id,
        author_id=rowan.id,
        nonce=uuid4(),
        text="",
        html="<script>alert(1)</script>",  # type: ignore[arg-type]
        state=State.HELD,
        created_at=community.clock(),
    )

    with pytest.raises(StatementError, match="only CleanHtml"):
        await add(community, row)


async def test_what_was_kept_comes_back_as_clean_html(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id, "**Well** done."))

    row = await community.message(said.message_id)

    assert isinstance(row.html, CleanHtml)
    assert "<strong>Well</strong>" in row.html


async def test_no_seq_and_no_nonce_is_taken_twice(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    known = await community.message(said.message_id)

    for nonce, seq in ((known.nonce, None), (uuid4(), known.seq)):
        twin = Message(
            place_id=room.id,
            author_id=rowan.id,
            nonce=nonce,
            seq=seq,
            text="",
            html=render(""),
            state=State.HELD,
            created_at=community.clock(),
        )
        with pytest.raises(IntegrityError):
            await add(community, twin)


async def add(community: Community, row: Message) -> None:
    """Write the row."""
    async with community.services.database.transaction() as tx:
        tx.session.add(row)
