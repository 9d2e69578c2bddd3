"""The demo's gatherings to come: planned, signed up for and called off as on the pages, at earlier hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from forum.calendar.cancelling import Cancelling, cancel
from forum.calendar.keeping import all_dates
from forum.calendar.planning import planned
from forum.calendar.scheduling import Wish, schedule
from forum.calendar.signing_up import sign_up
from forum.calendar.slots import slots_of
from forum.calendar.tables import Coming, Gathering, Occurrence
from forum.calendar.taking_slots import take_slot
from forum.calendar.words import Words
from forum.demo.gathering_forms import form_of
from forum.demo.gatherings_story import GatheringStory
from forum.demo.people import People
from forum.demo.story import PEOPLE
from forum.messages.submission import Answer, Choice, Published

JOINED = {person.handle: timedelta(days=person.days) for person in PEOPLE}
SIGNED_UP_BEFORE = timedelta(hours=8)
"""Before now, at the latest."""
CALLED_OFF_BEFORE = timedelta(hours=5)
DATES_AHEAD = 4
"""For so many dates of a gathering people have signed up already."""


def guests_of(story: GatheringStory, starts: datetime, now: datetime) -> list[str]:
    """Return who had joined a week before it begins, in the order of signing up."""
    return [one for one in story.crowd.guests if now - JOINED[one] < starts - timedelta(days=7)]


@dataclass(frozen=True, slots=True)
class ToCome:
    """What is planned for these people in one space, as seen from now."""

    people: People
    space_id: UUID
    now: datetime

    async def plan(self, story: GatheringStory, starts: Sequence[datetime], at: datetime) -> None:
        """Schedule these dates at a moment; let guests sign up, and call it off where the story says so."""
        then = self.people.at(at)
        form = await planned(then, form_of(story, starts), draft=False)
        wish = Wish(uuid4(), self.space_id, form, self._words(story, story.title, story.text))
        _check_published(story, await schedule(then, wish))
        async with self.people.services.database.reading() as session:
            dates = await all_dates(session, wish.gathering_id)
        for one in dates[:DATES_AHEAD]:
            await self._sign_up(story, one)
        if story.called_off:
            await self._call_off(story, wish.gathering_id)

    def _words(self, story: GatheringStory, title: str, text: str) -> Words:
        return Words(self.people.accounts[story.planned_by], title, text, uuid4(), Choice.AS_IT_IS)

    async def _sign_up(self, story: GatheringStory, date: Occurrence) -> None:
        """Let everybody answer, a minute apart; those with a seat take on what is needed."""
        at = min(date.starts_at - timedelta(days=3), self.now - SIGNED_UP_BEFORE)
        guests = guests_of(story, date.starts_at, self.now)
        said = [(one, Coming.YES) for one in guests] + [(one, Coming.MAYBE) for one in story.crowd.maybe]
        for position, (guest, reply) in enumerate(said):
            then = self.people.at(at + timedelta(minutes=position))
            await sign_up(then, self.people.viewer(guest), date.id, reply)
        async with self.people.services.database.reading() as session:
            slots = await slots_of(session, date.gathering_id)
        takers, then = iter(guests[: story.crowd.capacity]), self.people.at(at + timedelta(minutes=len(said)))
        for slot in slots:
            for guest in islice(takers, slot.needed):
                await take_slot(then, self.people.viewer(guest), date.id, slot.id)

    async def _call_off(self, story: GatheringStory, gathering_id: UUID) -> None:
        then = self.people.at(self.now - CALLED_OFF_BEFORE)
        async with then.database.reading() as session:
            version = (await session.get_one(Gathering, gathering_id)).version
        words = self._words(story, "", story.called_off)
        _check_published(story, await cancel(then, Cancelling(gathering_id, version, words)))


def _check_published(story: GatheringStory, answer: Answer | None) -> None:
    if not isinstance(answer, Published):
        raise ValueError(f"the demo's words about {story.title!r} were not published: {answer}")
