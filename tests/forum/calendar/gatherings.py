"""Gatherings for tests: a form as a manager fills it in, and what is kept of it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.calendar.changing import Change, change
from forum.calendar.planning import planned
from forum.calendar.scheduling import Wish, schedule
from forum.calendar.scopes import Meant, Scope
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp
from forum.calendar.words import Words
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Leaf, Submission
from forum.spaces.tables import Space
from tests.builders import Community, Member

FORM = {
    "title": "Tuesday circle",
    "text": "An hour to share how the week was.",
    "kind": "support",
    "pathway": "",
    "format": "online",
    "for_whom": "",
    "transcript": "drop",
    "zone": "Europe/Berlin",
    "date": "2026-12-01",
    "time": "19:00",
    "minutes": "60",
    "repeats": "",
    "closes": "0",
    "turn_minutes": "3",
    "hosts": "Marlow",
}
WEEKLY = {"repeats": "weeks", "on_TU": "on", "ends": "count", "count": "4"}
FOUR_TUESDAYS = [datetime(2026, 12, day, 18, tzinfo=UTC) for day in (1, 8, 15, 22)]


class Calendar:
    """A community with a manager, Marlow, who plans gatherings in one space."""

    def __init__(self, community: Community, manager: Member, space: Space) -> None:
        self.community, self.manager, self.space = community, manager, space
        self.services = community.services

    @classmethod
    async def of(cls, community: Community) -> "Calendar":
        return cls(community, await community.member("Marlow", Role.MANAGER), await community.space())

    def words(self, form: dict[str, str], based_on: int = 0) -> Words:
        return Words(self.manager.id, form["title"], form["text"], uuid4(), based_on=based_on)

    async def send(self, draft: bool = False, /, **fields: str) -> tuple[UUID, Answer]:
        """Plan a gathering; return its id, and what became of its words."""
        form = FORM | fields
        plan = await planned(self.services, form, draft=draft)
        wish = Wish(uuid4(), self.space.id, plan, self.words(form))
        return wish.gathering_id, await schedule(self.services, wish)

    async def gathering(self, draft: bool = False, /, **fields: str) -> UUID:
        return (await self.send(draft, **fields))[0]

    async def weekly(self, **fields: str) -> UUID:
        return (await self.send(False, **(WEEKLY | fields)))[0]

    async def row(self, gathering_id: UUID) -> Gathering:
        async with self.services.database.reading() as session:
            return await session.get_one(Gathering, gathering_id)

    async def dates(self, gathering_id: UUID) -> list[Occurrence]:
        query = select(Occurrence).where(Occurrence.gathering_id == gathering_id)
        async with self.services.database.reading() as session:
            return list((await session.exec(query.order_by(col(Occurrence.starts_at)))).all())

    async def alter(
        self, gathering_id: UUID, scope: Scope = Scope.ALL, date: Occurrence | None = None, /, **fields: str
    ) -> Answer | None:
        """Change a gathering from the form as it stands, with these fields instead."""
        made = await self.changed(gathering_id, scope, date, **fields)
        return await change(self.services, made)

    async def changed(
        self, gathering_id: UUID, scope: Scope = Scope.ALL, date: Occurrence | None = None, /, **fields: str
    ) -> Change:
        """Return the change that a form would make."""
        row = await self.row(gathering_id)
        form = FORM | fields
        plan = await planned(self.services, form, draft=False)
        words = self.words(form, based_on=1)
        return Change(gathering_id, row.version, plan, words, Meant(scope, date.id if date else None))

    async def make(self, changed: Change, based_on: int) -> Answer | None:
        """Make a change whose words were written on that version."""
        words = replace(changed.words, based_on=based_on)
        return await change(self.services, replace(changed, words=words))

    async def write(self, place_id: UUID) -> Answer:
        """Write words into a place, of whatever gathering or none."""
        submission = Submission(Leaf(place_id, "Words"), self.manager.id, "For nobody in particular.")
        return await submit(self.services, submission)

    async def sign_up(self, date: Occurrence, member: Member, reply: Coming = Coming.YES) -> None:
        """Write a sign-up with its seat, as it would be."""
        now = self.community.clock()
        seated = now if reply is Coming.YES else None
        async with self.services.database.transaction() as tx:
            row = await tx.session.get_one(Occurrence, date.id)
            row.coming += reply is Coming.YES
            tx.session.add(
                SignUp(occurrence_id=date.id, account_id=member.id, reply=reply, at=now, seated_at=seated)
            )

    def at(self, now: datetime) -> "Calendar":
        """Return the same calendar at another moment."""
        other = Calendar(self.community, self.manager, self.space)
        other.services = replace(self.services, clock=lambda: now)
        return other
