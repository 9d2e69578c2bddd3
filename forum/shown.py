"""How a message looks to one reader: what templates and broadcasts are given."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from forum.language import Words
from forum.notes.notes import Note
from moderation.markup import CleanHtml


@dataclass(frozen=True, slots=True)
class Author:
    """Who said it; `role` is said only where it is more than member."""

    id: UUID
    handle: str
    role: Words | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that another one answers."""

    id: UUID
    handle: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as one reader sees it; `seq` is None until it is published.

    `depth` counts levels of answers, 0 for the opening and for what answers it directly.
    """

    id: UUID
    seq: int | None
    author: Author
    html: CleanHtml
    at: datetime
    state: str
    title: str = ""
    edited_at: datetime | None = None
    depth: int = 0
    parent: Answered | None = None
    is_opening: bool = False
    mine: bool = False
    is_new: bool = False
    can_reply: bool = False
    edit_waiting: bool = False
    note: Note | None = None
    reasons: tuple[str, ...] = field(default=())
