"""The tables of messages: the message, what was found in it, and how far each reader has read."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Dialect, Index, String, Text, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from forum.database import Counter, UtcDateTime
from moderation.markup import CleanHtml, stored


class State(StrEnum):
    """Where a message stands. Only a published one is seen by others."""

    HELD = "held"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By its author: the words are gone."""
    REMOVED = "removed"
    """Taken down by a moderator after it was published."""
    APPLIED = "applied"
    """An edit that now lives in the message it revised."""
    SUPERSEDED = "superseded"
    """A version of a page of the team's that a newer one took the place of; its words stay."""


class CleanHtmlType(TypeDecorator[CleanHtml]):
    """Keeps CleanHtml as text and gives it back as what it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Refuse anything that the sanitiser did not make: TypeError."""
        if value is not None and not isinstance(value, CleanHtml):
            raise TypeError("only CleanHtml may be kept as html")
        return value

    def process_result_value(self, value: str | None, dialect: Dialect) -> CleanHtml | None:
        """Return what was kept."""
        return None if value is None else stored(value)


IN_ORDER = String(160).with_variant(String(160, collation="C"), "postgresql")
"""Text in the order of its signs: that of a language, which PostgreSQL may have, would mix up the tree."""


class Message(SQLModel, table=True):
    """One thing a member said, already judged."""

    __table_args__ = (
        UniqueConstraint("author_id", "nonce"),
        UniqueConstraint("place_id", "seq"),
        Index("ix_message_place_id_path", "place_id", "path"),
        Index("ix_message_place_id_changed_seq", "place_id", "changed_seq"),
        Index("ix_message_state_created_at", "state", "created_at"),
        Index("ix_message_author_id_created_at", "author_id", "created_at"),
        # What one member has waiting is found without going through all that waits.
        Index("ix_message_author_id_state", "author_id", "state"),
        # And a thread's title, without going through all that was said.
        Index(
            "ix_message_opening",
            "place_id",
            sqlite_where=text("is_opening = 1"),
            postgresql_where=text("is_opening"),
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    place_id: UUID = Field(foreign_key="place.id")
    author_id: UUID = Field(foreign_key="account.id")
    nonce: UUID
    """Made by who sends it: the same send, tried again, is the same message."""
    parent_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    revises_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    """The message that this one is an edit of."""
    is_opening: bool = Field(default=False)
    seq: int | None = Field(default=None, sa_type=Counter)
    """Order within the place; None until published."""
    changed_seq: int | None = Field(default=None, sa_type=Counter)
    """The place's seq at the last change; equal to `seq` until it is edited, withdrawn or taken down."""
    path: str | None = Field(default=None, sa_type=IN_ORDER)
    """Where it stands in the tree of answers; None until published. See `forum.messages.tree`."""
    depth: int = Field(default=0)
    title: str = Field(default="")
    text: str
    html: CleanHtml = Field(sa_type=CleanHtmlType)
    state: str
    version: int = Field(default=1)
    """Grows with every change; a decision names the version it was made on."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = Field(default="")
    """The claim class whose source note a moderator put under it."""
    refused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was refused or taken down; its words are kept for so many days from then."""

    model_config = {"arbitrary_types_allowed": True}


class RecordedFinding(SQLModel, table=True):
    """What one stage, or the scorer, found in a message."""

    __tablename__ = "recorded_finding"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    message_id: UUID = Field(foreign_key="message.id", index=True)
    rule: str
    outcome: int
    lane: str
    detail: str
    label: str | None = Field(default=None)
    score: float | None = Field(default=None)
    model: str | None = Field(default=None)
    policy: str | None = Field(default=None)
    """The version of the policy that it was judged by."""
    kind: str = Field(default="")
    spans: str = Field(default="")
    """Where it was seen, as `start-end`, comma-separated; counted in `title`, a line end and `text`."""


class Reading(SQLModel, table=True):
    """How far a member has read in a place."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    place_id: UUID = Field(foreign_key="place.id", primary_key=True)
    seq: int = Field(sa_type=Counter)
