"""Pages of a thread: every message once while others post, permalinks that land, and what is new."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.errors import NotFound
from forum.threads import everybody
from forum.threads.everybody import Shelf, Wanted
from forum.threads.reading import ThreadPage, Threads
from tests.builders import Community, Member, Prepared, held, opened_community, published
from tests.forum.talk import say_many, statements


async def page_of(
    community: Community, place_id: UUID, viewer: Member | None = None, wanted: Wanted | None = None
) -> ThreadPage:
    """Return a page as the viewer sees it."""
    async with community.services.database.reading() as session:
        threads = Threads(community.services.renderer, Shelf())
        return await threads.page(session, place_id, viewer.viewer if viewer else None, wanted or Wanted())


async def walk(community: Community, place_id: UUID, viewer: Member) -> AsyncIterator[ThreadPage]:
    """Follow `later` from the first page to the last."""
    page = await page_of(community, place_id, viewer)
    yield page
    while page.later:
        page = await page_of(community, place_id, viewer, Wanted(after=page.later))
        yield page


@pytest.mark.everywhere
@given(
    answers=st.lists(st.integers(0, 12), min_size=3, max_size=9),
    meanwhile=st.lists(st.integers(0, 9), max_size=4),
)
@settings(max_examples=4)
async def test_walking_on_shows_every_message_once_also_while_others_post(
    empty: Prepared,
    run: Path,
    answers: list[int],
    meanwhile: list[int],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(everybody, "PAGE", 3)
        async with opened_community(empty, run) as community:
            rowan, wren = await community.member(), await community.member("Wren")
            opening = published(await community.thread(rowan))
            place_id, said = opening.place_id, [opening.message_id]
            for number, choice in enumerate(answers):
                parent = said[choice] if choice < len(said) else None
                answer = await community.say(wren, place_id, f"Answer {number} of today.", parent)
                said.append(published(answer).message_id)
            coming, seen = list(meanwhile), []
            async for page in walk(community, place_id, rowan):
                seen += [one.id for one in page.messages]
                if coming:
                    parent = said[coming[0] % len(said)]
                    text = f"Meanwhile {coming.pop()} and {len(coming)}."
                    await community.say(rowan, place_id, text, parent)

            assert len(seen) == len(set(seen))
            assert set(said) <= set(seen)


async def test_every_permalink_lands_on_a_page_that_has_the_message(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "PAGE", 3)
    rowan, wren = await community.member(), await community.member("Wren")
    opening = published(await community.thread(rowan))
    said = [opening.message_id]
    for number in range(9):
        parent = said[-1] if number < 6 else None
        author = (rowan, wren)[number % 2]
        answer = await community.say(author, opening.place_id, f"Answer {number} of today.", parent)
        said.append(published(answer).message_id)

    for message_id in said:
        page = await page_of(community, opening.place_id, wren, Wanted(at=message_id))

        assert message_id in {one.id for one in page.messages}
    assert len((await page_of(community, opening.place_id, wren, Wanted(at=uuid4()))).messages) == 3


async def test_the_way_back_shows_the_page_one_came_from(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "PAGE", 3)
    rowan = await community.member()
    opening = published(await community.thread(rowan))
    await say_many(community, rowan, opening.place_id, 7)
    pages = [page async for page in walk(community, opening.place_id, rowan)]

    for before, after in pairwise(pages):
        assert after.earlier
        back = await page_of(community, opening.place_id, rowan, Wanted(before=after.earlier))

        assert [one.id for one in back.messages] == [one.id for one in before.messages]
        assert back.later == before.later
    assert pages[0].earlier is None


async def test_a_thread_whose_opening_waits_is_there_for_its_author_only(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    waiting = held(await community.thread(rowan, "You are worthless.", "An unkind title"))

    page = await page_of(community, waiting.place_id, rowan)
    with pytest.raises(NotFound):
        await page_of(community, waiting.place_id, wren)

    assert (page.title, page.messages, len(page.waiting)) == ("An unkind title", (), 1)


async def test_what_is_new_since_the_last_visit_is_marked_and_found(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "PAGE", 3)
    rowan, wren = await community.member(), await community.member("Wren")
    opening = published(await community.thread(rowan))
    await say_many(community, wren, opening.place_id, 2)
    url = f"/threads/{opening.place_id}"

    async with community.browser(rowan) as browser:
        first = (await browser.get(url)).text
        new = await say_many(community, wren, opening.place_id, 4)
        page = await page_of(community, opening.place_id, rowan)
        again = (await browser.get(url)).text
        await browser.get(f"{url}?at={page.first_new}")
        await browser.get(f"{url}?at={new[-1].message_id}")
        last = await page_of(community, opening.place_id, rowan)

    assert "Go to the first new reply" not in first
    assert page.first_new == new[0].message_id
    assert f"?at={new[0].message_id}" in again
    assert last.first_new is None


async def test_a_page_costs_the_same_queries_for_three_messages_and_for_thirty(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "PAGE", 40)
    rowan, wren = await community.member(), await community.member("Wren")
    opening = published(await community.thread(rowan))
    counts = []
    for more in (3, 27):
        await say_many(community, wren, opening.place_id, more)
        parent = opening.message_id
        await community.say(rowan, opening.place_id, f"An answer to {more}.", parent)
        with statements(community.services) as said:
            await page_of(community, opening.place_id, rowan)
        counts.append(len(said))

    assert counts[0] == counts[1]


async def test_many_read_while_one_writes(community: Community) -> None:
    rowan = await community.member()
    opening = published(await community.thread(rowan))

    said, pages = await asyncio.gather(
        community.say(rowan, opening.place_id, "One more reply."),
        asyncio.gather(*(page_of(community, opening.place_id, rowan) for _ in range(5))),
    )

    published(said)
    assert all(len(page.messages) in (1, 2) for page in pages)
