"""The tables of what is to reach members, and of addresses that want nothing."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import UtcDateTime

WAITS = "sent_at IS NULL AND given_up_at IS NULL"


class Channel(StrEnum):
    """How it reaches them."""

    MAIL = "mail"
    PAGE = "page"
    """A notice here, without a letter."""


class Outgoing(SQLModel, table=True):
    """Something that is to reach a member once: a letter or a notice, with what is needed to word it then.

    It holds no words of anybody and no address: both are looked up when it goes. `attempted_at` is written
    before a letter is handed over: where what became of it was not written after, nobody knows, and it is not
    handed over again. A letter's Message-ID is made from `key`.
    """

    __table_args__ = (
        Index(
            "ix_outgoing_waiting", "channel", "due_at", sqlite_where=text(WAITS), postgresql_where=text(WAITS)
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    key: str = Field(unique=True)
    """The same for the same thing: there is never a second row of it."""
    account_id: UUID = Field(foreign_key="account.id", index=True)
    channel: str
    kind: str
    about_id: UUID | None = Field(default=None, index=True)
    """What it is about, such as a date of a gathering."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """From then on it would come too late."""
    claim_id: UUID | None = Field(default=None)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = Field(default=0)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    why: str = Field(default="")
    """Why it was given up: unwanted, late, refused, tried, unknown."""
    token_hash: str | None = Field(default=None, unique=True)
    """Of the link in the letter that ends such letters, or confirms the address."""
    address_hash: str | None = Field(default=None, index=True)
    """Of the address that a letter asks to confirm."""


class ClosedAddress(SQLModel, table=True):
    """An address whose owner wants no letters from here, whoever gives it; only a hash is kept."""

    __tablename__ = "closed_address"

    address_hash: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
