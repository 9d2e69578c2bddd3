"""Who has been made so far, and what they can do at which moment: the hands of the demo's seeding."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.desk.looping import decide
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Choice, Held, Published, Submission, Target
from forum.review.decisions import Decision
from forum.review.matters import latest_item
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a moderator chose; `closing` is how it ended, where somebody was in danger."""

    action: str
    reason: str = ""
    measure: str = ""
    letter: str = ""
    closing: str = ""


@dataclass
class People:
    """The accounts by handle, on services whose clock is set back for what was long ago."""

    services: Services
    accounts: dict[str, UUID] = field(default_factory=dict)

    def at(self, moment: datetime) -> Services:
        """Return the services as they were at a moment."""
        return replace(self.services, clock=lambda: moment)

    def viewer(self, handle: str, role: Role = Role.MEMBER, zone: str = "Europe/London") -> Viewer:
        """Return somebody as who asks."""
        return Viewer(self.accounts[handle], handle, role, zone, self.accounts[handle])

    async def say(self, at: datetime, who: str, text: str, target: Target) -> Answer:
        """Say something, whatever kinder words are suggested."""
        submission = Submission(target, self.accounts[who], text, choice=Choice.AS_IT_IS)
        return await submit(self.at(at), submission)

    async def item(self, message_id: UUID) -> ReviewItem:
        """Return what waits about a message; ValueError where nothing does."""
        async with self.services.database.reading() as session:
            item = await latest_item(session, message_id)
        if item is None:
            raise ValueError("nothing waits about this message")
        return item

    async def rule(self, at: datetime, by: str, message_id: UUID, choice: Choosing) -> Ruling:
        """Decide on what waits about a message, as a moderator does at the desk."""
        item = await self.item(message_id)
        decision = Decision(
            item.id,
            self.accounts[by],
            item.version,
            choice.action,
            reason=choice.reason,
            measure=choice.measure,
            letter=choice.letter,
        )
        return await decide(self.at(at), item, decision, choice.closing)


def message_of(answer: Answer) -> UUID:
    """Return the message that was published or waits; ValueError for anything else."""
    if isinstance(answer, Published | Held):
        return answer.message_id
    raise ValueError(f"the demo could not say it: {answer}")
