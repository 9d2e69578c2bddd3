"""The table of what members chose for their calendars."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from forum.database import UtcDateTime


class CalendarChoice(SQLModel, table=True):
    """How gatherings look outside of this site: in a member's calendars and letters."""

    __tablename__ = "calendar_choice"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    title: str = Field(default="")
    """What they are called there; empty for "Appointment"."""
    with_link: bool = Field(default=False)
    """Whether an entry has a link to the gathering."""
    token_hash: str | None = Field(default=None, unique=True)
    """Of the private address of the feed; None while there is none."""
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
