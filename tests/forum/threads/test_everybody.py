"""Claims about pages that are kept for a moment: they cost nothing, and show what is so."""

from dataclasses import dataclass, field

import pytest
from sqlmodel import col, update

from forum.accounts.tables import Account
from forum.messages.withdrawing import withdraw
from forum.spaces.tables import Place
from forum.threads import everybody
from forum.threads.everybody import KEPT_SECONDS, Everybody, Shelf, Wanted
from tests.builders import HOLDS, Community, held, published
from tests.forum.talk import statements


@dataclass
class Reader:
    """Reads pages of one thread from a shelf, by a clock of its own."""

    community: Community
    place_id: object
    now: float = 0.0
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = Shelf(lambda: self.now)

    async def read(self, wanted: Wanted | None = None) -> tuple[Everybody, int]:
        """Return a page, and how many statements it took beside the place's own."""
        with statements(self.community.services) as said:
            async with self.community.services.database.reading() as session:
                place = await session.get_one(Place, self.place_id)
                page = await self.shelf.page(session, place, wanted or Wanted())
        return page, len(said) - 1


async def test_a_page_is_read_once_while_nothing_changes(community: Community) -> None:
    opening = published(await community.thread(await community.member()))
    reader = Reader(community, opening.place_id)

    first, again = await reader.read(), await reader.read()

    assert first[1] > 0
    assert again == (first[0], 0)


async def test_what_is_said_and_what_is_withdrawn_is_seen_at_once(community: Community) -> None:
    rowan = await community.member()
    opening = published(await community.thread(rowan))
    reader = Reader(community, opening.place_id)
    seen = [await reader.read()]

    reply = published(await community.say(rowan, opening.place_id, "I made soup today."))
    seen.append(await reader.read())
    await withdraw(community.services, rowan.id, reply.message_id)
    seen.append(await reader.read())

    assert [[str(one.html) for one in page.messages[1:]] for page, _ in seen] == [
        [],
        ["<p>I made soup today.</p>\n"],
        [""],
    ]


async def test_another_handle_is_seen_a_moment_later(community: Community) -> None:
    rowan = await community.member()
    reader = Reader(community, published(await community.thread(rowan)).place_id)
    await reader.read()
    async with community.services.database.transaction() as tx:
        await tx.session.exec(update(Account).where(col(Account.id) == rowan.id).values(handle="Sorrel"))

    before = (await reader.read())[0].messages[0].author.handle
    reader.now += KEPT_SECONDS
    after = (await reader.read())[0].messages[0].author.handle

    assert (before, after) == ("Rowan", "Sorrel")


async def test_an_opening_that_waits_is_not_kept(community: Community) -> None:
    answer = held(await community.thread(await community.member(), HOLDS))
    reader = Reader(community, answer.place_id)

    page, _ = await reader.read()

    assert page.opening.seq is None
    assert (await reader.read())[1] > 0


async def test_only_so_many_pages_are_kept_and_the_one_longest_unseen_goes(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "KEPT_MOST", 2)
    opening = published(await community.thread(await community.member()))
    reader = Reader(community, opening.place_id)
    pages = [Wanted(), Wanted(at=opening.message_id), Wanted(after="0")]

    for wanted in (pages[0], pages[1], pages[0], pages[2]):
        await reader.read(wanted)

    assert (await reader.read(pages[0]))[1] == 0
    assert (await reader.read(pages[1]))[1] > 0
