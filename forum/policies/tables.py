"""The tables of policies: the versions in force, an administrator's draft, and when members agree anew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from forum.database import Counter, UtcDateTime


class PolicyVersion(SQLModel, table=True):
    """What the team put in force at a moment; the one with the highest number counts."""

    __tablename__ = "policy_version"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: UUID | None = Field(default=None)
    """An administrator; no foreign key, so that erasing a member leaves the versions whole."""
    words: str = Field(default="", sa_type=Text)
    """The word list, as `moderation.draft.Policy.read` takes it."""
    own: str = Field(default="{}", sa_type=Text)
    """What differs from the policy that ships, as JSON: see `forum.policies.own`."""
    reverts: int | None = Field(default=None)
    """The number of the earlier version that this one brings back; 0 is the policy that ships."""


class PolicyDraft(SQLModel, table=True):
    """What one administrator is preparing; nothing of it counts until it is put in force."""

    __tablename__ = "policy_draft"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    version: int = Field(default=1)
    """Grows with every save; what is put in force is what was tried."""
    based_on: int
    """The number of the version in force that it was made on."""
    words: str = Field(default="", sa_type=Text)
    own: str = Field(default="{}", sa_type=Text)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    tried: str = Field(default="", sa_type=Text)
    """What it would have changed, as JSON; empty until it was tried."""


class GuidelinesAsked(SQLModel, table=True):
    """A moment from which on whoever writes must have agreed anew; the highest number counts."""

    __tablename__ = "guidelines_asked"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    made_by: UUID | None = Field(default=None)
    slug: str
    """The guideline whose change was the reason."""
    seq: int = Field(sa_type=Counter)
    """The version of it."""
