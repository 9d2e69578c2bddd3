"""The tables of meetings: how far one is, whose turn it is to share, what was asked."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import Counter, UtcDateTime


class Phase(StrEnum):
    """How far a meeting is."""

    LOBBY = "lobby"
    OPEN = "open"
    CLOSED = "closed"


class Meeting(SQLModel, table=True):
    """The room of one date; changed only with the row of its place locked, which orders all who change it."""

    place_id: UUID = Field(foreign_key="place.id", primary_key=True, ondelete="CASCADE")
    """A room that nobody was in goes with a date that falls away."""
    phase: str = Field(default=Phase.LOBBY, index=True)
    version: int = Field(default=1)
    """Grows with every change that those in the room are told of: of two states the higher one is newer."""
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    prolonged_minutes: int = Field(default=0)
    transcript: str = Field(default="")
    """What becomes of what was said, as it was announced when it opened; empty before."""
    step: int = Field(default=0)
    """Where in the agenda they are; 0 is its first step."""
    step_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hands: int = Field(default=0)
    """How many hands were raised so far: the number of the last one."""
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the last of its words were erased, where they are not kept."""


class Sharing(StrEnum):
    """How far a turn is."""

    WAITING = "waiting"
    SHARING = "sharing"
    OVER = "over"


def _only_one(name: str, *columns_and_where: str) -> Index:
    *columns, where = columns_and_where
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


class Turn(SQLModel, table=True):
    """Somebody raised a hand, and perhaps came to share.

    Whatever goes wrong, a member has one open turn in a meeting at most, and one member is sharing.
    """

    __table_args__ = (
        _only_one("uq_turn_open_member", "place_id", "account_id", "state <> 'over'"),
        _only_one("uq_turn_sharing", "place_id", "state = 'sharing'"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    place_id: UUID = Field(foreign_key="place.id", index=True)
    account_id: UUID = Field(foreign_key="account.id")
    number: int
    """The order in which hands were raised in this meeting."""
    state: str = Field(default=Sharing.WAITING)
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they began to share."""
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they are asked, softly, to find an end; nothing ends by itself then."""
    from_seq: int = Field(default=0, sa_type=Counter)
    """The place's seq when they began: their lines after it are what they share."""
    gone_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when they are not here any more, as far as was noticed."""
    with_you: int = Field(default=0)
    thank_you: int = Field(default=0)
    heard: int = Field(default=0)


class Question(SQLModel, table=True):
    """A line of a workshop that asks something; listed while the message is published."""

    message_id: UUID = Field(foreign_key="message.id", primary_key=True)
    place_id: UUID = Field(foreign_key="place.id", index=True)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class QuestionVote(SQLModel, table=True):
    """A guest would like to hear the answer, too."""

    __tablename__ = "question_vote"

    message_id: UUID = Field(foreign_key="question.message_id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
