"""What comes to the door, and what it answers."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid4

from moderation.verdict import Finding, Lane


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


@dataclass(frozen=True, slots=True)
class Leaf:
    """A new version of a page that the team keeps; `version` is the one it was made on, 0 for none."""

    place_id: UUID
    title: str
    version: int = 0


Target = Reply | Opening | Profile | Edit | Leaf


class Choice(StrEnum):
    """What an author chose when they were asked about their own words."""

    NONE = ""
    AS_IT_IS = "as-it-is"
    """Send it with the words that were suggested to be other ones."""
    MASKED = "masked"
    """Send it with the personal details taken out."""
    ASK = "ask"
    """Let a moderator read it first."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Something a member wants to say; the same `nonce` again is the same message."""

    target: Target
    author_id: UUID
    text: str = field(repr=False)
    nonce: UUID = field(default_factory=uuid4)
    choice: Choice = Choice.NONE
    only_if_published: bool = False
    """Whether nothing is kept unless it can be read at once: the team's words do not wait for the team."""


@dataclass(frozen=True, slots=True)
class Published:
    """Others see it, as number `seq` of its place; `cared` if it sounds as though somebody is in danger."""

    message_id: UUID
    place_id: UUID
    seq: int
    cared: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """It waits for a person; the author keeps it."""

    message_id: UUID
    place_id: UUID
    findings: tuple[Finding, ...]

    @property
    def cared(self) -> bool:
        """Whether it sounds as though somebody is in danger."""
        return cares(self.findings)


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing is written yet: the author is shown what was found, and chooses.

    `masked` is how it would read without the details; empty where only kinder words are suggested. `words` is
    what was judged, which the findings' spans count in.
    """

    findings: tuple[Finding, ...]
    words: str = field(repr=False)
    masked: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not published; `message_id` is None when nothing could be kept (empty, too long)."""

    message_id: UUID | None
    findings: tuple[Finding, ...]


Answer = Published | Held | Asked | Refused


def cares(findings: tuple[Finding, ...]) -> bool:
    """Whether somebody may be in danger."""
    return any(found.lane is Lane.CARE for found in findings)
