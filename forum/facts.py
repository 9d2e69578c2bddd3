"""What has happened: recorded inside a transaction, reacted to in it, told after its commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forum.shown import Shown
from realtime.frames import MeetingState


@dataclass(frozen=True, slots=True)
class MessagePublished:
    """A message took its place's next seq and everybody there may see it.

    `answers` is the author of what it answers, or of the thread's opening, if there is one.
    `released` says that it had waited for a person.
    """

    place_id: UUID
    place_kind: str
    shown: Shown
    seq: int
    answers: UUID | None
    released: bool


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A published message now looks different: edited, withdrawn or taken down, at `seq`."""

    place_id: UUID
    place_kind: str
    shown: Shown
    seq: int


@dataclass(frozen=True, slots=True)
class MessageHeld:
    """A message or an edit waits for a person."""

    message_id: UUID
    author_id: UUID


@dataclass(frozen=True, slots=True)
class CareRaised:
    """A message sounds as though somebody may be in danger; a moderator is to see it at once."""

    message_id: UUID
    author_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRefused:
    """A message, or an edit, was not published by the pipeline."""

    message_id: UUID
    author_id: UUID


@dataclass(frozen=True, slots=True)
class MessageRuled:
    """A moderator decided: `outcome` is one of `forum.review.outcomes.OUTCOMES`.

    `reason` is the slug of the guideline behind a refusal or a measure; `measure` is what else was done.
    """

    message_id: UUID
    author_id: UUID
    outcome: str
    reason: str
    at: datetime
    measure: str = ""


@dataclass(frozen=True, slots=True)
class RulingUndone:
    """A decision about a message was taken back: `how` is undone (within the minute), reversed or appeal."""

    message_id: UUID
    author_id: UUID
    outcome: str
    how: str
    at: datetime
    measure: str = ""


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """A member may not speak in a room for now, nor be counted among who is there."""

    place_id: UUID
    account_id: UUID


@dataclass(frozen=True, slots=True)
class WordsWithdrawn:
    """A message, or an edit that waited, has no words any more: taken back, or replaced by newer ones."""

    message_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageReported:
    """A member asked a moderator to look at a message; `account_id` is its author."""

    message_id: UUID
    account_id: UUID
    reporter_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandleReported:
    """A member asked a moderator to look at another's handle."""

    account_id: UUID
    reporter_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealMade:
    """An author asked that another moderator look again at what was decided about `message_id`.

    `item_id` is where it waits: opened with the appeal, or by the reaction to this, under that id.
    """

    appeal_id: UUID
    item_id: UUID
    message_id: UUID
    account_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """Something at the desk changed: `what` is new (also raised or reopened), claimed, let-go or done.

    `by` is the moderator; None where nobody of the team did it. Of a claim, `who` is their handle,
    and `until` when it ends.
    """

    item_id: UUID
    kind: str
    lane: int
    what: str
    by: UUID | None = None
    who: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TalkWanted:
    """After a care item about this message, a moderator would like to talk; `told` are asked to."""

    message_id: UUID
    told: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A room was paused or reopened, or its pace changed."""

    place_id: UUID
    closed: bool
    slow_seconds: int
    needs_facilitator: bool


@dataclass(frozen=True, slots=True)
class NoticesChanged:
    """A member has this many unread notices."""

    account_id: UUID
    unread: int


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Sessions of a member ended, so their sockets must close: `ended`, or (None) all but `kept`."""

    account_id: UUID
    ended: UUID | None = None
    kept: UUID | None = None


@dataclass(frozen=True, slots=True)
class GatheringChanged:
    """A gathering was scheduled, changed, moved or cancelled (`what`), on these dates."""

    gathering_id: UUID
    occurrence_ids: tuple[UUID, ...]
    what: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatChanged:
    """Somebody's seat at a date: `what` is seated, queued, left, promoted, maybe or declined."""

    occurrence_id: UUID
    account_id: UUID
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting went on: `what` is opened, closed, prolonged, step, turn, question, guests or held."""

    place_id: UUID
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """What everybody in a meeting sees of it from now on."""

    place_id: UUID
    state: MeetingState


@dataclass(frozen=True, slots=True)
class GuestMuted:
    """A host asked a guest to listen, or to speak again; only the guest is told."""

    place_id: UUID
    account_id: UUID
    muted: bool


OfWords = MessagePublished | MessageChanged | MessageHeld | CareRaised | MessageRefused | WordsWithdrawn
OfDecisions = MessageRuled | RulingUndone | MemberRemoved
OfTheDesk = MessageReported | HandleReported | AppealMade | ItemChanged | TalkWanted
OfGatherings = GatheringChanged | SeatChanged | MeetingChanged | MeetingTold | GuestMuted
Fact = OfWords | OfDecisions | OfTheDesk | OfGatherings | PlaceChanged | NoticesChanged | SessionsEnded
