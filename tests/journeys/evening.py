"""An evening's queue: twenty items of every kind, each by its own author, made through the real doors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from forum.accounts.roles import Role
from forum.messages.publishing import submit
from forum.messages.submission import Choice, Held, Published, Reply, Submission
from forum.review.reporting import report, report_handle
from realtime.backplane import open_backplane
from tests.builders import (
    CLAIMS,
    GIVES_AWAY,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Community,
    Member,
    held,
    opened_community,
    published,
)
from tests.forum.review.appeals import appealed
from tests.forum.talk import edited, ruled
from tests.journeys.site import Site

MOSS, FERN = "Moss-Warden", "Fern-Keeper"
OFFERS = (
    "Buy cheap pills now! Half the price, order at https://deals.example today",
    "Limited offer: our recovery tea, buy now at www.tea.example",
    "Best detox tea, order now, free shipping, and use code CALM",
    "Order our sleep gummies now at https://gummies.example and use code REST",
    "Buy now: coaching for half the price at https://coach.example, order today",
)
ADVERTISES = "Offers-Daily"
DANGER, WORRIES, NAMES_ANOTHER = "Ada-River", "Bay-Willow", "Cedar-Light"
ADVISES, COULD_CHANGE = "Dune-Walker", "Elm-Harbour"
UNDONE, CONTESTED = "Finch-Song", "Gale-Meadow"
BETTER_EDIT, WORSE_EDIT = "Heron-Still", "Iris-Pond"
APPEALS, HANDLE = "Jay-Feather", "Kelp-Shore"
MISREAD, DEALS, CLAIMED, ASKS = "Lark-Morning", "Moor-Grass", "Nettle-Tea", "Pine-Needle"
HELD = {
    NAMES_ANOTHER: "Call Tom on 07700 900123, he will tell you about his relapse.",
    ADVISES: CLAIMS,
    COULD_CHANGE: "You should stop taking your antidepressants.",
    UNDONE: HOLDS,
    CONTESTED: "You are a worthless idiot.",
}
REPORTED = {
    WORRIES: ("I have not slept for days, and I do not see the point of tomorrow.", "worried"),
    MISREAD: ("Well, that was a long day for all of us.", "unkind"),
    DEALS: ("I have a few spare ones from the pharmacy, write to me.", "dealing"),
    CLAIMED: ("Camomile tea helps me to sleep.", "health-claim"),
}
EDITED = {BETTER_EDIT: CLAIMS, WORSE_EDIT: "You are pathetic."}
REFUSED = "You are worthless, my father used to say. I believed him for years."
"""What somebody was refused, and appeals about."""
ITEMS = 20


@dataclass(frozen=True, slots=True)
class Evening:
    """The site with its queue; `appealed` is what was refused in the `room`, and appealed about."""

    site: Site
    room: UUID
    appealed: UUID


@dataclass(frozen=True, slots=True)
class Filling:
    """Fills the queue, one item after the other."""

    community: Community
    thread: UUID
    room: UUID

    async def fill(self, fern: Member) -> UUID:
        """Let everything happen; return the message that is appealed about."""
        danger = await self.community.member(DANGER)
        await self._say(danger, self.thread, IN_DANGER)
        for handle, text in HELD.items():
            held(await self._say(await self.community.member(handle), self.room, text))
        asks = await self.community.member(ASKS)
        held(await self._say(asks, self.room, GIVES_AWAY, Choice.ASK))
        seller = await self.community.member(ADVERTISES)
        for text in OFFERS:
            held(await self._say(seller, self.thread, text))
        await self._reports()
        for handle, text in EDITED.items():
            author = await self.community.member(handle)
            said = published(await self._say(author, self.thread, HARMLESS))
            assert isinstance(await edited(self.community, author, said.message_id, text), Held)
        return await self._appeal(fern)

    async def _reports(self) -> None:
        reporters = [await self.community.member(handle) for handle in ("Quiet-Reed", "Rill-Water")]
        for handle, (text, reason) in REPORTED.items():
            said = published(await self._say(await self.community.member(handle), self.thread, text))
            for one in reporters:
                await report(self.community.services, one.viewer, said.message_id, reason)
        await self.community.member(HANDLE)
        await report_handle(self.community.services, reporters[0].viewer, HANDLE, "unkind")

    async def _appeal(self, fern: Member) -> UUID:
        author = await self.community.member(APPEALS)
        said = held(await self._say(author, self.room, REFUSED))
        await ruled(self.community, fern, said.message_id, release=False)
        await appealed(self.community, author, said.message_id, "I wrote about myself, and of long ago.")
        return said.message_id

    async def _say(
        self, author: Member, place_id: UUID, text: str, choice: Choice = Choice.NONE
    ) -> Published | Held:
        """Say it some minutes after what was said before, at nobody's pace."""
        self.community.clock.forward(minutes=5)
        unpaced = replace(self.community.services, backplane=open_backplane("memory://"))
        answer = await submit(unpaced, Submission(Reply(place_id), author.id, text, choice=choice))
        assert isinstance(answer, Published | Held), (text, answer)
        return answer


@asynccontextmanager
async def an_evening(prepared: Path, folder: Path) -> AsyncIterator[Evening]:
    """Fill a queue, and serve the site with it."""
    async with opened_community(prepared, folder) as community:
        community.clock.now = datetime.now(UTC) - timedelta(hours=4)
        await community.member(MOSS, Role.MODERATOR)
        fern = await community.member(FERN, Role.MODERATOR)
        host = await community.member("Sorrel-Lane")
        thread = published(await community.thread(host, title="How was your day?")).place_id
        room = (await community.room(name="Evening check-in")).id
        about = await Filling(community, thread, room).fill(fern)
    site = Site(_database_in(folder))
    await asyncio.to_thread(site.start)
    yield Evening(site, room, about)
    await asyncio.to_thread(site.stop)


def _database_in(folder: Path) -> Path:
    [database] = folder.glob("*.db")
    return database
