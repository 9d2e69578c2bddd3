"""The queue: the oldest first, in pages that fit together, in the same number of queries however long."""

from uuid import UUID

from forum.accounts.roles import Role
from forum.cursor import Cursor
from forum.review.queue import Item, queue_length, queue_page
from forum.review.reporting import report
from tests.builders import HOLDS, Community, Member, held, published
from tests.forum.talk import edited, hold_one, statements


async def page_of(
    community: Community, moderator: Member, after: Cursor | None = None, size: int = 50
) -> list[Item]:
    """Return a page of the queue."""
    async with community.services.database.reading() as session:
        return await queue_page(session, moderator.viewer, community.services.renderer, after, size)


async def fill(community: Community, authors: int, name: str) -> list[UUID]:
    """Let members write what waits: three each, held, edited and reported, a minute apart."""
    reporter, ids = await community.member(f"{name}reports"), []
    for number in range(authors):
        author, room = await community.member(f"{name}{number:02}"), await community.room()
        said = [published(await community.say(author, room.id, text)) for text in ("A line.", "Another.")]
        community.clock.forward(minutes=1)
        ids.append((await hold_one(community, author, room.id)).message_id)
        community.clock.forward(minutes=1)
        ids.append(held(await edited(community, author, said[0].message_id, f"{HOLDS} Yes.")).message_id)
        community.clock.forward(minutes=1)
        await report(community.services, reporter.viewer, said[1].message_id, "unkind")
        ids.append(said[1].message_id)
    return ids


async def test_the_oldest_comes_first_and_pages_fit_together(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    ids, found, after = await fill(community, 2, "first"), [], None

    while page := await page_of(community, linnet, after, 1):
        found += [(item.id, item.kind) for item in page]
        after = Cursor(page[-1].at, page[-1].id)

    assert [found_id for found_id, _ in found] == ids
    assert [kind for _, kind in found] == ["held", "edit", "reported"] * 2


async def test_the_queue_costs_the_same_queries_for_three_items_and_for_many(community: Community) -> None:
    linnet, counts = await community.member("Linnet", Role.MODERATOR), []
    for name, authors in (("first", 1), ("second", 4)):
        await fill(community, authors, name)
        with statements(community.services) as said:
            items = await page_of(community, linnet)
        counts.append((len(items), len(said)))

    assert [items for items, _ in counts] == [3, 15]
    assert counts[0][1] == counts[1][1] <= 5


async def test_ones_own_message_waits_for_somebody_else(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await hold_one(community, linnet, (await community.room()).id)

    async with community.services.database.reading() as session:
        lengths = [await queue_length(session, one.viewer) for one in (linnet, harbour)]

    assert lengths == [0, 1]
    assert await page_of(community, linnet) == []


async def test_a_report_shows_the_words_that_were_reported(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, "What I said first."))
    await report(community.services, wren.viewer, said.message_id, "private")
    await edited(community, rowan, said.message_id, "Something harmless.")

    item = (await page_of(community, linnet))[0]

    assert (item.excerpt, item.reports) == ("What I said first.", 1)
