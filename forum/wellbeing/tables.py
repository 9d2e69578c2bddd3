"""The tables of the team's wellbeing: what a moderator prefers, who is on shift, hours, and debriefs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime


class Comfort(SQLModel, table=True):
    """What makes the desk bearable for one moderator; without a row, all is as it is for everybody."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    cover: str = Field(default="hard")
    """Whose words are covered until asked for, as in `forum.wellbeing.covering.Cover`."""
    buddy_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    """The moderator whom they hand an item to."""
    rest_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When their latest pause began; hard items are counted anew from then."""
    rest_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it ends, or ended: coming back early moves it."""


class TopicLeft(SQLModel, table=True):
    """A moderator leaves a topic, as in `forum.wellbeing.topics`, to others."""

    __tablename__ = "topic_left"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    topic: str = Field(primary_key=True)


class Shift(SQLModel, table=True):
    """A moderator said that they are at the desk; it ends when they say so, or by itself."""

    __table_args__ = (
        Index(
            "uq_shift_open_account",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_shift_ended_at_ends_at", "ended_at", "ends_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    started_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    """When it ends by itself."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was ended; None for one that runs, or that nobody ended."""


class RosterHour(SQLModel, table=True):
    """One hour of every week that a moderator means to be at the desk, by the clock of their zone then."""

    __tablename__ = "roster_hour"
    __table_args__ = (UniqueConstraint("account_id", "weekday", "hour", "time_zone"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    weekday: int
    """0 for Monday to 6 for Sunday, as `datetime.weekday` counts."""
    hour: int
    """0 to 23: the hour that begins then."""
    time_zone: str
    """An IANA name: seven in the evening stays seven in the evening when the clocks change."""


class Debrief(SQLModel, table=True):
    """What a moderator said after a care item: that they are fine, or that they would like to talk."""

    item_id: UUID = Field(foreign_key="review_item.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    answer: str
    """fine or talk."""
    at: datetime = Field(sa_type=UtcDateTime)
    told_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    """The buddy who was told; None where it was the administrators, or nobody had to be."""
    met_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When whoever was told said that the two have talked."""
    met_by: UUID | None = Field(default=None, foreign_key="account.id")
