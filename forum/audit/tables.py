"""The tables of the audit log: its entries, and where it ends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from forum.database import Counter, UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One act, for good. It carries the hash of the one before it, and no word that anybody wrote."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_act_at", "act", "at"),)

    seq: int = Field(primary_key=True, sa_type=Counter, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: UUID | None = Field(default=None, index=True)
    """Who did it, None for the machine; no foreign key, so that erasing a member leaves the log whole."""
    act: str
    subject: str
    """What it was done to, as `message:<id>`, `account:<id>`, `space:<slug>`, `policy`."""
    details: str
    """Canonical JSON: names, counts and ids, never words."""
    previous: str
    hash: str = Field(unique=True)
    """SHA-256, as 64 hex digits, of all the above in canonical JSON."""


class AuditHead(SQLModel, table=True):
    """Where the log ends: one row, locked by whoever appends, so that a cut-off end shows."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    seq: int = Field(default=0, sa_type=Counter)
    hash: str = Field(default="")
