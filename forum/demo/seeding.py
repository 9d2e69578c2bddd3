"""Seeds the demo: accounts, spaces, rooms, and everything that is said, through `submit`."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import select

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.signing_up import Wish, sign_up
from forum.accounts.tables import Account
from forum.demo.desk_seeding import DeskSeeding
from forum.demo.desk_story import EDITED
from forum.demo.gatherings_seeding import GatheringSeeding
from forum.demo.gatherings_story import GATHERINGS
from forum.demo.people import People
from forum.demo.story import (
    HELD,
    MODERATOR,
    PEOPLE,
    REPORTED,
    ROOMS,
    SPACES,
    THREADS,
    Person,
    RoomStory,
    Said,
    ThreadStory,
)
from forum.guidelines import VERSION
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Held, Opening, Profile, Published, Reply, Submission, Target
from forum.review.decisions import Decision
from forum.review.matters import latest_item
from forum.review.outcomes import Action
from forum.review.reporting import report
from forum.review.ruling import rule
from forum.services import Services
from forum.spaces.opening import NewRoom, NewSpace, invite, open_room, open_space, set_pace
from forum.transparency.months import Month

PASSWORD_BYTES = 9
RELEASED_AFTER = 10
"""Minutes after which the demo's moderator has read what waited."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Somebody one can sign in as; the password is nowhere kept."""

    role: str
    handle: str
    password: str


async def is_empty(services: Services) -> bool:
    """Return whether nobody is a member yet."""
    async with services.database.reading() as session:
        return (await session.exec(select(Account.id).limit(1))).first() is None


async def seed(services: Services, tell: Callable[[list[Credentials]], None]) -> None:
    """Fill an empty database; `tell` hears at once whom one can sign in as, with passwords made now."""
    seeding = Seeding(services)
    made = [await seeding.join(person) for person in PEOPLE]
    tell([one for one, person in zip(made, PEOPLE, strict=True) if person.shown])
    await seeding.open_spaces()
    desk = seeding.desk()
    await desk.open(seeding.space("one-day"))
    await desk.look_back()
    for thread in THREADS:
        await seeding.tell(thread)
    for room in ROOMS:
        await seeding.fill(room)
    for held in HELD:
        await seeding.add(held)
    await seeding.report()
    await desk.this_week()
    await desk.waiting_now(seeding.line_of(EDITED[0]))
    await desk.team()
    gatherings = seeding.gatherings()
    for planned in GATHERINGS:
        await gatherings.hold(planned)
    await gatherings.look_back()


class Seeding:
    """What has been made so far, by the names in the story."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._now = services.clock()
        self._accounts: dict[str, UUID] = {}
        self._spaces: dict[str, UUID] = {}
        self._threads: dict[str, tuple[UUID, list[UUID]]] = {}
        self._lines: dict[str, UUID] = {}

    def desk(self) -> DeskSeeding:
        """Return what seeds the desk, for the same people."""
        return DeskSeeding(People(self._services, self._accounts), self._now)

    def gatherings(self) -> GatheringSeeding:
        """Return what seeds gatherings, for the same people in the same spaces."""
        return GatheringSeeding(People(self._services, self._accounts), self._spaces, self._now)

    def space(self, slug: str) -> UUID:
        """Return the space's id."""
        return self._spaces[slug]

    def line_of(self, handle: str) -> UUID:
        """Return somebody's first line in a room."""
        return self._lines[handle]

    async def join(self, person: Person) -> Credentials:
        """Sign a person up, as long ago as the story says, with a password made now."""
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        then = self._at(timedelta(days=person.days))
        wish = Wish(person.handle, password, time_zone=person.time_zone, guidelines=VERSION, label="Demo")
        account = (await sign_up(then, wish)).account
        self._accounts[person.handle] = account.id
        since = Month.of(self._now).before().start  # the log begins here, and so does /transparency
        if person.role is not Role.MEMBER:
            await appoint(replace(self._services, clock=lambda: since), person.handle, person.role)
        if person.about:
            await self._say(Profile(), Said(person.handle, person.days * 24 * 60, person.about))
        return Credentials(person.role.value, person.handle, password)

    async def open_spaces(self) -> None:
        """Open the spaces, and invite the mentors to theirs."""
        for story in SPACES:
            then = self._at(timedelta(days=300))
            space = await open_space(then, NewSpace(story.name, story.slug, story.about, story.audience))
            self._spaces[story.slug] = space.id
        await invite(self._services, self._spaces["mentors"], "Juniper")

    async def tell(self, thread: ThreadStory) -> None:
        """Open a thread and answer in it."""
        opening = await self._say(Opening(self._spaces[thread.space], thread.title), thread.said[0])
        if not isinstance(opening, Published):
            raise ValueError(f"the demo's opening of {thread.title!r} was not published: {opening}")
        self._threads[thread.title] = (opening.place_id, [opening.message_id])
        await self.add(replace(thread, said=thread.said[1:]))

    async def add(self, thread: ThreadStory) -> None:
        """Say more in a thread that is there."""
        place_id, said = self._threads[thread.title]
        for one in thread.said:
            parent = said[one.answers] if one.answers is not None else None
            answer = await self._say(Reply(place_id, parent), one)
            if isinstance(answer, Held) and one.note:
                await self._release(answer, one)
            if isinstance(answer, Published | Held):
                said.append(answer.message_id)

    async def fill(self, story: RoomStory) -> None:
        """Open a room and let people talk in it; how it is held is set when they have."""
        then = self._at(timedelta(days=200))
        room = await open_room(then, NewRoom(self._spaces[story.space], story.name, story.about))
        for one in story.said:
            answer = await self._say(Reply(room.id), one)
            if isinstance(answer, Published):
                self._lines.setdefault(one.who, answer.message_id)
        await set_pace(self._services, room.id, story.pace)

    async def report(self) -> None:
        """Let somebody report a message."""
        title, number, handle, reason = REPORTED
        account_id = self._accounts[handle]
        reporter = Viewer(account_id, handle, Role.MEMBER, "UTC", account_id)
        await report(self._services, reporter, self._threads[title][1][number], reason)

    async def _release(self, held: Held, said: Said) -> None:
        """Let a moderator release it with a source note, some minutes later."""
        then = self._at(timedelta(minutes=max(0, said.minutes_ago - RELEASED_AFTER)))
        async with self._services.database.reading() as session:
            item = await latest_item(session, held.message_id)
        if item is None:
            raise ValueError("what was held does not wait")
        moderator = self._accounts[MODERATOR]
        await rule(then, Decision(item.id, moderator, item.version, Action.RELEASE, note=said.note))

    async def _say(self, target: Target, said: Said) -> Answer:
        then = self._at(timedelta(minutes=said.minutes_ago))
        return await submit(then, Submission(target, self._accounts[said.who], said.text))

    def _at(self, ago: timedelta) -> Services:
        then: datetime = self._now - ago
        return replace(self._services, clock=lambda: then)
