"""The tables of spaces: a space, a place in it, and who was invited."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import Counter, UtcDateTime
from forum.language import N_, Words


class Audience(StrEnum):
    """Who may see a space; the team (anybody with a role beyond mentor) sees every one."""

    PUBLIC = "public"
    MEMBERS = "members"
    INVITED = "invited"
    TEAM = "team"

    @property
    def words(self) -> Words:
        """What members read about who is here."""
        return AUDIENCES[self]


AUDIENCES = {
    Audience.PUBLIC: N_("Anybody can read, members can write"),
    Audience.MEMBERS: N_("For members"),
    Audience.INVITED: N_("For members who were invited"),
    Audience.TEAM: N_("For the team"),
}


class PlaceKind(StrEnum):
    """What a place is."""

    THREAD = "thread"
    ROOM = "room"
    PROFILE = "profile"
    CASE = "case"
    """Letters between the moderation team and one member."""
    NOTES = "notes"
    """The team's own notes about a case."""
    GUIDELINE = "guideline"
    WORDING = "wording"
    """A text that the team uses again and again, such as a kind refusal."""
    SOURCE_NOTE = "source-note"
    GATHERING = "gathering"
    """What a gathering is about, in versions: its title and text."""
    MEETING = "meeting"
    """The room of one gathering on one date, for its guests alone."""
    THANKS = "thanks"
    """What one guest says to the hosts of a gathering, for these alone."""


AMONG_MEMBERS = frozenset(
    {PlaceKind.THREAD, PlaceKind.ROOM, PlaceKind.PROFILE, PlaceKind.MEETING, PlaceKind.THANKS}
)
"""Where members speak to each other; other places are between one and the team, or the team's own."""
SPOKEN_IN = frozenset({PlaceKind.ROOM, PlaceKind.MEETING})
"""Where members talk line by line, as it happens."""
BY_GUESTS = frozenset({PlaceKind.MEETING, PlaceKind.THANKS})
"""What only its guests see, whoever sees the space that it belongs to."""
OPEN_PAPERS = frozenset({PlaceKind.GUIDELINE, PlaceKind.SOURCE_NOTE})
"""What the team writes for everybody."""


class Space(SQLModel, table=True):
    """A group of places with one audience."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    about: str = Field(default="")
    audience: str = Field(default=Audience.MEMBERS)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """A member who was invited to a space."""

    space_id: UUID = Field(foreign_key="space.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)


class Guest(SQLModel, table=True):
    """A member who may come into a meeting; whoever is no guest does not even see that it is there."""

    place_id: UUID = Field(foreign_key="place.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    host: bool = Field(default=False)
    """Whether they hold it, whatever their role is elsewhere."""
    muted: bool = Field(default=False)
    """Whether they only listen, by the word of a host."""


class Place(SQLModel, table=True):
    """Where messages are: a thread, a room, or a member's profile (which is in no space)."""

    __table_args__ = (Index("ix_place_space_id_last_at", "space_id", "last_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    space_id: UUID | None = Field(default=None, foreign_key="space.id")
    owner_id: UUID | None = Field(default=None, foreign_key="account.id", unique=True)
    """Whose profile this is."""
    member_id: UUID | None = Field(default=None, index=True)
    """Whose case this is, or whose thanks."""
    kind: str
    name: str = Field(default="")
    about: str = Field(default="")
    last_seq: int = Field(default=0, sa_type=Counter)
    """The seq that was taken last; the next message takes the one after it."""
    last_at: datetime = Field(sa_type=UtcDateTime)
    """When something was last published here."""
    closed: bool = Field(default=False)
    """A closed thread, a paused room."""
    slow_seconds: int = Field(default=0)
    """How long one member waits between two lines."""
    needs_facilitator: bool = Field(default=False)
    speaker_id: UUID | None = Field(default=None)
    """In a meeting: who is sharing now, while all but the hosts listen."""
    silent_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Set before a meeting opens and once it is over: nobody speaks in it, not even who holds it."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class SpaceChoice(SQLModel, table=True):
    """What a space has chosen to do where a rule has something to say, instead of the usual."""

    __tablename__ = "space_choice"

    space_id: UUID = Field(foreign_key="space.id", primary_key=True)
    rule: str = Field(primary_key=True)
    outcome: int


class RuleBound(SQLModel, table=True):
    """How far spaces may choose for a rule; narrower than the rulebook, never wider."""

    __tablename__ = "rule_bound"

    rule: str = Field(primary_key=True)
    lowest: int
    highest: int


class Removal(SQLModel, table=True):
    """A member may not speak in a room until then; `lifted_at` when that was taken back."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    place_id: UUID = Field(foreign_key="place.id", index=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None until it is lifted."""
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
