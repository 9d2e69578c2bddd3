"""What has happened: recorded inside a transaction, reacted to in it, told after its commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forum.shown import Shown


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
    """A moderator decided: `outcome` is released, refused, taken-down, kept, seen, edit-released or
    edit-refused.

    `reason` is the slug of the guideline behind a refusal.
    """

    message_id: UUID
    author_id: UUID
    outcome: str
    reason: str
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


Fact = (
    MessagePublished
    | MessageChanged
    | MessageHeld
    | CareRaised
    | MessageRefused
    | MessageRuled
    | PlaceChanged
    | NoticesChanged
    | SessionsEnded
)
