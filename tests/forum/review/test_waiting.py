"""How long one waits: the median of what was decided lately, in words that promise nothing."""

from datetime import timedelta

import pytest

from forum.accounts.roles import Role
from forum.review.waiting import in_words, usual_wait, waits_of
from tests.builders import Community
from tests.forum.review.appeals import decide
from tests.forum.talk import hold_one, statements


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(seconds=0), "usually about a minute"),
        (timedelta(seconds=60), "usually about a minute"),
        (timedelta(seconds=61), "usually about 2 minutes"),
        (timedelta(minutes=8, seconds=20), "usually about 9 minutes"),
        (timedelta(minutes=60), "usually about an hour"),
        (timedelta(minutes=91), "usually about 2 hours"),
        (timedelta(hours=24), "usually about a day"),
        (timedelta(hours=49), "usually about 3 days"),
    ],
)
def test_a_wait_is_rounded_up(wait: timedelta, said: str) -> None:
    words = in_words(wait)

    assert (words.msgid % words.values if words.values else words.msgid) == said


async def test_the_median_of_what_was_decided_lately_is_told_to_whoever_waits(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    wren, room = await community.member("Wren"), await community.room()
    for minutes in (5, 500, 9):
        waiting = await hold_one(community, wren, room.id)
        community.clock.forward(minutes=minutes)
        await decide(community, linnet, waiting.message_id, "release")
    await hold_one(community, rowan, room.id)

    async with community.services.database.reading() as session:
        wait = await usual_wait(session, "held")
        unknown = await usual_wait(session, "edit")
        told, nobody = await waits_of(session, rowan.id), await waits_of(session, wren.id)

    assert (wait, unknown) == (timedelta(minutes=9), None)
    assert told["held"].values == {"num": 9}
    assert nobody == {}


async def test_whoever_waits_for_nothing_costs_one_query(community: Community) -> None:
    rowan = await community.member()

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            await waits_of(session, rowan.id)

    assert len(said) == 1
