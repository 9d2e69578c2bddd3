"""The queue: danger first, then the oldest, in pages that fit together, in as many queries however long."""

from datetime import UTC, datetime
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest

from forum.accounts.roles import Role
from forum.cursor import Cursor
from forum.errors import ForumError
from forum.messages.explanations import WHY
from forum.messages.withdrawing import withdraw
from forum.review.queue import AFTER, URGENT, Item, Last, queue_length, queue_page
from forum.review.reporting import report
from tests.builders import HOLDS, IN_DANGER, Community, Member, held, published
from tests.forum.talk import edited, hold_one, statements


async def page_of(
    community: Community, moderator: Member, after: Last | None = None, size: int = 50
) -> list[Item]:
    """Return a page of the queue."""
    async with community.services.database.reading() as session:
        return await queue_page(session, moderator.viewer, community.services.renderer, after, size)


async def pages_of_one(community: Community, moderator: Member) -> list[Item]:
    """Return the whole queue, an item at a time."""
    found: list[Item] = []
    while page := await page_of(community, moderator, found[-1].last if found else None, 1):
        found += page
    return found


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
    ids = await fill(community, 2, "first")

    found = await pages_of_one(community, linnet)

    assert [item.id for item in found] == ids
    assert [item.kind for item in found] == ["held", "edit", "reported"] * 2


async def test_where_somebody_may_be_in_danger_comes_first_however_late_and_each_once(
    community: Community,
) -> None:
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    ids, wren = await fill(community, 1, "first"), await community.member("Wren")
    urgent = []
    for number in range(2):
        author = await community.member(f"Author{number}")
        urgent.append(published(await community.say(author, room.id, f"{IN_DANGER} {number}")).message_id)
        community.clock.forward(minutes=1)
    await report(community.services, wren.viewer, urgent[0], "worried")
    held_too = held(await community.say(wren, room.id, f"{IN_DANGER} {HOLDS}")).message_id

    found = await pages_of_one(community, linnet)

    assert [item.id for item in found] == [*urgent, held_too, *ids]
    assert [item.kind for item in found][:3] == ["reported", "care", "held"]
    assert [item.urgent for item in found] == [True] * 3 + [False] * 3
    async with community.services.database.reading() as session:
        assert await queue_length(session, linnet.viewer) == len(found)


async def test_danger_in_an_edit_shows_the_words_that_others_see_now(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    await edited(community, rowan, said.message_id, IN_DANGER)

    [item] = await page_of(community, linnet)

    assert (item.id, item.kind, item.excerpt) == (said.message_id, "care", IN_DANGER)
    assert item.reasons == (WHY["care"].msgid,)


async def test_whoever_takes_such_words_back_is_still_looked_for(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    await withdraw(community.services, rowan.id, said.message_id)

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert "The words were withdrawn.</a>" in desk
    assert "The words were withdrawn." in item
    assert "<mark>" not in item


@pytest.mark.parametrize("lane", [URGENT, AFTER])
def test_where_a_page_ends_comes_back_from_an_address(lane: int) -> None:
    last = Last(lane, Cursor(datetime(2026, 11, 22, 18, 0, tzinfo=UTC), uuid4()))

    assert Last.parse(unquote(str(last))) == last


@pytest.mark.parametrize("text", ["", "_", "2_x", "yesterday", "0_yesterday", "-1_", "00_"])
def test_an_address_that_was_tampered_with_is_no_place_in_the_queue(text: str) -> None:
    with pytest.raises(ForumError):
        Last.parse(text)


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
