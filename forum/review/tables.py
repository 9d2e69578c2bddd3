"""The tables of review: reports by members, alerts of the care lane, rulings by moderators."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime


class Report(SQLModel, table=True):
    """A member asks a moderator to look at a message; `text` is what it said at that moment."""

    __table_args__ = (UniqueConstraint("message_id", "reporter_id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    message_id: UUID = Field(foreign_key="message.id", index=True)
    reporter_id: UUID = Field(foreign_key="account.id")
    reason: str
    kind: str = Field(default="")
    """Of a health claim, the class that the reporter chose."""
    text: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class CareAlert(SQLModel, table=True):
    """A message sounds as though somebody may be in danger; open until a moderator has looked."""

    __tablename__ = "care_alert"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    message_id: UUID = Field(foreign_key="message.id", index=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class Ruling(SQLModel, table=True):
    """What a moderator decided about a message, by which guideline, and when."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    message_id: UUID = Field(foreign_key="message.id", index=True)
    moderator_id: UUID = Field(foreign_key="account.id")
    outcome: str
    reason: str
    made_at: datetime = Field(sa_type=UtcDateTime)
