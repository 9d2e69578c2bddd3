"""What comes to the door, and what it answers."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from moderation.verdict import Finding


@dataclass(frozen=True, slots=True)
class Reply:
    """Into a thread or a room; `parent_id` is the message it answers, None for the place itself."""

    place_id: UUID
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A new thread in a space, with its title."""

    space_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The author's own profile, instead of what stood there."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A published message of one's own, as it was at `version`; `title` only where it opens a thread."""

    message_id: UUID
    version: int
    title: str = ""


Target = Reply | Opening | Profile | Edit


@dataclass(frozen=True, slots=True)
class Submission:
    """Something a member wants to say; the same `nonce` again is the same message."""

    target: Target
    author_id: UUID
    text: str
    nonce: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Published:
    """Others see it, as number `seq` of its place."""

    message_id: UUID
    place_id: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class Held:
    """It waits for a person; the author keeps it."""

    message_id: UUID
    place_id: UUID
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not published; `message_id` is None when nothing could be kept (empty, too long)."""

    message_id: UUID | None
    findings: tuple[Finding, ...]


Answer = Published | Held | Refused
