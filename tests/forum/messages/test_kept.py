"""Claims about kept texts: which are given, in order, a page at a time, as they stood when they were sent."""

from datetime import timedelta
from uuid import UUID

from forum.accounts.roles import Role
from forum.messages.kept import Kept, count_kept, kept_texts
from forum.messages.tables import Message
from forum.messages.withdrawing import erase_refused_before
from forum.spaces.tables import Audience
from moderation.draft import Kind
from tests.builders import HARMLESS, HOLDS, Community, published
from tests.forum.talk import edited, hold_one, ruled, say_many


async def all_kept(community: Community, size: int = 200, days: int = 30) -> list[Kept]:
    since = community.clock() - timedelta(days=days)
    return [one async for page in kept_texts(community.services, since, size) for one in page]


async def test_every_text_is_given_once_in_order_however_small_the_pages(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 7)

    given = [[one.id for one in await all_kept(community, size)] for size in (1, 3, 7, 200)]

    assert given == [[one.message_id for one in said]] * 4


async def test_what_was_held_or_taken_down_is_given_and_what_is_gone_is_not(community: Community) -> None:
    rowan, iris = await community.member(), await community.member("Iris", Role.MODERATOR)
    room = await community.room()
    waiting = await hold_one(community, rowan, room.id)
    community.clock.forward(minutes=20)
    not_published = await hold_one(community, rowan, room.id)
    await ruled(community, iris, not_published.message_id, release=False)

    before = await all_kept(community)
    community.clock.forward(days=20)
    async with community.services.database.transaction() as tx:
        await erase_refused_before(tx, community.clock())
    after = await all_kept(community)
    async with community.services.database.reading() as session:
        count = await count_kept(session, community.clock() - timedelta(days=30))

    assert [one.id for one in before] == [waiting.message_id, not_published.message_id]
    assert [one.id for one in after] == [waiting.message_id]
    assert count == 1


async def test_a_draft_has_its_kind_its_audience_its_title_and_its_author(community: Community) -> None:
    rowan = await community.member(days=3)
    space = await community.space(Audience.PUBLIC)
    thread = published(await community.thread(rowan, title="Zeppelin title", space=space))
    room = await community.room(space=await community.space(Audience.MEMBERS))
    community.clock.forward(days=2)
    await community.say(rowan, room.id, "A line.")

    opening, line = await all_kept(community)

    assert (opening.draft.kind, opening.draft.audience, opening.draft.title) == (
        Kind.MESSAGE,
        "public",
        "Zeppelin title",
    )
    assert (line.draft.kind, line.draft.audience, line.draft.text) == (Kind.LINE, "members", "A line.")
    assert (opening.draft.standing.published, opening.draft.standing.days) == (0, 3)
    assert (line.draft.standing.published, line.draft.standing.days) == (1, 5)
    assert (opening.id, opening.space_id) == (thread.message_id, space.id)


async def test_what_the_author_had_just_said_is_known_over_pages_and_forgotten_in_time(
    community: Community,
) -> None:
    rowan, iris, room = await community.member(), await community.member("Iris"), await community.room()
    for minutes, who, words in (
        (0, rowan, "One."),
        (4, iris, "Two."),
        (4, rowan, "Three."),
        (8, rowan, "Four."),
    ):
        community.clock.forward(minutes=minutes)
        published(await community.say(who, room.id, words))

    recent = [one.draft.standing.recent for one in await all_kept(community, size=2)]

    assert recent == [(), (), ("One.",), ("Three.",)]


async def test_an_edit_does_not_repeat_what_it_revises(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    await edited(community, rowan, said.message_id, HOLDS)

    recent = {one.id: one.draft.standing.recent for one in await all_kept(community)}

    assert list(recent.values()) == [(), ()]


async def test_no_text_shows_in_a_repr(community: Community) -> None:
    rowan = await community.member()
    await community.thread(rowan)

    [one] = await all_kept(community)

    assert HARMLESS not in repr(one)
    assert isinstance(one.id, UUID)
    assert Message.__name__ not in repr(one)
