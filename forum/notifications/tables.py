"""The table of notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime


class Notice(SQLModel, table=True):
    """Something to know; `kind` is reply, care, a ruling's outcome, seat, thanks or gathering-…."""

    __table_args__ = (Index("ix_notice_account_id_read_at", "account_id", "read_at"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    message_id: UUID = Field(foreign_key="message.id", index=True)
    kind: str
    reason: str = Field(default="")
    """The slug of the guideline, where a moderator named one."""
    occurrence_id: UUID | None = Field(default=None, foreign_key="occurrence.id", index=True)
    """The date of a gathering that it is about; `message_id` are the gathering's words."""
    at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
