"""Seeds the demo's gatherings: words through the one door, dates, who signed up, who came, what they said."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Coming, Gathering, Host, Occurrence, SignUp, Slot, SlotTaken, Stage
from forum.demo.gathering_days import days_of, local_of, rule_of, starts_of
from forum.demo.gathering_names import Names
from forum.demo.gatherings_story import ANSWERS, MISSING_EVERY, THANKS, GatheringStory
from forum.demo.people import People
from forum.demo.story import PEOPLE
from forum.feedback.answering import answer
from forum.feedback.dates import OPEN_FOR
from forum.feedback.questions import Question, counter
from forum.feedback.tables import Feedback
from forum.feedback.thanking import thank
from forum.messages.submission import Choice, Leaf, Published, Reply, Submission
from forum.spaces.tables import Place, PlaceKind

PLANNED_BEFORE = timedelta(days=14)
"""How long before its first date, or before now, a gathering was planned."""
JOINED = {person.handle: timedelta(days=person.days) for person in PEOPLE}
ANSWERED_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Held:
    """A gathering that stands, with its dates in order."""

    story: GatheringStory
    gathering: Gathering
    dates: tuple[Occurrence, ...]

    def past(self, now: datetime) -> list[tuple[int, Occurrence]]:
        """Return the dates that are over, with their numbers, if it was not called off."""
        over = [(number, one) for number, one in enumerate(self.dates) if one.ends_at <= now]
        return [] if self.story.cancelled else over


@dataclass
class GatheringSeeding:
    """What is planned for these people, in these spaces, as seen from now."""

    people: People
    spaces: dict[str, UUID]
    now: datetime
    held: dict[str, Held] = field(default_factory=dict)

    async def hold(self, story: GatheringStory) -> None:
        """Plan a gathering, and let its guests sign up and come."""
        names = await Names.of(self.people, story)
        days = days_of(story.when, self.now)
        planned = min(starts_of(story.when, days[0]), self.now) - PLANNED_BEFORE
        place_id = await self._say(story, planned)
        gathering = self._gathering(story, names, place_id, planned)
        gathering.starts_local = local_of(story.when, days[0])
        dates = [self._date(story, gathering, day, planned) for day in days]
        held = Held(story, gathering, tuple(dates))
        async with self.people.services.database.transaction() as tx:
            tx.session.add(gathering)
            await tx.session.flush()
            tx.session.add_all([*dates, *self._hosts(held)])
            await tx.session.flush()
            for number, one in enumerate(dates):
                self._sign_up(tx.session, story, (number, one))
            await self._share_out(tx.session, held, names)
        self.held[story.title] = held

    async def look_back(self) -> None:
        """Let everybody who had a seat answer the three questions, and two thank their hosts."""
        for held in self.held.values():
            for number, one in held.past(self.now):
                await self._answer(held, number, one)
        for title, guest, text in THANKS:
            _, one = self.held[title].past(self.now)[-1]
            said = Submission(Reply(one.id), self.people.accounts[guest], text, choice=Choice.AS_IT_IS)
            then = self.people.at(min(one.ends_at + ANSWERED_AFTER, self.now))
            became, _ = await thank(then, self.people.viewer(guest), one.id, said)
            if not isinstance(became, Published):
                raise ValueError(f"the demo's thanks for {title!r} were not published: {became}")

    def _hosts(self, held: Held) -> list[Host]:
        accounts = [self.people.accounts[host] for host in held.story.hosts]
        return [
            Host(gathering_id=held.gathering.id, account_id=one, facilitates=number > 0)
            for number, one in enumerate(accounts)
        ]

    def _guests(self, story: GatheringStory, starts: datetime) -> list[str]:
        """Return who had joined a week before, in the order of signing up."""
        return [one for one in story.crowd.guests if self.now - JOINED[one] < starts - timedelta(days=7)]

    async def _say(self, story: GatheringStory, at: datetime) -> UUID:
        place = Place(kind=PlaceKind.GATHERING, space_id=self.spaces[story.space], last_at=at, created_at=at)
        async with self.people.services.database.transaction() as tx:
            tx.session.add(place)
        said = await self.people.say(at, story.planned_by, story.text, Leaf(place.id, story.title))
        if not isinstance(said, Published):
            raise ValueError(f"the demo's gathering {story.title!r} was not published: {said}")
        return place.id

    def _gathering(self, story: GatheringStory, names: Names, place_id: UUID, planned: datetime) -> Gathering:
        return Gathering(
            place_id=place_id,
            made_by_id=self.people.accounts[story.planned_by],
            stage=Stage.CANCELLED if story.cancelled else Stage.SCHEDULED,
            kind=story.kind,
            pathway=story.pathway,
            format=story.where.format,
            is_public=story.public,
            partner=names.partner,
            area=names.area,
            venue=story.where.venue,
            zone=story.when.zone,
            minutes=story.when.minutes,
            rule=rule_of(story.when),
            capacity=story.crowd.capacity,
            agenda=names.agenda,
            takes_questions=story.questions,
            votes_on_questions=story.questions,
            transcript=story.transcript,
            created_at=planned,
            changed_at=planned,
        )

    def _date(self, story: GatheringStory, gathering: Gathering, day: date, planned: datetime) -> Occurrence:
        starts, off = starts_of(story.when, day), self.now - timedelta(hours=5)
        wish = len(self._guests(story, starts))
        seats = wish if story.crowd.capacity is None else min(story.crowd.capacity, wish)
        return Occurrence(
            gathering_id=gathering.id,
            recurs_local=local_of(story.when, day),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=story.when.minutes),
            cancelled_at=off if story.cancelled else None,
            sequence=1 if story.cancelled else 0,
            changed_at=off if story.cancelled else planned,
            coming=seats,
            queued=wish - seats,
        )

    def _sign_up(
        self, session: AsyncSession, story: GatheringStory, numbered: tuple[int, Occurrence]
    ) -> None:
        number, one = numbered
        at = min(one.starts_at - timedelta(days=3), self.now - timedelta(hours=1))
        over = one.ends_at <= self.now and one.cancelled_at is None
        for position, guest in enumerate(self._guests(story, one.starts_at)):
            waits = position >= one.coming
            there = over and not waits and (number + position) % MISSING_EVERY
            session.add(
                SignUp(
                    occurrence_id=one.id,
                    account_id=self.people.accounts[guest],
                    reply=Coming.YES,
                    queue_number=position - one.coming + 1 if waits else None,
                    at=at + timedelta(minutes=position),
                    seated_at=None if waits else at + timedelta(minutes=position),
                    came_at=one.starts_at if there else None,
                )
            )
        for guest in story.crowd.maybe if one.starts_at > self.now else ():
            account_id = self.people.accounts[guest]
            session.add(SignUp(occurrence_id=one.id, account_id=account_id, reply=Coming.MAYBE, at=at))

    async def _share_out(self, session: AsyncSession, held: Held, names: Names) -> None:
        """The guests take what is needed, in order, as far as they reach."""
        guests = iter(self._guests(held.story, held.dates[0].starts_at))
        for position, (name, (_, needed)) in enumerate(zip(names.slots, held.story.slots, strict=True)):
            slot = Slot(gathering_id=held.gathering.id, name=name, needed=needed, position=position)
            session.add(slot)
            await session.flush()
            takers = [guest for _, guest in zip(range(needed), guests, strict=False)]
            for guest in takers:
                account_id = self.people.accounts[guest]
                session.add_all(
                    SlotTaken(slot_id=slot.id, occurrence_id=one.id, account_id=account_id)
                    for one in held.dates
                )

    async def _answer(self, held: Held, number: int, one: Occurrence) -> None:
        """Let everybody who had a seat answer; of dates that are asked about no more the counts are left."""
        guests = self._guests(held.story, one.starts_at)[: one.coming]
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
