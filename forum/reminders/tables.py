"""The table of what members chose about reminders."""

from uuid import UUID

from sqlmodel import Field, SQLModel

USUAL = "1440,60"
QUIET_FROM, QUIET_UNTIL = 22, 7


class ReminderChoice(SQLModel, table=True):
    """When and how a member is reminded; whoever has none is reminded as usual, on the site alone."""

    __tablename__ = "reminder_choice"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    minutes: str = Field(default=USUAL)
    """How long before the start, in minutes, with commas in between; empty for never."""
    by_mail: bool = Field(default=False)
    quiet_from: int = Field(default=QUIET_FROM)
    """The hour, by the member's clock, from which on nothing comes."""
    quiet_until: int = Field(default=QUIET_UNTIL)
    """The hour until which nothing comes; the same hour for no quiet hours at all."""
    names_us: bool = Field(default=False)
    """Whether letters are signed with the community's name."""
