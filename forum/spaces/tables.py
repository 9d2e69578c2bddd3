"""The tables of spaces: a space, a place in it, and who was invited."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime
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


class Place(SQLModel, table=True):
    """Where messages are: a thread, a room, or a member's profile (which is in no space)."""

    __table_args__ = (Index("ix_place_space_id_last_at", "space_id", "last_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    space_id: UUID | None = Field(default=None, foreign_key="space.id")
    owner_id: UUID | None = Field(default=None, foreign_key="account.id", unique=True)
    """Whose profile this is."""
    kind: str
    name: str = Field(default="")
    about: str = Field(default="")
    last_seq: int = Field(default=0)
    """The seq that was taken last; the next message takes the one after it."""
    last_at: datetime = Field(sa_type=UtcDateTime)
    """When something was last published here."""
    closed: bool = Field(default=False)
    """A closed thread, a paused room."""
    slow_seconds: int = Field(default=0)
    """How long one member waits between two lines."""
    needs_facilitator: bool = Field(default=False)
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
