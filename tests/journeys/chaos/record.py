"""What is written down while members talk: by each of them, and at the end by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Answered:
    """What a member was told about something they sent."""

    nonce: UUID
    state: str
    id: UUID | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A line that a member took into their log, with the seq that it came with."""

    seq: int
    id: UUID


@dataclass(slots=True)
class Log:
    """What one member sent, was answered, and read, in the order in which it happened to them."""

    member: UUID
    room: UUID
    start: int = 0
    """The seq that they knew when they came: they are owed everything after it."""
    sent: list[UUID] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    heard: set[Delivered] = field(default_factory=set)
    """Whatever came over the wire, also what they had already and passed over."""
    failures: list[str] = field(default_factory=list)
    """Frames that nobody should get."""
    upto: int = 0
    """The seq up to which they were told that they have read everything."""
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as the database has it at the end."""

    author: UUID
    nonce: UUID
    room: UUID
    id: UUID
    state: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class Truth:
    """What the database has at the end: all messages of the rooms, and the last seq of each room."""

    messages: Sequence[Stored]
    last_seq: Mapping[UUID, int]
