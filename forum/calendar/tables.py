"""The tables of gatherings: what is planned, each of its dates, who holds it, and who comes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.calendar.kinds import Format, ForWhom, Kind, Pathway, Transcript
from forum.database import UtcDateTime


class Stage(StrEnum):
    """How far a gathering is."""

    DRAFT = "draft"
    WAITING = "waiting"
    """It is to be scheduled as soon as its words are published; until then only managers see it."""
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"

    @property
    def is_announced(self) -> bool:
        """Whether others than its hosts and the managers hear of it."""
        return self in (Stage.SCHEDULED, Stage.CANCELLED)


class Gathering(SQLModel, table=True):
    """What is planned, for one date or for several by one rule.

    Title and text are a leaf in the place `place_id` (of kind gathering, in the space that it is for). To
    change one date, or one and those after it, is to move these dates to a gathering of their own: what is
    planned for a date always stands in one row, and a date keeps its id, its guests, its place in calendars.
    """

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    place_id: UUID = Field(foreign_key="place.id", index=True)
    """Whose words these are; shared with the gathering it was parted from while they are the same."""
    parted_from_id: UUID | None = Field(default=None, foreign_key="gathering.id", index=True)
    made_by_id: UUID = Field(foreign_key="account.id", index=True)
    version: int = Field(default=1)
    """Grows with every change; a form names the version it was opened on."""
    stage: str = Field(default=Stage.DRAFT)
    kind: str = Field(default=Kind.SUPPORT)
    pathway: str = Field(default=Pathway.ANYBODY)
    format: str = Field(default=Format.ONLINE)
    for_whom: str = Field(default=ForWhom.EVERYBODY)
    is_public: bool = Field(default=False)
    """Whether visitors may read its page; nobody who comes is named on it."""
    partner: str = Field(default="")
    """The organisation that it is held with."""
    area: str = Field(default="")
    """Roughly where, for all who see it: a part of town."""
    venue: str = Field(default="")
    """Exactly where, for those who have signed up."""
    zone: str = Field(default="UTC")
    """A zone of the IANA database: dates are stated in it."""
    starts_local: str = Field(default="")
    """The first date as its hosts' clocks show it, `YYYY-MM-DDTHH:MM`; empty while a draft has none."""
    fold: int = Field(default=0)
    """Which of two hours that the clocks show twice is meant (PEP 495)."""
    minutes: int = Field(default=60)
    rule: str = Field(default="")
    """An RFC 5545 RRULE without its name, always with an end; empty for one date."""
    capacity: int | None = Field(default=None)
    """How many can come; None for as many as like."""
    sign_up_closes_minutes: int = Field(default=0)
    """How long before the start nobody can sign up any more."""
    agenda: str = Field(default="")
    """One line each: minutes, a space, what is done."""
    turn_minutes: int = Field(default=3)
    """How long a turn of sharing is meant to take."""
    takes_questions: bool = Field(default=False)
    votes_on_questions: bool = Field(default=False)
    transcript: str = Field(default=Transcript.DROP)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Occurrence(SQLModel, table=True):
    """One date of a gathering: what members see in calendars, and sign up for."""

    __table_args__ = (Index("ix_occurrence_starts_at_id", "starts_at", "id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    gathering_id: UUID = Field(foreign_key="gathering.id", index=True)
    recurs_local: str
    """The date that the rule gave it, in the gathering's zone, `YYYY-MM-DDTHH:MM`, wherever it has moved."""
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sequence: int = Field(default=0)
    """Grows with every change that calendars are told of (RFC 5545, 3.8.7.4)."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    coming: int = Field(default=0)
    """How many have a seat; changed only with this row locked."""
    queued: int = Field(default=0)
    """The number that was given last on the waiting list."""
    meeting_id: UUID | None = Field(default=None, foreign_key="place.id", unique=True)
    """Its place of kind meeting: where everybody talks while it lasts, and nobody before or after."""


class Host(SQLModel, table=True):
    """Somebody who holds a gathering, on all its dates."""

    gathering_id: UUID = Field(foreign_key="gathering.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    facilitates: bool = Field(default=False)
    """Whether they guide the talk; else they are the host, who opens and closes it."""


class Slot(SQLModel, table=True):
    """Something that a gathering needs people for: who brings what, a shift."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    gathering_id: UUID = Field(foreign_key="gathering.id", index=True)
    name: str
    needed: int = Field(default=1)
    position: int = Field(default=0)


class SlotTaken(SQLModel, table=True):
    """A member does this on that date."""

    __tablename__ = "slot_taken"

    slot_id: UUID = Field(foreign_key="slot.id", primary_key=True)
    occurrence_id: UUID = Field(foreign_key="occurrence.id", primary_key=True, index=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)


class Coming(StrEnum):
    """What a member says about coming."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class SignUp(SQLModel, table=True):
    """What a member has said about one date; others see numbers only, hosts see handles."""

    __tablename__ = "sign_up"

    occurrence_id: UUID = Field(foreign_key="occurrence.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    reply: str
    queue_number: int | None = Field(default=None)
    """The place on the waiting list, in order of signing up; None for who has a seat, or wants none."""
    at: datetime = Field(sa_type=UtcDateTime)
    seated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a seat was given: at once, or later from the waiting list."""
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they came into the meeting, or a host noted that they were there."""
