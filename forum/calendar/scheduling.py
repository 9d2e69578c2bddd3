"""Scheduling: a plan becomes a gathering with its dates, once its words have passed the one door."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from forum.audit.recording import Act, Plain, record
from forum.calendar.keeping import keep_plan, new_dates
from forum.calendar.managing import check_manager
from forum.calendar.planning import Plan
from forum.calendar.tables import Gathering, Stage
from forum.calendar.words import Home, Words, published_in, say_words
from forum.database import Transaction
from forum.errors import Invalid
from forum.facts import GatheringChanged
from forum.language import N_
from forum.messages.submission import Answer, Held, Published
from forum.services import Services

OVER = N_("This is in the past. Choose a day and a time that are still to come.")


@dataclass(frozen=True, slots=True)
class Wish:
    """A new gathering in a space; the same `key` again, by the same manager, is the same gathering."""

    key: UUID
    space_id: UUID
    plan: Plan
    words: Words

    @property
    def gathering_id(self) -> UUID:
        """Nobody else's gathering can be meant by a key."""
        return uuid5(self.words.author_id, f"gathering:{self.key}")

    @property
    def home(self) -> Home:
        """Where its words stand."""
        place_id = uuid5(self.gathering_id, "words")
        return Home(place_id, self.gathering_id, self.space_id)


async def schedule(services: Services, wish: Wish) -> Answer:
    """Send the words through the door, keep the gathering, and answer what became of its words.

    Nothing is kept where they are Asked about or Refused. Held, the gathering waits with them: all is kept,
    and only managers see it until somebody has let them pass. Raises Invalid where it would begin in the
    past, NotFound for whoever may not manage.
    """
    now = services.clock()
    check_to_come(wish.plan, now)
    answer = await say_words(services, wish.home, wish.words)
    if not isinstance(answer, Published | Held):
        return answer
    async with services.database.transaction() as tx:
        await check_manager(tx.session, wish.words.author_id)
        if await tx.session.get(Gathering, wish.gathering_id) is None:  # else it was sent twice
            await _write(tx, wish, now)
    return answer


def check_to_come(plan: Plan, now: datetime) -> None:
    """Raise Invalid for a plan whose first date has begun; a draft may lie as long as it likes."""
    if not plan.draft and plan.timing.dates[0].starts_at <= now:
        raise Invalid({"date": OVER})


async def _write(tx: Transaction, wish: Wish, now: datetime) -> None:
    published = await published_in(tx.session, wish.home.place_id)
    gathering = Gathering(
        id=wish.gathering_id,
        place_id=wish.home.place_id,
        made_by_id=wish.words.author_id,
        stage=stage_of(wish.plan, published=published),
        created_at=now,
        changed_at=now,
    )
    await keep_plan(tx.session, gathering, wish.plan)
    by = wish.words.author_id
    if not wish.plan.draft:
        dates = new_dates(gathering.id, wish.plan.timing.dates, now)
        tx.session.add_all(dates)
        await tx.session.flush()
        if published:
            ids = tuple(one.id for one in dates)
            tx.record(GatheringChanged(gathering.id, ids, "scheduled", by, now))
    told: dict[str, Plain] = {
        "stage": str(gathering.stage),
        "dates": 0 if wish.plan.draft else len(wish.plan.timing.dates),
    }
    await record(tx, Act(now, by, "gathering-planned", f"gathering:{gathering.id}", told))


def stage_of(plan: Plan, *, published: bool) -> Stage:
    """Return how far a gathering is: what is not a draft waits for its words, if they wait."""
    if plan.draft:
        return Stage.DRAFT
    return Stage.SCHEDULED if published else Stage.WAITING
