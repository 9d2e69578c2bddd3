"""Claims about the preview: it counts what a draft would change, in bounded time, and writes nothing."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.backtesting import Limit
from forum.drafts.previewing import LIMIT, Preview, preview
from forum.policies.own import Own
from forum.policies.tables import PolicyDraft
from moderation.verdict import Outcome
from tests.builders import HARMLESS, HOLDS, Community, held
from tests.forum.talk import ruled, say_many, statements


def drafted(community: Community, words: str = "", own: Own | None = None) -> PolicyDraft:
    return PolicyDraft(
        account_id=uuid4(),
        based_on=0,
        words=words,
        own=(own or Own()).as_json(),
        saved_at=community.clock(),
    )


async def test_words_and_outcomes_are_tried_on_what_was_said(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await community.say(rowan, room.id, HARMLESS)
    waits = held(await community.say(rowan, room.id, HOLDS))
    await ruled(community, await community.member("Linnet", Role.MODERATOR), waits.message_id, release=False)

    with statements(community.services) as asked:
        told = await preview(
            community.services, drafted(community, "slept well", Own({"toxicity": Outcome.REFUSE}))
        )

    assert (told.messages, told.failed, told.changed) == (2, 0, 2)
    assert {key: count for key, count in told.was.items() if count} == {"published": 1, "held": 1}
    assert {key: count for key, count in told.becomes.items() if count} == {"held": 1, "refused": 1}
    assert told.rules == {"held": {"words": 1}, "refused": {"toxicity": 1}}
    assert (told.ruled, told.agreed_before, told.agreed_after) == (1, 1, 1)
    assert not any(one.startswith(("INSERT", "UPDATE", "DELETE")) for one in asked)


async def test_the_operators_list_goes_on_counting_in_the_preview(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await community.say(rowan, room.id, HARMLESS)

    told = await preview(community.services, drafted(community))

    assert told.changed == 0


async def test_only_the_latest_are_tried_and_only_for_so_long(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    for _ in range(30):
        community.clock.forward(minutes=20)
        await say_many(community, rowan, room.id, 1)

    few = await preview(community.services, drafted(community), Limit(7, 60.0))
    short = await preview(community.services, drafted(community), Limit(300, 0.0))

    assert few.messages == 7
    assert short.messages == 20
    assert LIMIT.seconds <= 5


@pytest.mark.parametrize(
    "told", [Preview(), Preview(3, 1, 1, 1, 0, {"held": 2}, {"held": 1}, {}, {"held": {"spam": 1}})]
)
def test_it_reads_back_as_it_was(told: Preview) -> None:
    assert Preview.from_json(told.as_json()) == told
    assert Preview.from_json("") is None
