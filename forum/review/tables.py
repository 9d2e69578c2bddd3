"""The tables of review: what waits, reports and alerts, rulings, appeals, and the steps of care."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime


def _one_open(name: str, *columns_and_where: str) -> Index:
    """Return an index that lets only one row with these columns be open, on SQLite and PostgreSQL alike."""
    *columns, where = columns_and_where
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


QUEUED_BY = ("closed_at", "lane", "severity", "opened_at", "id")
DECIDED_BY = ("account_id", "kind", "escalated_by", "rule", "stage", "space_id", "claimed_by")
"""With what says who may decide, and what is asked for, the index alone tells how long the queue is, and
what is on a page of it."""


class ReviewItem(SQLModel, table=True):
    """Something that waits for a person; written with what made it wait, in the same transaction.

    A message has one open item at most, and so has a handle: further reports and alerts join it. An appeal is
    apart from it, because it is decided apart.
    """

    __tablename__ = "review_item"
    __table_args__ = (
        _one_open("uq_review_item_open_message", "message_id", "closed_at IS NULL AND kind <> 'appeal'"),
        _one_open("uq_review_item_open_handle", "account_id", "closed_at IS NULL AND kind = 'handle'"),
        Index("ix_review_item_order", *QUEUED_BY, *DECIDED_BY),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    kind: str
    """held, edit, reported, care, appeal or handle: the first of them that made it wait, care above all."""
    message_id: UUID | None = Field(default=None, foreign_key="message.id")
    """What it is about; of an appeal, the message that the ruling was about; None for a handle."""
    account_id: UUID = Field(foreign_key="account.id", index=True)
    """Whom it is about."""
    place_id: UUID | None = Field(default=None, foreign_key="place.id")
    space_id: UUID | None = Field(default=None, foreign_key="space.id", index=True)
    lane: int = Field(default=1)
    """0 where somebody may be in danger, 1 for all else."""
    severity: int = Field(default=0)
    """0 (least) to 4, as `forum.review.severity` tells; kept negative-free so that it sorts descending."""
    found_by: str = Field(default="machine")
    """machine or person: who made it wait first."""
    rule: str = Field(default="")
    """The gravest rule or report reason behind it."""
    stage: str = Field(default="new")
    """new, second-opinion (escalated), or handed-over (to whom is in `claimed_by`)."""
    version: int = Field(default=1)
    """Grows with every change to it; a claim and a decision name the version they were made on."""
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_by: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    escalated_by: UUID | None = Field(default=None, foreign_key="account.id")
    """Who asked for a second opinion, and so does not give it."""


class Report(SQLModel, table=True):
    """A member asks a moderator to look at a message, or at a handle; `text` is what it said just then."""

    __table_args__ = (
        UniqueConstraint("message_id", "reporter_id"),
        _one_open("uq_report_open_handle", "account_id", "reporter_id", "closed_at IS NULL"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    message_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    """The member whose handle is reported, where it is no message."""
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
    closed_by: UUID | None = Field(default=None, foreign_key="account.id")


class Ruling(SQLModel, table=True):
    """What a moderator decided, by which guideline, and when; an undone one stays, and says so."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    item_id: UUID | None = Field(default=None, foreign_key="review_item.id", index=True)
    """None for those from before there were items."""
    message_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    """Whom it is about."""
    moderator_id: UUID = Field(foreign_key="account.id", index=True)
    outcome: str
    """As in `forum.review.outcomes`: released, refused, taken-down, kept, seen, edit-released, …"""
    reason: str
    """A guideline's slug; empty where nothing was held against anybody."""
    measure: str = Field(default="")
    """Besides: warn, pause, suspend or removal (from the room); empty for none."""
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a pause ends."""
    letter_id: UUID | None = Field(default=None, foreign_key="message.id")
    """The moderation team's words to the author, if there are any."""
    found_by: str = Field(default="machine")
    before: str = Field(default="")
    """What was so before, as JSON of states and moments, so that it can be put back."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: UUID | None = Field(default=None, foreign_key="account.id")
    undone_how: str = Field(default="")
    """undone (within the minute), reversed, or appeal."""
    remark_id: UUID | None = Field(default=None, foreign_key="message.id")
    """Why it was reversed, in the team's own notes."""


class Appeal(SQLModel, table=True):
    """An author asks that another moderator look again; its words are a message in the author's case."""

    __table_args__ = (
        UniqueConstraint("ruling_id"),
        Index(
            "uq_appeal_machine",
            "about_id",
            unique=True,
            sqlite_where=text("ruling_id IS NULL"),
            postgresql_where=text("ruling_id IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    about_id: UUID = Field(foreign_key="message.id", index=True)
    """The message that was decided about."""
    ruling_id: UUID | None = Field(default=None, foreign_key="ruling.id")
    """None where the machine decided."""
    account_id: UUID = Field(foreign_key="account.id", index=True)
    item_id: UUID = Field(foreign_key="review_item.id", index=True)
    letter_id: UUID = Field(foreign_key="message.id")
    """The author's words."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    outcome: str = Field(default="")
    """upheld (the author was right) or declined."""
    answer_id: UUID | None = Field(default=None, foreign_key="message.id")


class Case(SQLModel, table=True):
    """Where the team and one member write about one message, and where the team keeps its own notes."""

    __tablename__ = "review_case"
    __table_args__ = (UniqueConstraint("about_id", "account_id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    about_id: UUID | None = Field(default=None, foreign_key="message.id")
    account_id: UUID = Field(foreign_key="account.id", index=True)
    letters_id: UUID | None = Field(default=None, foreign_key="place.id")
    """The place (kind `case`) that the member reads too; None until somebody writes there."""
    notes_id: UUID | None = Field(default=None, foreign_key="place.id")
    """The place (kind `notes`) that only moderators read; None until somebody writes there."""


class CareStep(SQLModel, table=True):
    """One step of the playbook for a care alert: what was done, by whom, when."""

    __tablename__ = "care_step"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    alert_id: UUID = Field(foreign_key="care_alert.id", index=True)
    moderator_id: UUID = Field(foreign_key="account.id")
    step: str
    at: datetime = Field(sa_type=UtcDateTime)


class Recusal(SQLModel, table=True):
    """A moderator has a conflict with an account, on record, and decides nothing about it."""

    moderator_id: UUID = Field(foreign_key="account.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)
