"""Seeds the demo's desk: decisions, appeals, care, and what waits now, all by the desk's own verbs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from forum.accounts.roles import Role
from forum.demo import desk_story as story
from forum.demo.nights import NIGHTS, SPEAKERS
from forum.demo.people import Choosing, People, message_of
from forum.demo.story import HOUR, MODERATOR, Said
from forum.desk.playbook import take_step
from forum.messages.submission import Edit, Held, Published, Reply
from forum.messages.tables import Message
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.policies.wordings import new_key
from forum.review.answering import Answer, decide_appeal
from forum.review.appealing import Plea, appeal
from forum.review.cases import Letter, letter
from forum.review.outcomes import Action, Measure
from forum.review.reporting import report, report_handle
from forum.review.undoing import undo
from forum.services import Services
from forum.spaces.opening import NewRoom, open_room
from forum.spaces.tables import PlaceKind
from forum.transparency.months import Month
from forum.wellbeing.buddies import choose_buddy
from forum.wellbeing.shifts import start_shift
from forum.wellbeing.signing_on import Hours, take_hours

TEAM = (MODERATOR, story.SECOND)
MINUTE = timedelta(minutes=1)
EVENING = timedelta(hours=19)
SPACING = timedelta(hours=17)
"""Between two lines of last month: 41 of them fit into the shortest month."""
SLOWEST = 53
"""Decisions took from 2 minutes to so many more, in no order."""


@dataclass
class DeskSeeding:
    """The desk's past and present, in one room."""

    people: People
    now: datetime
    room_id: UUID | None = None

    async def open(self, space_id: UUID) -> None:
        """Open the room of the nights, long ago."""
        then = self.people.at(self.now - timedelta(days=200))
        old = story.OLD_ROOM
        self.room_id = (await open_room(then, NewRoom(space_id, old.name, old.about))).id

    async def look_back(self) -> None:
        """Let last month's nights happen, and be decided by two moderators in turns."""
        start = Month.of(self.now).before().start + EVENING
        for number, night in enumerate(NIGHTS):
            at = start + number * SPACING
            who, other = (SPEAKERS[(number + one) % len(SPEAKERS)] for one in (0, 1))
            said = await self.people.say(at, who, night.text, self._room)
            if not isinstance(said, Published | Held):
                continue
            waits = isinstance(said, Held)
            if not waits:
                why = "other" if night.fine else "unkind"
                viewer = self.people.viewer(other)
                await report(self.people.at(at + MINUTE), viewer, said.message_id, why)
            choice = Choosing(_action(fine=night.fine, waits=waits), night.guideline)
            after = (2 + number * 19 % SLOWEST) * MINUTE
            await self.people.rule(at + after, TEAM[number % len(TEAM)], said.message_id, choice)

    async def this_week(self) -> None:
        """Appeals, a decision taken back, a warning with its letter, and somebody who was in danger."""
        await self._upheld()
        await self._care()
        await self._undone()
        await self._warned()
        about = await self._refused(story.PENDING, "experience")
        plea = Plea(about, self.people.accounts[story.PENDING.who], story.PENDING_PLEA)
        await appeal(self._ago(story.PENDING.minutes_ago - 5 * HOUR), plea)

    async def waiting_now(self, edited: UUID) -> None:
        """An edit and a handle that wait; the line that is edited is one of the editor's own."""
        who, text = story.EDITED
        async with self.people.services.database.reading() as session:
            version = (await session.get_one(Message, edited)).version
        await self.people.say(self._at(15), who, text, Edit(edited, version))
        handle, reporter, reason = story.REPORTED_HANDLE
        then = self._ago(50)
        await report_handle(then, self.people.viewer(reporter), handle, reason)

    async def team(self) -> None:
        """Buddies, this evening's shifts, the roster, and a wording of the team's own."""
        services = self.people.services
        first, second = (self.people.viewer(one, Role.MODERATOR) for one in TEAM)
        await choose_buddy(services, first, second.handle)
        await choose_buddy(services, second, first.handle)
        for viewer, week in ((first, story.ROSTER), (second, story.WEEKEND)):
            await start_shift(self._ago(30), viewer.id)
            for weekday, start, end in week:
                await take_hours(services, viewer, Hours(weekday, start, end, viewer.time_zone))
        title, text = story.TEAM_WORDING
        await revise(services, Revision(Sheet(PlaceKind.WORDING, new_key()), first.id, 0, title, text))

    @property
    def _room(self) -> Reply:
        if self.room_id is None:
            raise ValueError("the room of the nights is not open yet")
        return Reply(self.room_id)

    def _at(self, minutes_ago: int) -> datetime:
        return self.now - minutes_ago * MINUTE

    def _ago(self, minutes: int) -> Services:
        return self.people.at(self._at(minutes))

    async def _said(self, said: Said) -> UUID:
        answer = await self.people.say(self._at(said.minutes_ago), said.who, said.text, self._room)
        message_id = message_of(answer)
        if isinstance(answer, Published) and not answer.cared:
            then, reporter = self._ago(said.minutes_ago - 1), self.people.viewer("Juniper", Role.MENTOR)
            await report(then, reporter, message_id, "unkind")
        return message_id

    async def _refused(self, said: Said, guideline: str) -> UUID:
        message_id = await self._said(said)
        item = await self.people.item(message_id)
        action = _action(fine=False, waits=item.found_by == "machine")
        at = self._at(said.minutes_ago - 20)
        await self.people.rule(at, MODERATOR, message_id, Choosing(action, guideline))
        return message_id

    async def _upheld(self) -> None:
        said, accounts = story.UPHELD, self.people.accounts
        about = await self._refused(said, "kindness")
        plea = Plea(about, accounts[said.who], story.UPHELD_PLEA)
        made = await appeal(self._ago(said.minutes_ago - 2 * HOUR), plea)
        answer = Answer(made.item_id, accounts[story.SECOND], 1, Action.UPHOLD, story.UPHELD_ANSWER)
        await decide_appeal(self._ago(said.minutes_ago - 5 * HOUR), answer)

    async def _undone(self) -> None:
        """A decision that was taken back within the minute, and then made the other way."""
        said = story.UNDONE
        message_id = await self._said(said)
        waits = (await self.people.item(message_id)).found_by == "machine"
        at = self._at(said.minutes_ago - 30)
        refusing = Choosing(_action(fine=False, waits=waits), "kindness")
        ruling = await self.people.rule(at, MODERATOR, message_id, refusing)
        await undo(self.people.at(at + MINUTE / 2), ruling.id, self.people.accounts[MODERATOR])
        releasing = Choosing(_action(fine=True, waits=waits))
        await self.people.rule(at + 2 * MINUTE, MODERATOR, message_id, releasing)

    async def _warned(self) -> None:
        said = story.WARNED
        message_id = await self._said(said)
        waits = (await self.people.item(message_id)).found_by == "machine"
        choice = Choosing(_action(fine=False, waits=waits), "kindness", Measure.WARN, story.WARNING)
        await self.people.rule(self._at(said.minutes_ago - 25), story.SECOND, message_id, choice)

    async def _care(self) -> None:
        said = story.IN_DANGER
        message_id = await self._said(said)
        item, by = await self.people.item(message_id), self.people.accounts[story.SECOND]
        for step, minutes in story.CARE_STEPS:
            await take_step(self._ago(said.minutes_ago - minutes), by, item.id, step)
        words = Letter(message_id, item.account_id, by, story.CARE_LETTER)
        await letter(self._ago(said.minutes_ago - 7), words)
        choice = Choosing(Action.SEEN, closing=story.CARE_CLOSED)
        await self.people.rule(self._at(said.minutes_ago - 21 * HOUR), story.SECOND, message_id, choice)


def _action(*, fine: bool, waits: bool) -> Action:
    if waits:
        return Action.RELEASE if fine else Action.REFUSE
    return Action.KEEP if fine else Action.TAKE_DOWN
