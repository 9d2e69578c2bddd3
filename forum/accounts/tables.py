"""The tables of accounts: who a member is, their sessions and their recovery codes."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.accounts.roles import Role
from forum.database import UtcDateTime


class Account(SQLModel, table=True):
    """A member. `handle_key` is the handle as typed, compared; `handle_look` as seen, compared."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    handle: str
    handle_key: str = Field(unique=True)
    handle_look: str = Field(unique=True, index=True)
    password_hash: str
    email: str | None = Field(default=None)
    email_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When its owner said that it is right; before, it gets one letter that asks, and nothing else."""
    role: str = Field(default=Role.MEMBER)
    time_zone: str = Field(default="UTC")
    show_presence: bool = Field(default=False)
    """Whether others in a room may see the handle among who is here; off until chosen."""
    nudges: bool = Field(default=True)
    """Whether kinder words for others are suggested before sending."""
    guidelines_version: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    suspended_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Session(SQLModel, table=True):
    """One browser that is signed in. Only a hash of its token is kept, and no address."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)
    label: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """One of eight ways back in, each good for one use; only a hash is kept."""

    __tablename__ = "recovery_code"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
