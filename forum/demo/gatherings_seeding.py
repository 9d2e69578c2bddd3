"""Seeds the demo's gatherings: those that are over with who came and what they said, and those to come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, islice
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from uuid_utils.compat import uuid7

from forum.calendar.keeping import keep_plan, new_dates
from forum.calendar.planning import planned
from forum.calendar.slots import slots_of
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, SlotTaken, Stage
from forum.demo.gathering_days import starts_in
from forum.demo.gathering_forms import form_of
from forum.demo.gatherings_story import ANSWERS, MISSING_EVERY, THANKS, GatheringStory
from forum.demo.gatherings_to_come import ToCome, guests_of
from forum.demo.people import People
from forum.feedback.answering import answer
from forum.feedback.dates import OPEN_FOR
from forum.feedback.questions import Question, counter
from forum.feedback.tables import Feedback
from forum.feedback.thanking import thank
from forum.messages.submission import Choice, Leaf, Published, Reply, Submission
from forum.spaces.tables import Place, PlaceKind

PLANNED_BEFORE = timedelta(days=14)
"""How long before its first date, or before now, a gathering was planned."""
APART = timedelta(hours=3)
"""Between planning one and the next."""
ANSWERED_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Over:
    """The dates of a gathering that are over, in order."""

    story: GatheringStory
    dates: Sequence[Occurrence]


@dataclass
class GatheringSeeding:
    """What is planned for these people, in these spaces, as seen from now."""

    people: People
    spaces: dict[str, UUID]
    now: datetime
    over: dict[str, Over] = field(default_factory=dict)
    _planned: int = 0

    async def hold(self, story: GatheringStory) -> None:
        """Plan a gathering, and let its guests sign up and come.

        What is over and what is to come are two of the same name, the later one planned a while ago: the log
        of what was done here, which planning is written down in, goes back no further than a month or two.
        """
        starts, length = starts_in(story.when, self.now), timedelta(minutes=story.when.minutes)
        over = [one for one in starts if one + length <= self.now]
        if over:
            self.over[story.title] = Over(story, await self._hold(story, over))
        if to_come := starts[len(over) :]:
            at = self.now - PLANNED_BEFORE + APART * self._planned
            await ToCome(self.people, self.spaces[story.space], self.now).plan(story, to_come, at)
            self._planned += 1

    async def look_back(self) -> None:
        """Let everybody who had a seat answer the three questions, and two thank their hosts."""
        for over in self.over.values():
            for number, one in enumerate(over.dates):
                await self._answer(over.story, number, one)
        for title, guest, text in THANKS:
            one = self.over[title].dates[-1]
            said = Submission(Reply(one.id), self.people.accounts[guest], text, choice=Choice.AS_IT_IS)
            then = self.people.at(min(one.ends_at + ANSWERED_AFTER, self.now))
            became, _ = await thank(then, self.people.viewer(guest), one.id, said)
            if not isinstance(became, Published):
                raise ValueError(f"the demo's thanks for {title!r} were not published: {became}")

    async def _hold(self, story: GatheringStory, starts: Sequence[datetime]) -> Sequence[Occurrence]:
        """Write the dates that are over as rows: nobody can sign up for them, or come, any more."""
        at = starts[0] - PLANNED_BEFORE
        plan = await planned(self.people.at(at), form_of(story, starts), draft=False)
        gathering = await self._announced(story, at)
        dates = new_dates(gathering.id, plan.timing.dates, at)
        async with self.people.services.database.transaction() as tx:
            await keep_plan(tx.session, gathering, plan)
            tx.session.add_all(dates)
            await tx.session.flush()
            for number, one in enumerate(dates):
                self._come(tx.session, story, number, one)
            await self._share_out(tx.session, story, dates)
        return dates

    async def _announced(self, story: GatheringStory, at: datetime) -> Gathering:
        """Return a gathering whose words are published, and which is not kept yet."""
        own = uuid7()
        place = Place(
            kind=PlaceKind.GATHERING,
            space_id=self.spaces[story.space],
            name=str(own),
            last_at=at,
            created_at=at,
        )
        async with self.people.services.database.transaction() as tx:
            tx.session.add(place)
        said = await self.people.say(at, story.planned_by, story.text, Leaf(place.id, story.title))
        if not isinstance(said, Published):
            raise ValueError(f"the demo's gathering {story.title!r} was not published: {said}")
        made_by = self.people.accounts[story.planned_by]
        return Gathering(
            id=own,
            place_id=place.id,
            made_by_id=made_by,
            stage=Stage.SCHEDULED,
            created_at=at,
            changed_at=at,
        )

    def _come(self, session: AsyncSession, story: GatheringStory, number: int, date: Occurrence) -> None:
        """Of those with a seat some are missing, on each date somebody else."""
        guests = guests_of(story, date.starts_at, self.now)
        date.coming = min(story.crowd.capacity or len(guests), len(guests))
        date.queued = len(guests) - date.coming
        for position, guest in enumerate(guests):
            at = date.starts_at - timedelta(days=3) + timedelta(minutes=position)
            waits = position >= date.coming
            there = not waits and (number + position) % MISSING_EVERY
            session.add(
                SignUp(
                    occurrence_id=date.id,
                    account_id=self.people.accounts[guest],
                    reply=Coming.YES,
                    queue_number=position - date.coming + 1 if waits else None,
                    at=at,
                    seated_at=None if waits else at,
                    came_at=date.starts_at if there else None,
                )
            )

    async def _share_out(
        self, session: AsyncSession, story: GatheringStory, dates: Sequence[Occurrence]
    ) -> None:
        """The guests took what was needed, in order, as far as they reached."""
        guests = iter(guests_of(story, dates[0].starts_at, self.now))
        for slot in await slots_of(session, dates[0].gathering_id):
            for guest in islice(guests, slot.needed):
                account_id = self.people.accounts[guest]
                session.add_all(
                    SlotTaken(slot_id=slot.id, occurrence_id=one.id, account_id=account_id) for one in dates
                )

    async def _answer(self, story: GatheringStory, number: int, one: Occurrence) -> None:
        """Let everybody who had a seat answer; of dates that are asked about no more the counts are left."""
        guests = guests_of(story, one.starts_at, self.now)[: one.coming]
        said = [ANSWERS[(number + position) % len(ANSWERS)] for position in range(len(guests))]
        answers = [dict(zip(Question, choices, strict=True)) for choices in said]
        if one.ends_at + OPEN_FOR <= self.now:
            counts = Counter(
                counter(*given) for given in chain.from_iterable(one_by_one.items() for one_by_one in answers)
            )
            async with self.people.services.database.transaction() as tx:
                tx.session.add(Feedback(occurrence_id=one.id, **counts))
            return
        then = self.people.at(min(one.ends_at + ANSWERED_AFTER, self.now))
        for guest, given in zip(guests, answers, strict=True):
            await answer(then, self.people.viewer(guest), one.id, given)
