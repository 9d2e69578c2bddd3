"""A message's words without the details in them, judged again."""

from uuid import uuid4

import pytest

from forum.errors import Invalid, NotFound
from forum.messages.masking import NOTHING_FOUND, details_in, without_details
from forum.messages.submission import Choice
from moderation.verdict import Finding, Outcome, Span
from tests.builders import GIVES_AWAY, GIVES_AWAY_MASKED, HOLDS, Community, held


async def test_the_details_are_taken_out_and_the_rest_is_judged(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    asked_for = held(await community.choose(rowan, room.id, GIVES_AWAY, Choice.ASK))

    masked = await without_details(community.services, asked_for.message_id)

    assert masked.verdict.text == GIVES_AWAY_MASKED
    assert masked.version == (await community.message(asked_for.message_id)).version
    assert details_in(masked.verdict.findings) == []


async def test_what_has_no_details_cannot_be_masked(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    waiting = held(await community.say(rowan, room.id, HOLDS))

    with pytest.raises(Invalid) as caught:
        await without_details(community.services, waiting.message_id)

    assert caught.value.fields == {"action": NOTHING_FOUND}
    with pytest.raises(NotFound):
        await without_details(community.services, uuid4())


def test_a_span_is_named_where_a_finding_saw_one_kind_only() -> None:
    one = Finding(
        "own-details",
        Outcome.MASK,
        "the author's own: phone number",
        kind="phone number",
        spans=(Span(1, 4),),
    )
    two = Finding(
        "own-details", Outcome.MASK, "the author's own: name, address", kind="name", spans=(Span(5, 6),)
    )
    other = Finding("spam", Outcome.HOLD, "spam", spans=(Span(7, 8),))

    assert [span.what for span in details_in([one, two, other])] == ["phone number", ""]
